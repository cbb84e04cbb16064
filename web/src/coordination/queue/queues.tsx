import { Link } from "react-router";
import { useDepths } from "@/coordination/queue/queries";
import { OrchestraTabs } from "@/coordination/tabs";
import { Command } from "@/kit/copy";
import { PageHeading, RowsWaiting } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import { count } from "@/kit/words";
import type { Depth } from "@/wire/coordination";

const SEND =
  'curl -X POST http://localhost:8888/queue/send -H "Content-Type: application/json" -d \'{"from": "me", "to": "sherlock-hub", "message_type": "greeting", "payload": {}}\'';

/** `/orchestra/queues`: what waits, how long, and what could not be delivered. */
export default function QueuesPage() {
  const { data, error, refetch } = useDepths();
  const dead = data?.queues.reduce((sum, queue) => sum + queue.dead, 0) ?? 0;
  return (
    <>
      <PageHeading title="Queues">
        {data === undefined || data.queues.length === 0
          ? "What components send to each other and have not taken yet."
          : `${count(data.queues.length, "queue")}${dead > 0 ? `, ${count(dead, "dead letter")}` : ", no dead letter"}.`}
      </PageHeading>
      <OrchestraTabs />
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={3} label="Loading queues" />}
      {data?.queues.length === 0 && (
        <Empty title="No queue holds anything.">
          <p className="text-muted">A queue comes to be with the first message that is sent to a component:</p>
          <Command line={SEND} />
        </Empty>
      )}
      {data !== undefined && data.queues.length > 0 && <Depths queues={data.queues} />}
    </>
  );
}

function Depths({ queues }: { queues: readonly Depth[] }) {
  return (
    <div className="overflow-hidden rounded-l border bg-surface">
      <table className="w-full text-left">
        <caption className="sr-only">Queues, how much is in each, and how old the oldest is</caption>
        <thead className="text-label text-muted">
          <tr className="border-b">
            <th className="px-4 py-2 font-medium">Queue</th>
            <th className="hidden px-2 py-2 text-right font-medium sm:table-cell">Ready</th>
            <th className="hidden px-2 py-2 text-right font-medium sm:table-cell">In hand</th>
            <th className="hidden px-2 py-2 text-right font-medium sm:table-cell">Later</th>
            <th className="hidden px-2 py-2 text-right font-medium sm:table-cell">Oldest</th>
            <th className="px-4 py-2 text-right font-medium">Dead</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {queues.map((queue) => (
            <DepthRow key={`${queue.component} ${queue.group}`} queue={queue} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DepthRow({ queue }: { queue: Depth }) {
  const { component, group, ready, leased, scheduled, dead, oldest_sent_at } = queue;
  return (
    <tr className="relative hover:bg-sunken">
      <th scope="row" className="px-4 py-3 font-normal">
        <Link
          to={`/orchestra/queues/${encodeURIComponent(component)}/${encodeURIComponent(group)}`}
          className="font-medium break-words after:absolute after:inset-0"
        >
          {component}
        </Link>
        {group !== "default" && <span className="block text-small text-muted">group {group}</span>}
        <span className="block text-small text-muted sm:hidden">
          {ready} ready · {leased} in hand · {scheduled} later
          {oldest_sent_at !== null && (
            <>
              {" "}
              · <Moment at={oldest_sent_at} prefix="oldest " />
            </>
          )}
        </span>
      </th>
      <td className="hidden px-2 py-3 text-right text-small sm:table-cell">{ready}</td>
      <td className="hidden px-2 py-3 text-right text-small sm:table-cell">{leased}</td>
      <td className="hidden px-2 py-3 text-right text-small sm:table-cell">{scheduled}</td>
      <td className="hidden px-2 py-3 text-right text-small text-muted sm:table-cell">
        {oldest_sent_at === null ? "–" : <Moment at={oldest_sent_at} />}
      </td>
      <td className="px-4 py-3 text-right text-small">
        {dead === 0 ? <span className="text-muted">0</span> : <State word={`${dead} dead`} meaning="bad" />}
      </td>
    </tr>
  );
}
