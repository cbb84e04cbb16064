import { Meter } from "@/kit/meter";
import { State } from "@/kit/state";
import { Chapter } from "@/kit/timeline";
import { count, words } from "@/kit/words";
import type { ExpertMatch, Matches } from "@/wire/assist";

/** Who could help, in order, and why in that order. */
export function ExpertsChapter({ matches, asked }: { matches: Matches; asked: string | null }) {
  if (matches.experts.length === 0) {
    return (
      <Chapter title="No expert fits yet" meaning="attention">
        <p className="text-muted">The request stays open; experts who register later are looked at again.</p>
      </Chapter>
    );
  }
  return (
    <Chapter title={`${count(matches.experts.length, "expert")} ranked`} meaning="good">
      <ol className="divide-y overflow-hidden rounded-l border bg-surface">
        {matches.experts.map((expert, index) => (
          <Expert key={expert.expertId} expert={expert} rank={index + 1} asked={expert.expertId === asked} />
        ))}
      </ol>
    </Chapter>
  );
}

function Expert({ expert, rank, asked }: { expert: ExpertMatch; rank: number; asked: boolean }) {
  return (
    <li className="flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          <span className="text-muted">{rank}.</span> {expert.name}
        </span>
        {asked && <State word="Asked" meaning="information" />}
        <span className="ml-auto">
          <Meter share={expert.matchScore} label="match" />
        </span>
      </div>
      <p className="text-small text-muted">
        {expert.expertise.map(words).join(", ")} · {words(expert.availability)} · answers in{" "}
        {expert.estimatedResponseTime} · {count(expert.completedSessions, "session")}
      </p>
      <ul aria-label={`Why ${expert.name}`} className="flex list-disc flex-col gap-1 pl-5 text-small marker:text-muted">
        {expert.reasons.map((reason) => (
          <li key={reason} className="break-words">
            {reason}
          </li>
        ))}
      </ul>
    </li>
  );
}
