import { meaningOf, type Row, rows, sentence, tally, word } from "@/coordination/components";
import { useDashboard, useEvents, useOrchestraLive, useServices } from "@/coordination/queries";
import { Command } from "@/kit/copy";
import { PageHeading, Rows, RowsWaiting, Section } from "@/kit/layout";
import { Line } from "@/kit/line";
import { Moment } from "@/kit/moment";
import { duration } from "@/kit/moments";
import { Empty, ProblemNotice } from "@/kit/notices";
import { Shape, State } from "@/kit/state";
import type { Dashboard } from "@/wire/coordination";
import type { StreamState } from "@/wire/stream";

/** `/orchestra`: who plays, who fell silent, what happened, live. */
export default function OrchestraPage() {
  const line = useOrchestraLive();
  const services = useServices();
  const dashboard = useDashboard();
  const found = services.data && dashboard.data ? rows(services.data, dashboard.data) : undefined;
  const error = services.error ?? dashboard.error;
  const retry = () => {
    void services.refetch();
    void dashboard.refetch();
  };
  return (
    <>
      <PageHeading title="Orchestra" aside={<Overall dashboard={dashboard.data} line={line} />}>
        {found === undefined ? "The components of Harmony and how they are." : `${tally(found) || "Nobody plays yet"}.`}
      </PageHeading>
      {found !== undefined && (error !== null || line === "waiting") && <Stale since={dashboard.data?.timestamp} />}
      <Section title="Components">
        {found !== undefined ? (
          <Components found={found} />
        ) : error !== null ? (
          <ProblemNotice error={error} onRetry={retry} />
        ) : (
          <RowsWaiting count={3} label="Loading components" />
        )}
      </Section>
      <Events />
    </>
  );
}

function Overall({ dashboard, line }: { dashboard: Dashboard | undefined; line: StreamState }) {
  return (
    <span className="flex items-center gap-2">
      {dashboard !== undefined && (
        <State word={word(dashboard.overall_status)} meaning={meaningOf(dashboard.overall_status)} />
      )}
      <Line state={line} />
    </span>
  );
}

function Stale({ since }: { since: string | undefined }) {
  return (
    <p
      role="status"
      className="mb-6 flex items-center gap-2 rounded-m bg-attention-soft px-4 py-2 text-small text-attention"
    >
      <Shape meaning="attention" size={14} />
      <span>
        The line to the Conductor is broken; trying again.{" "}
        {since !== undefined && <Moment at={since} prefix="You see what was heard " />}
      </span>
    </p>
  );
}

function Components({ found }: { found: readonly Row[] }) {
  if (found.length === 0) {
    return (
      <Empty title="No component has registered.">
        <p className="text-muted">Start Harmony's own:</p>
        <Command line="make up" />
      </Empty>
    );
  }
  return (
    <div className="overflow-hidden rounded-l border bg-surface">
      <table className="w-full text-left">
        <caption className="sr-only">Components, those that need somebody first</caption>
        <thead className="text-label text-muted">
          <tr className="border-b">
            <th className="px-4 py-2 font-medium">Component</th>
            <th className="hidden px-2 py-2 font-medium sm:table-cell">State</th>
            <th className="hidden px-2 py-2 font-medium sm:table-cell">Running for</th>
            <th className="px-4 py-2 text-right font-medium">Last beat</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {found.map((row) => (
            <ComponentRow key={row.component_id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ComponentRow({ row }: { row: Row }) {
  return (
    <tr>
      <th scope="row" className="px-4 py-3 font-normal">
        <span className="font-medium break-words">{row.component_id}</span>
        <span className="block text-small text-muted">
          {row.version} · port {row.port}
        </span>
        <span className="hidden text-small text-muted md:block">{row.capabilities.join(", ")}</span>
        <span className="mt-2 block sm:hidden">
          <State word={word(row.status)} meaning={meaningOf(row.status)} />
        </span>
      </th>
      <td className="hidden px-2 py-3 sm:table-cell">
        <State word={word(row.status)} meaning={meaningOf(row.status)} />
      </td>
      <td className="hidden px-2 py-3 text-small text-muted sm:table-cell">
        {row.uptimeSeconds === null || row.status === "offline" ? "–" : duration(row.uptimeSeconds)}
      </td>
      <td className="px-4 py-3 text-right text-small text-muted">
        <Moment at={row.last_heartbeat} />
      </td>
    </tr>
  );
}

function Events() {
  const { data, error, refetch } = useEvents();
  return (
    <Section title="Recent events">
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={4} label="Loading events" />}
      {data?.length === 0 && (
        <Empty title="Nothing has happened yet.">
          <p className="text-muted">A component that joins, falls silent or comes back is told here.</p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <Rows label="Recent events">
          {data.map((event) => {
            const { meaning, about, verb } = sentence(event);
            return (
              <li key={event.revision} className="flex items-center gap-3 px-4 py-2 text-small">
                <Shape meaning={meaning} size={14} />
                <span className="min-w-0 flex-1 break-words">
                  <span className="font-medium">{about}</span> {verb}
                </span>
                <span className="text-muted">
                  <Moment at={event.occurred_at} />
                </span>
              </li>
            );
          })}
        </Rows>
      )}
    </Section>
  );
}
