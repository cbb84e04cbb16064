import { useState } from "react";
import { Link } from "react-router";
import { Button } from "@/kit/button";
import { Rows, RowsWaiting, Section } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { Money } from "@/kit/money";
import { Empty, ProblemNotice } from "@/kit/notices";
import { Shape } from "@/kit/state";
import { PAGE_ITEMS, useHistory } from "@/settlement/balances/queries";
import { kindOf, settlementOf, shownOf } from "@/settlement/balances/transactions";
import type { Transaction } from "@/wire/settlement";

/** What has moved the balance, newest first, a page at a time. */
export function History({ asset }: { asset: string }) {
  const [offset, setOffset] = useState(0);
  const { data, error, refetch } = useHistory(offset);
  return (
    <Section title="History">
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={3} label="Loading the history" />}
      {data?.pagination.total === 0 && (
        <Empty title="Nothing has moved yet.">
          <p className="text-muted">Deposits, metered calls and payments out are listed here as they happen.</p>
        </Empty>
      )}
      {data !== undefined && data.transactions.length > 0 && (
        <Rows label="History">
          {data.transactions.map((move) => (
            <MoveRow key={move.id} move={move} asset={asset} />
          ))}
        </Rows>
      )}
      {data !== undefined && data.pagination.total > PAGE_ITEMS && (
        <nav aria-label="Pages of the history" className="mt-3 flex flex-wrap items-center gap-3 text-small text-muted">
          <Button onPress={() => setOffset(Math.max(0, offset - PAGE_ITEMS))} disabled={offset === 0}>
            Newer
          </Button>
          <Button onPress={() => setOffset(offset + PAGE_ITEMS)} disabled={!data.pagination.has_more}>
            Older
          </Button>
          <span role="status">{shownOf(data.pagination.offset, data.transactions.length, data.pagination.total)}</span>
        </nav>
      )}
    </Section>
  );
}

function MoveRow({ move, asset }: { move: Transaction; asset: string }) {
  const { name, meaning } = kindOf(move);
  const settlement = settlementOf(move);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
      <Shape meaning={meaning} />
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium">
          {settlement === null ? (
            name
          ) : (
            <Link to={`/balance/settlements/${encodeURIComponent(settlement)}`} className="underline">
              {name}
            </Link>
          )}
        </p>
        <p className="text-small text-muted">
          <Moment at={move.timestamp} />
        </p>
      </div>
      <div className="ml-auto text-right">
        <Money amount={move.amount} asset={asset} />
        <p className="text-small text-muted">
          then <Money amount={move.balance_after} asset={asset} />
        </p>
      </div>
    </li>
  );
}
