import { useParams } from "react-router";
import { Id } from "@/kit/copy";
import { Fact, Facts, PageHeading } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { Money } from "@/kit/money";
import { ProblemNotice } from "@/kit/notices";
import { Shape, State } from "@/kit/state";
import { sentenceCase } from "@/kit/words";
import { useBalance, useSettlement } from "@/settlement/balances/queries";
import { BalanceTabs } from "@/settlement/balances/tabs";
import { WAYS_OUT } from "@/settlement/balances/transactions";
import type { SettlementStatus } from "@/wire/settlement";

/** `/balance/settlements/{settlementId}`: how far one payment out has come. */
export default function SettlementPage() {
  const { settlementId = "" } = useParams();
  const asset = useBalance().data?.asset ?? "USDC";
  return (
    <>
      <PageHeading title="Settlement">
        <Id value={settlementId} what="the settlement's id" />
      </PageHeading>
      <BalanceTabs />
      <SettlementCard settlementId={settlementId} asset={asset} />
    </>
  );
}

/** One settlement with its steps; it looks again by itself until the money is there. */
export function SettlementCard({ settlementId, asset }: { settlementId: string; asset: string }) {
  const { data, error, refetch } = useSettlement(settlementId);
  if (data === undefined) {
    if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
    return <div aria-busy="true" className="skeleton h-32 w-full" />;
  }
  const paid = data.completed_at !== null;
  return (
    <section aria-label="Settlement" className="flex flex-col gap-4 rounded-l border bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="font-medium">{WAYS_OUT[data.settlement_type] ?? sentenceCase(data.settlement_type)}</p>
        <span role="status">
          <State word={paid ? "Paid" : "On its way"} meaning={paid ? "good" : "waiting"} />
        </span>
      </div>
      <Steps settlement={data} />
      <Facts>
        <Fact name="Amount">
          <Money amount={data.details.amount_settled} asset={asset} />
        </Fact>
        <Fact name="Fee">
          <Money amount={data.details.gas_fee_usdc} asset={asset} />
        </Fact>
        <Fact name="To you">
          <Money amount={data.details.net_amount} asset={asset} />
        </Fact>
        {data.details.tx !== null && (
          <Fact name="Transfer">
            <Id value={data.details.tx} what="the transfer's id" />
          </Fact>
        )}
      </Facts>
    </section>
  );
}

const STEPS: readonly [stage: string, name: string][] = [
  ["initiated", "Held for you"],
  ["tx_submitted", "Sent"],
  ["confirmed", "Paid"],
];

function Steps({ settlement }: { settlement: SettlementStatus }) {
  const reached = new Map(settlement.timeline.map(({ stage, timestamp }) => [stage, timestamp]));
  return (
    <ol aria-label="Progress" className="grid gap-2 sm:grid-cols-3">
      {STEPS.map(([stage, name]) => {
        const at = reached.get(stage);
        return (
          <li key={stage} className="flex items-center gap-2 border-t-2 border-line pt-2 text-small">
            <Shape meaning={at === undefined ? "waiting" : "good"} size={14} />
            <span className="font-medium">{name}</span>
            <span className="text-muted">{at === undefined ? "not yet" : <Moment at={at} />}</span>
          </li>
        );
      })}
    </ol>
  );
}
