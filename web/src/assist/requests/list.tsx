import { Link } from "react-router";
import { useReports } from "@/assist/problems/queries";
import { StuckBox } from "@/assist/problems/stuck";
import { useRequests } from "@/assist/requests/queries";
import { isOpen, meaningOf, titleOf } from "@/assist/requests/states";
import { useMe } from "@/commons/identity/queries";
import { Command } from "@/kit/copy";
import { PageHeading, Rows, RowsWaiting, Section } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import { sentenceCase } from "@/kit/words";
import type { ProblemItem, RequestItem } from "@/wire/assist";

/** `/problems`: every request for help that one may see, those that wait first. */
export default function ProblemsPage() {
  const everyone = useMe().data?.roles.includes("admin") ?? false;
  const { data, error, refetch } = useRequests(everyone);
  const reports = useReports();
  const nothing = data?.items.length === 0 && !reports.isLoading && (reports.data?.items.length ?? 0) === 0;
  const open = data?.items.filter(({ state }) => isOpen(state)) ?? [];
  const over = data?.items.filter(({ state }) => !isOpen(state)) ?? [];
  return (
    <>
      <PageHeading title="Problems">What failed, who was asked to help, and how it ended.</PageHeading>
      <StuckBox />
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={4} label="Loading problems" />}
      {nothing && (
        <Empty title="Nobody is stuck.">
          <p className="text-muted">
            Run a program under Harmony's eyes; when it fails, the failure is reported, redacted:
          </p>
          <Command line=".venv/bin/harmony watch --report -- python3 demo/report/report.py" />
        </Empty>
      )}
      {open.length > 0 && (
        <Section title="Waiting for help">
          <RequestRows label="Waiting for help" requests={open} />
        </Section>
      )}
      <Reports requests={data?.items ?? []} />
      {over.length > 0 && (
        <Section title="Done">
          <RequestRows label="Done" requests={over} />
        </Section>
      )}
    </>
  );
}

/** One's own reports for which nobody was asked: known already, or not yet taken further. */
function Reports({ requests }: { requests: readonly RequestItem[] }) {
  const { data } = useReports();
  const asked = new Set(requests.map(({ contextId }) => contextId));
  const alone = data?.items.filter(({ contextId }) => !asked.has(contextId)) ?? [];
  if (alone.length === 0) return null;
  return (
    <Section title="Reported, nobody asked">
      <Rows label="Reported, nobody asked">
        {alone.map((report) => (
          <ReportRow key={report.contextId} report={report} />
        ))}
      </Rows>
    </Section>
  );
}

function ReportRow({ report }: { report: ProblemItem }) {
  const known = report.suggestedAction === "known_solution";
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken">
      <div className="min-w-0 flex-1 basis-56">
        <Link
          to={`/problems/reports/${encodeURIComponent(report.contextId)}`}
          className="font-medium break-words after:absolute after:inset-0"
        >
          {report.errorType || sentenceCase(report.classification.category)}
        </Link>
        <p className="text-small break-words text-muted">
          {sentenceCase(report.classification.category)} · <Moment at={report.createdAt} prefix="reported " />
        </p>
      </div>
      {known ? <State word="Known" meaning="good" /> : <State word="Reported" meaning="waiting" />}
    </li>
  );
}

export function RequestRows({ label, requests }: { label: string; requests: readonly RequestItem[] }) {
  return (
    <Rows label={label}>
      {requests.map((request) => (
        <li
          key={request.requestId}
          className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken"
        >
          <div className="min-w-0 flex-1 basis-56">
            <Link
              to={`/problems/${encodeURIComponent(request.requestId)}`}
              className="font-medium break-words after:absolute after:inset-0"
            >
              {titleOf(request)}
            </Link>
            <p className="text-small text-muted">
              <Moment at={request.openedAt} prefix="asked " /> · {request.urgency} urgency
            </p>
          </div>
          <State word={sentenceCase(request.state)} meaning={meaningOf(request.state)} />
        </li>
      ))}
    </Rows>
  );
}
