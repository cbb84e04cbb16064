import { useParams } from "react-router";
import { useExpertName } from "@/assist/experts/queries";
import { ArticleChapter } from "@/assist/knowledge/chapters";
import { ExpertsChapter } from "@/assist/matching/chapters";
import { KnownChapter, ProblemChapter } from "@/assist/problems/chapters";
import { OfferChapter, Trail } from "@/assist/requests/chapters";
import { knownThen, leads } from "@/assist/requests/facts";
import {
  storyKey,
  useArticle,
  useContribution,
  useMatches,
  useProblem,
  useRequest,
  useSession,
  useStoryLive,
  useTimeline,
} from "@/assist/requests/queries";
import { isOpen as isOpenRequest, meaningOf, titleOf } from "@/assist/requests/states";
import { RewardChapter } from "@/assist/rewards/chapters";
import { SessionChapter } from "@/assist/sessions/chapters";
import { useMe } from "@/commons/identity/queries";
import { Id, shortId } from "@/kit/copy";
import { PageHeading } from "@/kit/layout";
import { Line } from "@/kit/line";
import { Moment } from "@/kit/moment";
import { ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import { Chapter, Timeline } from "@/kit/timeline";
import { sentenceCase } from "@/kit/words";
import { CheckChapter, EscrowChapter, PaymentChapter } from "@/settlement/escrows/chapters";
import { useEscrow, useEscrowIdOf, useVerification } from "@/settlement/escrows/queries";
import { isOpen as isOpenEscrow, thresholdOf } from "@/settlement/escrows/states";
import { Problem } from "@/wire/problem";

/** `/problems/{requestId}`: one help request from the failure to the remembered solution, as it unfolds. */
export default function StoryPage() {
  const { requestId = "" } = useParams();
  return <Story key={requestId} requestId={requestId} />;
}

function Story({ requestId }: { requestId: string }) {
  const story = useStory(requestId);
  const line = useStoryLive(requestId, story.timeline.data);
  const { request, problem } = story;
  if (request.data === undefined) {
    if (request.error !== null) return <Failed error={request.error} onRetry={() => void request.refetch()} />;
    return <StoryWaiting />;
  }
  return (
    <>
      <PageHeading
        title={problem.data?.errorType || titleOf(request.data)}
        aside={
          <span className="flex flex-wrap items-center gap-2">
            <State word={sentenceCase(request.data.state)} meaning={meaningOf(request.data.state)} />
            {isOpenRequest(request.data.state) && <Line state={line} />}
          </span>
        }
      >
        {problem.data !== undefined && (
          <p className="font-mono text-small break-words text-ink">{problem.data.errorMessage}</p>
        )}
        <p className="flex flex-wrap items-center gap-x-2 text-small">
          <Moment at={request.data.openedAt} prefix="Help asked for " /> · {request.data.urgency} urgency ·
          <Id value={requestId} what="the request's id" />
        </p>
      </PageHeading>
      <Chapters story={story} />
      <Trail facts={story.facts} />
    </>
  );
}

type Told = ReturnType<typeof useStory>;

/** Everything that is told about one request; each part is asked for once its id is known. */
function useStory(requestId: string) {
  const key = storyKey(requestId);
  const request = useRequest(requestId);
  const timeline = useTimeline(requestId);
  const facts = timeline.data?.items ?? [];
  const lead = leads(facts);
  const sessionId = request.data?.sessionId ?? lead.sessionId;
  const problem = useProblem(requestId, request.data?.contextId ?? null);
  const matches = useMatches(requestId);
  const session = useSession(requestId, sessionId);
  const contribution = useContribution(requestId, sessionId);
  const article = useArticle(requestId, lead.articleId);
  const escrowId = useEscrowIdOf(key, lead.escrowId === null ? sessionId : null);
  const escrow = useEscrow(key, lead.escrowId ?? escrowId);
  const verification = useVerification(key, escrow.data?.verification_id ?? null);
  return { request, timeline, facts, problem, matches, session, contribution, article, escrow, verification };
}

function Chapters({ story }: { story: Told }) {
  const { request, problem, matches, session, contribution, article, escrow, verification } = story;
  const me = useMe();
  const offers = [...(request.data?.offers ?? [])].reverse();
  const asked = offers.at(-1)?.expertId ?? session.data?.expertId ?? null;
  const expertName = useExpertName(asked);
  const seekerId = request.data?.seekerId ?? "";
  const seeker = seekerId === me.data?.id ? "you" : shortId(seekerId);
  const expert = session.data !== undefined && session.data.expertUserId === me.data?.id ? "you" : expertName;
  const then = knownThen(story.facts);
  const known = problem.data?.knownSolutions.filter(({ articleId }) => then?.includes(articleId) ?? true);
  const names = { seeker, expert, buyer: seeker, seller: expert };
  return (
    <Timeline label="The request as it unfolds">
      <Part of={problem} title="Problem">
        {(data) => <ProblemChapter problem={data} />}
      </Part>
      {known !== undefined && <KnownChapter known={known} />}
      <Part of={matches} title="Experts">
        {(data) => <ExpertsChapter matches={data} asked={asked} />}
      </Part>
      {offers.map((offer) => (
        <OfferChapter key={offer.offerId} offer={offer} />
      ))}
      <Part of={session} title="Session">
        {(data) => <SessionChapter session={data} names={names} />}
      </Part>
      <Part of={escrow} title="Escrow">
        {(data) => <EscrowChapter escrow={data} names={names} />}
      </Part>
      <Part of={verification} title="Check">
        {(data) => (
          <CheckChapter verification={data} threshold={escrow.data === undefined ? 0 : thresholdOf(escrow.data)} />
        )}
      </Part>
      {escrow.data !== undefined && !isOpenEscrow(escrow.data) && <PaymentChapter escrow={escrow.data} names={names} />}
      <Part of={contribution} title="Contribution">
        {(data) => <RewardChapter contribution={data} />}
      </Part>
      <Part of={article} title="Article">
        {(data) => <ArticleChapter article={data} />}
      </Part>
    </Timeline>
  );
}

interface PartQuery<Data> {
  data: Data | undefined;
  error: unknown;
  isLoading: boolean;
  refetch: () => unknown;
}

/**
 * One part of the story: its chapter when it is there, its place while it comes, what went wrong otherwise. What does
 * not exist yet, or is none of this reader's business, is silently absent.
 */
function Part<Data>(props: { of: PartQuery<Data>; title: string; children: (data: Data) => React.ReactNode }) {
  const { data, error, isLoading, refetch } = props.of;
  if (data !== undefined) return props.children(data);
  if (isLoading) {
    return (
      <Chapter title={props.title} meaning="waiting">
        <div aria-busy="true" className="skeleton h-24 w-full" />
      </Chapter>
    );
  }
  if (error === null || (error instanceof Problem && (error.status === 403 || error.status === 404))) return null;
  return (
    <Chapter title={props.title} meaning="bad">
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    </Chapter>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <>
      <PageHeading title="Problem" />
      <ProblemNotice error={error} onRetry={onRetry} />
    </>
  );
}

function StoryWaiting() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading the request</span>
      <div className="skeleton mb-3 h-8 w-2/3" />
      <div className="skeleton mb-8 h-5 w-1/3" />
      {["w-1/2", "w-2/3", "w-2/5"].map((width) => (
        <div key={width} className="mb-8 flex gap-4">
          <div className="skeleton size-5 shrink-0" />
          <div className={`skeleton h-16 ${width}`} />
        </div>
      ))}
    </div>
  );
}
