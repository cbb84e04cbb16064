import { Link } from "react-router";
import { EvidenceLines } from "@/assist/problems/evidence";
import { left, sourceOf, stateOf } from "@/assist/problems/noticed";
import { ProblemTabs } from "@/assist/problems/tabs";
import { useAlarms, useAnswer, useDetection } from "@/assist/problems/watching-queries";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Command, Id } from "@/kit/copy";
import { PageHeading, RowsWaiting } from "@/kit/layout";
import { Meter } from "@/kit/meter";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import { capital, count, words } from "@/kit/words";
import type { AlarmView } from "@/wire/assist";

/** `/problems/alarms`: what Harmony noticed about you, with the lines it was read from, and your answer to it. */
export default function AlarmsPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAlarms();
  const alarms = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeading title="Alarms">
        <Budget />
      </PageHeading>
      <ProblemTabs />
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={3} label="Loading alarms" />}
      {data !== undefined && alarms.length === 0 && <NothingNoticed />}
      <ul aria-label="Alarms" className="flex flex-col gap-4 empty:hidden">
        {alarms.map((alarm) => (
          <Alarm key={alarm.alarmId} alarm={alarm} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="mt-3">
          <Button onPress={() => void fetchNextPage()} isPending={isFetchingNextPage}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Budget() {
  const { data } = useDetection();
  return (
    <p>
      What Harmony noticed, told or not. {data !== undefined && <>You are told of at most {left(data)}: </>}
      <Link to="/settings/detection" className="underline">
        detection settings
      </Link>
      .
    </p>
  );
}

function NothingNoticed() {
  return (
    <Empty title="Nothing was noticed.">
      <p className="max-w-[60ch] text-muted">
        Runs of your editor, your agents and your pipelines are watched once they report here. Alone, without sending
        anything, Harmony watches a command for you:
      </p>
      <Command line=".venv/bin/harmony watch -- python3 your_program.py" />
    </Empty>
  );
}

function Alarm({ alarm }: { alarm: AlarmView }) {
  const { word, meaning } = stateOf(alarm);
  return (
    <li aria-label={alarm.said} className="flex flex-col gap-3 rounded-l border bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-medium break-words">{capital(alarm.said)}</p>
          <p className="text-small break-words text-muted">
            {capital(sourceOf(alarm))} · {count(alarm.rounds, "round")} ·{" "}
            <Moment at={alarm.raisedAt} prefix="noticed " /> · <Id value={alarm.subject} what="what it is about" />
          </p>
        </div>
        <State word={word} meaning={meaning} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Meter share={alarm.confidenceScore} label="sure" />
        <span className="text-small text-muted">
          {alarm.surmountable ? "Trying again can help." : `Trying again does not help: ${words(alarm.obstacle)}.`}
        </span>
        {alarm.contextId !== null && (
          <Link to={`/problems/reports/${encodeURIComponent(alarm.contextId)}`} className="text-small underline">
            The report, and what is known
          </Link>
        )}
      </div>
      {alarm.evidence.length === 0 ? (
        <p className="text-small text-muted">No line is kept of it: your privacy level was high.</p>
      ) : (
        <EvidenceLines evidence={alarm.evidence.map(({ at, text }) => ({ line: at, text, reason: "" }))}>
          {count(alarm.evidence.length, "step")} it was read from, by number.
        </EvidenceLines>
      )}
      {alarm.answer === null && <Answer alarm={alarm} />}
    </li>
  );
}

/** Right or wrong, once: the answer moves the budget and counts in how sure the next alarm is. */
function Answer({ alarm }: { alarm: AlarmView }) {
  const answer = useAnswer(alarm.alarmId);
  const say = (given: "right" | "wrong") =>
    answer.mutate(given, {
      onSuccess: () =>
        announce(
          given === "right" ? "Noted: it was right." : "Noted: this was no problem. You are told half as often.",
        ),
    });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button onPress={() => say("right")} isPending={answer.isPending}>
        It was right
      </Button>
      <Button onPress={() => say("wrong")} isPending={answer.isPending}>
        This was no problem
      </Button>
      <span className="text-small text-muted">
        “No problem” halves what you are told from now on; “right” takes one halving back. An answer stays.
      </span>
      {answer.error !== null && <ProblemNotice error={answer.error} />}
    </div>
  );
}
