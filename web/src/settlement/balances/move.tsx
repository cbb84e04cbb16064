import { type FormEvent, useRef, useState } from "react";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Field, faultOf } from "@/kit/field";
import { Money } from "@/kit/money";
import { ProblemNotice } from "@/kit/notices";
import { exact, faultIn, undoable, type Way } from "@/settlement/balances/amount";
import { type Moved, useMove } from "@/settlement/balances/queries";
import { newKey } from "@/wire/client";
import type { Balance } from "@/wire/settlement";

const WORDS: Record<Way, { verb: string; done: string; how: string }> = {
  deposit: { verb: "Deposit", done: "deposited", how: "From your own money. It can be withdrawn again." },
  withdraw: { verb: "Withdraw", done: "withdrawn", how: "Held at once, paid to your own money within seconds." },
};

interface Props {
  way: Way;
  /** What may be moved at most; unknown before the person has anything. */
  free: string | undefined;
  balance: Balance;
  onMoved: (moved: Moved) => void;
}

/** One amount in or out. The button names what it moves; what the server says against it stands at the field. */
export function Move({ way, free, balance, onMoved }: Props) {
  const [typed, setTyped] = useState("");
  const move = useMove();
  const intended = useRef({ amount: "", key: "" });
  const { verb, done, how } = WORDS[way];
  const own = faultIn(typed, way, free, balance.settlement_info.min_withdrawal);
  const fault = own ?? faultOf(move.error, "amount_usdc");
  const amount = exact(typed, own);

  function send(event?: FormEvent) {
    event?.preventDefault();
    if (amount === null || move.isPending) return;
    // The same amount sent again after a broken line is the same act; only another amount or a success makes a new one.
    if (intended.current.amount !== amount) intended.current = { amount, key: newKey() };
    move.mutate(
      { way, ...intended.current },
      {
        onSuccess: (moved) => {
          intended.current = { amount: "", key: "" };
          setTyped("");
          announce(`${moved.amount} ${balance.asset} ${done}.`);
          onMoved(moved);
        },
      },
    );
  }

  return (
    <form aria-label={verb} onSubmit={send} className="flex flex-col gap-3 rounded-l border bg-surface p-4">
      <Field
        label={`Amount to ${way}`}
        value={typed}
        onValue={(value) => {
          setTyped(value.trim());
          move.reset();
        }}
        unit={balance.asset}
        how={how}
        fault={fault}
        inputMode="decimal"
      />
      <div>
        <Button look="primary" onPress={() => send()} isPending={move.isPending} disabled={amount === null}>
          {amount === null ? verb : `${verb} ${amount} ${balance.asset}`}
        </Button>
      </div>
      {move.error !== null && fault === null && <ProblemNotice error={move.error} onRetry={() => send()} />}
    </form>
  );
}

/** What was just done, and the opposite act under one button while it is possible. */
export function Undo({ moved, balance, onMoved }: { moved: Moved; balance: Balance; onMoved: (moved: Moved) => void }) {
  const move = useMove();
  const [key] = useState(newKey);
  const back: Way = moved.way === "deposit" ? "withdraw" : "deposit";
  const act = () =>
    move.mutate(
      { way: back, amount: moved.amount, key },
      {
        onSuccess: (found) => {
          announce(`Undone: ${found.amount} ${balance.asset} ${WORDS[back].done}.`);
          onMoved(found);
        },
      },
    );
  return (
    <section
      aria-label="What you just did"
      className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-l border bg-good-soft px-4 py-3"
    >
      <span className="min-w-0 flex-1 basis-56">
        <Money amount={moved.amount} asset={balance.asset} /> {WORDS[moved.way].done}.
      </span>
      {undoable(moved.way, moved.amount, balance) ? (
        <Button onPress={act} isPending={move.isPending}>
          Undo: {back} {moved.amount}
        </Button>
      ) : (
        <span className="text-small text-muted">
          Less than <Money amount={balance.settlement_info.min_withdrawal} asset={balance.asset} /> cannot be withdrawn
          by itself, so this cannot be undone at once.
        </span>
      )}
      {move.error !== null && <ProblemNotice error={move.error} onRetry={act} />}
    </section>
  );
}
