import { useParams } from "react-router";
import { REDRIVE_LIMIT, useDead, useDepths, useRedrive } from "@/coordination/queue/queries";
import { OrchestraTabs } from "@/coordination/tabs";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Code } from "@/kit/code";
import { Id } from "@/kit/copy";
import { Fact, Facts, PageHeading, RowsWaiting, Section } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import { count } from "@/kit/words";
import type { DeadLetter, Depth } from "@/wire/coordination";

/** `/orchestra/queues/{component}/{group}`: one queue, and the messages that are not delivered any more. */
export default function QueuePage() {
  const { component = "", group = "" } = useParams();
  const depth = useDepths().data?.queues.find((queue) => queue.component === component && queue.group === group);
  return (
    <>
      <PageHeading title={component}>
        {group === "default" ? "Its queue." : `The queue of its group ${group}.`}
      </PageHeading>
      <OrchestraTabs />
      {depth !== undefined && <Standing depth={depth} />}
      <Dead component={component} group={group} total={depth?.dead ?? 0} />
    </>
  );
}

function Standing({ depth }: { depth: Depth }) {
  return (
    <Section title="How it stands">
      <div className="rounded-l border bg-surface p-4">
        <Facts>
          <Fact name="Ready">{count(depth.ready, "message")}</Fact>
          <Fact name="In hand">{count(depth.leased, "message")}, taken by a consumer and not finished</Fact>
          <Fact name="Later">{count(depth.scheduled, "message")}, delayed or backing off</Fact>
          <Fact name="Oldest">
            {depth.oldest_sent_at === null ? "none waits" : <Moment at={depth.oldest_sent_at} prefix="sent " />}
          </Fact>
        </Facts>
      </div>
    </Section>
  );
}

function Dead({ component, group, total }: { component: string; group: string; total: number }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDead(component, group);
  const all = useRedrive(component, group);
  const letters = data?.pages.flatMap(({ messages }) => messages) ?? [];
  const batch = Math.min(Math.max(total, letters.length), REDRIVE_LIMIT);
  const act = () =>
    all.mutate(null, { onSuccess: ({ message_ids }) => announce(`${count(message_ids.length, "message")} put back.`) });
  return (
    <Section title="Dead letters" aside="Delivered no more. Put back, they are tried again from the first attempt.">
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={2} label="Loading dead letters" />}
      {data !== undefined && letters.length === 0 && (
        <Empty title="Nothing died here.">
          <p className="max-w-[60ch] text-muted">
            A message that is rejected too often, outlives its time or can never be done comes here with the reason.
          </p>
        </Empty>
      )}
      {letters.length > 0 && (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-3">
            <Button onPress={act} isPending={all.isPending}>
              Put {count(batch, "dead letter")} back
            </Button>
          </div>
          {all.error !== null && <ProblemNotice error={all.error} onRetry={act} />}
          <ul aria-label="Dead letters" className="flex flex-col gap-3">
            {letters.map((letter) => (
              <Letter key={letter.message_id} letter={letter} />
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
      )}
    </Section>
  );
}

function Letter({ letter }: { letter: DeadLetter }) {
  const redrive = useRedrive(letter.component, letter.group);
  const act = () =>
    redrive.mutate([letter.message_id], { onSuccess: () => announce(`${letter.message_type} put back.`) });
  return (
    <li className="flex flex-col gap-3 rounded-l border bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium break-words">{letter.message_type}</p>
          <p className="break-words">
            <span className="text-muted">Reason:</span> {letter.reason ?? "none was given"}
          </p>
          <p className="flex flex-wrap items-center gap-x-2 text-small text-muted">
            from {letter.from} · {count(letter.attempts, "attempt")}
            {letter.died_at !== null && (
              <>
                {" "}
                · <Moment at={letter.died_at} prefix="died " />
              </>
            )}{" "}
            · <Id value={letter.message_id} what="the message's id" />
          </p>
        </div>
        <Button
          onPress={act}
          isPending={redrive.isPending}
          aria-label={`Put back ${letter.message_type} ${letter.message_id}`}
        >
          Put back
        </Button>
      </div>
      <details>
        <summary className="text-small text-muted">What it carries</summary>
        <div className="mt-2">
          <Code text={JSON.stringify(letter.payload, null, 2)} what="the payload" />
        </div>
      </details>
      {redrive.error !== null && <ProblemNotice error={redrive.error} onRetry={act} />}
    </li>
  );
}
