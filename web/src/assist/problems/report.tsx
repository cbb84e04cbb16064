import { useParams } from "react-router";
import { KnownChapter, ProblemChapter } from "@/assist/problems/chapters";
import { useReport } from "@/assist/problems/queries";
import { Id } from "@/kit/copy";
import { PageHeading, RowsWaiting } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { ProblemNotice } from "@/kit/notices";
import { Timeline } from "@/kit/timeline";

/** `/problems/reports/{contextId}`: a failure that was reported, and what is known about it, without any request. */
export default function ReportPage() {
  const { contextId = "" } = useParams();
  const { data, error, refetch } = useReport(contextId);
  if (data === undefined) {
    return (
      <>
        <PageHeading title="Report" />
        {error !== null ? (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        ) : (
          <RowsWaiting count={2} label="Loading the report" />
        )}
      </>
    );
  }
  return (
    <>
      <PageHeading title={data.errorType || "Report"}>
        <p className="font-mono text-small break-words text-ink">{data.errorMessage}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-small">
          <Moment at={data.createdAt} prefix="Reported " /> ·
          <Id value={contextId} what="the report's id" />
        </p>
      </PageHeading>
      <Timeline label="The report">
        <ProblemChapter problem={data} />
        <KnownChapter known={data.knownSolutions} />
      </Timeline>
    </>
  );
}
