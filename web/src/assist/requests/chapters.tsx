import { useExpertName } from "@/assist/experts/queries";
import { offerMeaningOf } from "@/assist/requests/states";
import { Id } from "@/kit/copy";
import { Moment } from "@/kit/moment";
import { State } from "@/kit/state";
import { Chapter } from "@/kit/timeline";
import { sentenceCase } from "@/kit/words";
import type { Fact, OfferView } from "@/wire/assist";

/** Who was asked, and what came of it. */
export function OfferChapter({ offer }: { offer: OfferView }) {
  const meaning = offerMeaningOf(offer.state);
  const waits = offer.state === "pending";
  return (
    <Chapter
      title={`Offered to ${useExpertName(offer.expertId)}`}
      meaning={meaning}
      at={offer.answeredAt ?? offer.madeAt}
      aside={<State word={waits ? "Waits for an answer" : sentenceCase(offer.state)} meaning={meaning} />}
    >
      {waits && (
        <p className="text-small text-muted">
          <Moment at={offer.expiresAt} prefix="Answer needed " />; then somebody else can be asked.
        </p>
      )}
    </Chapter>
  );
}

/** The journal's own words for it all: every revision of this story, for whoever wants to check. */
export function Trail({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  const traces = [...new Set(facts.map(({ traceId }) => traceId))];
  return (
    <details className="mt-10 rounded-l border bg-surface">
      <summary className="cursor-default rounded-l px-4 py-3 text-small font-medium">
        Trail of {facts.length} journal revisions
      </summary>
      <div className="flex flex-col gap-3 border-t px-4 py-3">
        <p className="flex flex-wrap items-center gap-2 text-small text-muted">
          {traces.length === 1 ? "Trace" : "Traces"}
          {traces.map((trace) => (
            <Id key={trace} value={trace} what="the trace id" />
          ))}
        </p>
        <ol className="flex flex-col gap-1 text-small">
          {facts.map((fact) => (
            <li key={fact.revision} className="grid grid-cols-[3.5rem_minmax(0,1fr)_auto] gap-x-3">
              <span className="text-right text-muted">{fact.revision}</span>
              <code className="min-w-0 font-mono break-words">{fact.kind}</code>
              <span className="text-muted">
                <Moment at={fact.occurredAt} />
              </span>
            </li>
          ))}
        </ol>
      </div>
    </details>
  );
}
