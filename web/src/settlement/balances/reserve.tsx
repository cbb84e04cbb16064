import { Command, Id } from "@/kit/copy";
import { Fact, Facts, PageHeading, RowsWaiting } from "@/kit/layout";
import { Money } from "@/kit/money";
import { Empty, ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import { count } from "@/kit/words";
import { type Reserve, useReserve } from "@/settlement/balances/queries";
import { BalanceTabs } from "@/settlement/balances/tabs";

/** `/balance/reserve`: what is owed to all holders, bound by one root, and whether the ledger holds as much. */
export default function ReservePage() {
  const { data, error, refetch } = useReserve();
  return (
    <>
      <PageHeading title="Reserve" aside={data !== undefined && <Covered reserve={data} />}>
        What is owed to everybody who put money aside, bound by one root, against what the ledger holds.
      </PageHeading>
      <BalanceTabs />
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={2} label="Loading the proof" />}
      {data !== undefined && (data.holders === 0 ? <NobodyHolds /> : <Proof reserve={data} />)}
    </>
  );
}

function Covered({ reserve }: { reserve: Reserve }) {
  return <State word={reserve.covered ? "Covered" : "Not covered"} meaning={reserve.covered ? "good" : "bad"} />;
}

function NobodyHolds() {
  return (
    <Empty title="Nobody has put money aside.">
      <p className="text-muted">
        With the first deposit there is a tree of balances and its root. The same in a terminal:
      </p>
      <Command line=".venv/bin/harmony inspect reserve" />
    </Empty>
  );
}

function Proof({ reserve }: { reserve: Reserve }) {
  const [amount = "", asset = ""] = reserve.owed.split(" ");
  return (
    <div className="flex flex-col gap-4 rounded-l border bg-surface p-4">
      <Facts>
        <Fact name="Owed">
          <Money amount={amount} asset={asset} />
        </Fact>
        <Fact name="To">{count(reserve.holders, "holder")}</Fact>
        <Fact name="Root of the tree">
          <Id value={reserve.root} what="the root" />
        </Fact>
        <Fact name="Ledger">
          {reserve.ledger_proven ? "every sum was proven again just now" : "its proof did not hold: look at once"}
        </Fact>
        <Fact name="Sealed up to">revision {reserve.revision}</Fact>
      </Facts>
      <div className="flex flex-wrap items-center gap-3 text-small text-muted">
        The same in a terminal: <Command line=".venv/bin/harmony inspect reserve" />
      </div>
    </div>
  );
}
