import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { sentence } from "@/coordination/components";
import { containing, since } from "@/coordination/events/filter";
import { KIND_NAMES, type Kinds } from "@/coordination/events/kinds";
import { useEvents, useEventsLive } from "@/coordination/events/queries";
import { OrchestraTabs } from "@/coordination/tabs";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Choice } from "@/kit/choice";
import { Code } from "@/kit/code";
import { Field } from "@/kit/field";
import { PageHeading, Rows, RowsWaiting } from "@/kit/layout";
import { Line } from "@/kit/line";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import { Shape } from "@/kit/state";
import { count } from "@/kit/words";
import type { OrchestraEvent } from "@/wire/coordination";

/** `/orchestra/events`: the log as it grows, filtered, and held still while one reads. */
export default function EventsPage() {
  const [kinds, setKinds] = useState<Kinds>("components");
  return (
    <>
      <PageHeading title="Events">Everything that happens, in one order. The newest is on top.</PageHeading>
      <OrchestraTabs />
      <div className="mb-4">
        <Choice label="Which events" names={KIND_NAMES} value={kinds} onChange={setKinds} />
      </div>
      <Log key={kinds} kinds={kinds} />
    </>
  );
}

function Log({ kinds }: { kinds: Kinds }) {
  const line = useEventsLive(kinds);
  const { data, error, refetch } = useEvents(kinds);
  const [words, setWords] = useState("");
  const [held, setHeld] = useState<readonly OrchestraEvent[] | null>(null);
  const waiting = held === null || data === undefined ? 0 : since(held, data);
  const shown = containing(held ?? data ?? [], words);
  const pause = () => {
    setHeld(held === null ? (data ?? []) : null);
    announce(held === null ? "Paused." : "Going on.");
  };
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <Field label="Containing" value={words} onValue={setWords} inputMode="search" />
        </div>
        <Button onPress={pause} aria-pressed={held !== null}>
          {held === null ? <Pause aria-hidden size={14} /> : <Play aria-hidden size={14} />}
          {held === null ? "Pause" : waiting === 0 ? "Go on" : `Go on, ${waiting} new`}
        </Button>
        <span className="flex h-9 items-center">
          <Line state={line} />
        </span>
      </div>
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={6} label="Loading events" />}
      {data !== undefined && shown.length === 0 && <Nothing words={words} />}
      {shown.length > 0 && (
        <Rows label="Events">
          {shown.map((event) => (
            <EventRow key={event.revision} event={event} />
          ))}
        </Rows>
      )}
      {shown.length > 0 && <p className="mt-2 text-small text-muted">The newest {count(shown.length, "event")}.</p>}
    </>
  );
}

function Nothing({ words }: { words: string }) {
  return words === "" ? (
    <Empty title="Nothing of this kind has happened yet.">
      <p className="text-muted">Leave this page open: what happens appears here by itself.</p>
    </Empty>
  ) : (
    <Empty title="None of the newest events contains this.">
      <p className="text-muted">Write fewer words, or choose other events.</p>
    </Empty>
  );
}

function EventRow({ event }: { event: OrchestraEvent }) {
  const { meaning, about, verb } = sentence(event);
  const subject = verb === "" && event.subject !== about ? event.subject : "";
  return (
    <li>
      <details className="group">
        <summary className="flex cursor-default items-center gap-3 px-4 py-2 text-small -outline-offset-2 hover:bg-sunken">
          <Shape meaning={meaning} size={14} />
          <span className="min-w-0 flex-1 break-words">
            <span className="font-medium">{about}</span> {verb}
            <span className="text-muted">{subject}</span>
          </span>
          <span className="hidden font-mono text-label text-muted sm:inline">{event.revision}</span>
          <span className="text-muted">
            <Moment at={event.occurred_at} />
          </span>
        </summary>
        <div className="px-4 pb-3">
          <Code text={JSON.stringify(event, null, 2)} what={`event ${event.revision}`} />
        </div>
      </details>
    </li>
  );
}
