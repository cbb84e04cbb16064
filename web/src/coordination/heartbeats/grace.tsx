import { useMe } from "@/commons/identity/queries";
import { useEndGrace, useGraces } from "@/coordination/heartbeats/queries";
import { endedBy, reason, reasonWord } from "@/coordination/heartbeats/story";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Rows, Section } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { ProblemNotice } from "@/kit/notices";
import { Shape } from "@/kit/state";
import { capital, count } from "@/kit/words";
import type { Grace } from "@/wire/coordination";
import { Problem } from "@/wire/problem";

/** The Conductor's doubt of itself: why, whom it spares, until when, and the one click that ends it. */
export function GraceNotice({ grace }: { grace: Grace }) {
  const me = useMe().data;
  const end = useEndGrace();
  const act = () => end.mutate(undefined, { onSuccess: () => announce("The Conductor trusts what it hears again.") });
  // Somebody else, or the bound, was quicker: what was wanted has happened.
  const failed = end.error instanceof Problem && end.error.code === "heartbeats.no_grace" ? null : end.error;
  return (
    <section
      aria-label="The Conductor doubts itself"
      className="mb-6 flex flex-col gap-3 rounded-l border border-attention/40 bg-attention-soft p-4"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-72 gap-3">
          <span className="pt-1">
            <Shape meaning="attention" />
          </span>
          <div className="min-w-0">
            <p className="font-semibold">The Conductor doubts itself</p>
            <p className="mt-1 max-w-[72ch]">{reason(grace)}</p>
            <p className="mt-1 text-small">
              Silence moves nobody who was heard of before: {count(grace.leases, "component")} spared.{" "}
              <Moment at={grace.began_at} prefix="Began " /> · <Moment at={grace.ends_at} prefix="ends by itself " />
            </p>
          </div>
        </div>
        {me?.roles.includes("admin") && (
          <Button onPress={act} isPending={end.isPending}>
            Trust what is heard again
          </Button>
        )}
      </div>
      {failed !== null && <ProblemNotice error={failed} onRetry={act} />}
    </section>
  );
}

const SHOWN = 5;

/** Earlier doubts, and how they ended; nothing where there was none. */
export function EarlierGraces() {
  const { data } = useGraces();
  const me = useMe().data?.id;
  const over = data?.graces.filter(({ ended_at }) => ended_at !== null).slice(0, SHOWN) ?? [];
  if (over.length === 0) return null;
  return (
    <Section title="Earlier doubts" aside="When the Conductor mistrusted its own ears.">
      <Rows label="Earlier doubts">
        {over.map((grace) => (
          <li key={grace.grace_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-small">
            <Shape meaning="over" size={14} />
            <span className="min-w-0 flex-1 basis-56">
              <span className="font-medium">{capital(reasonWord(grace.cause))}</span>{" "}
              <span className="text-muted">
                · {count(grace.leases, "component")} spared · {endedBy(grace, me)}
              </span>
            </span>
            <span className="text-muted">
              <Moment at={grace.began_at} />
            </span>
          </li>
        ))}
      </Rows>
    </Section>
  );
}
