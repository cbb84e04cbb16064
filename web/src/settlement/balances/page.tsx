import { useState } from "react";
import { Command } from "@/kit/copy";
import { PageHeading, RowsWaiting, Section } from "@/kit/layout";
import { Money } from "@/kit/money";
import { Empty, ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import { History } from "@/settlement/balances/history";
import { Move, Undo } from "@/settlement/balances/move";
import { type Moved, useBalance, useOwn } from "@/settlement/balances/queries";
import { SettlementCard } from "@/settlement/balances/settlement";
import { BalanceTabs } from "@/settlement/balances/tabs";
import type { Balance } from "@/wire/settlement";

/** `/balance`: what is put aside for metered calls, how it gets there and back, and what moved it. */
export default function BalancePage() {
  const { data, error, refetch } = useBalance();
  return (
    <>
      <PageHeading
        title="Balance"
        aside={data?.asset.startsWith("practice") && <State word="Practice money" meaning="information" />}
      >
        Money put aside for metered calls. It is yours and can be taken back at any time.
      </PageHeading>
      <BalanceTabs />
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={2} label="Loading the balance" />}
      {data !== undefined && <Widget balance={data} stale={error} onRetry={() => void refetch()} />}
      {data !== undefined && <History asset={data.asset} />}
    </>
  );
}

function Widget({ balance, stale, onRetry }: { balance: Balance; stale: unknown; onRetry: () => void }) {
  const [moved, setMoved] = useState<Moved | null>(null);
  const own = useOwn().data?.balances.find(({ asset }) => asset === balance.asset)?.available;
  return (
    <>
      {stale !== null && <ProblemNotice error={stale} onRetry={onRetry} />}
      <Figures balance={balance} own={own ?? "0.000000"} />
      {moved?.settlementId && (
        <div className="mb-6">
          <SettlementCard key={moved.settlementId} settlementId={moved.settlementId} asset={balance.asset} />
        </div>
      )}
      {moved !== null && (
        <Undo key={`${moved.way} ${moved.amount}`} moved={moved} balance={balance} onMoved={setMoved} />
      )}
      <div className="mb-10 grid items-start gap-4 sm:grid-cols-2">
        <Move way="deposit" free={own} balance={balance} onMoved={setMoved} />
        <Move way="withdraw" free={balance.available_balance_usdc} balance={balance} onMoved={setMoved} />
      </div>
      {own === undefined && balance.shadow_balance_usdc === "0.000000" && <NoMoney />}
    </>
  );
}

function Figures({ balance, own }: { balance: Balance; own: string }) {
  const { asset, settlement_info } = balance;
  return (
    <section aria-label="The balance" className="mb-6 rounded-l border bg-surface p-4">
      <p className="text-small text-muted">Free for calls</p>
      <p className="text-title">
        <Money amount={balance.available_balance_usdc} asset={asset} />
      </p>
      <dl className="mt-4 grid gap-x-6 gap-y-3 sm:grid-cols-3">
        <Figure name="On its way out" amount={balance.pending_debits_usdc} asset={asset} />
        <Figure name="Spent on calls so far" amount={balance.off_chain_spent_total} asset={asset} />
        <Figure name="Your own, to deposit from" amount={own} asset={asset} />
      </dl>
      <p className="mt-4 text-small text-muted">
        Once a day, a balance of <Money amount={settlement_info.next_auto_settlement_threshold} asset={asset} /> or more
        is paid back to you by itself.
      </p>
    </section>
  );
}

function Figure({ name, amount, asset }: { name: string; amount: string; asset: string }) {
  return (
    <div>
      <dt className="text-small text-muted">{name}</dt>
      <dd>
        <Money amount={amount} asset={asset} />
      </dd>
    </div>
  );
}

/** Who has nothing at all is told how it comes. */
function NoMoney() {
  return (
    <Section title="Where money comes from">
      <Empty title="You have nothing to deposit yet.">
        <p className="max-w-[60ch] text-muted">
          Experts are paid for what they solve. Practice money is given by an operator of this Harmony; the story gives
          some to its people and shows where it goes:
        </p>
        <Command line="make demo" />
      </Empty>
    </Section>
  );
}
