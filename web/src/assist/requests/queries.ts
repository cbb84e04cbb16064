import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useLive } from "@/kit/live";
import type {
  ArticleView,
  ContributionView,
  Matches,
  OfferList,
  ProblemView,
  RequestList,
  RequestView,
  SessionView,
  Timeline,
} from "@/wire/assist";
import { ask, newKey } from "@/wire/client";
import { live } from "@/wire/paths";
import type { StreamState } from "@/wire/stream";

const REQUESTS = ["requests"] as const;
const OFFERS = ["offers"] as const;
/** As many facts as the server puts on one page; a page that is not full is the last. */
const PAGE_FACTS = 200;
const PAGES_LIMIT = 20;

export function storyKey(requestId: string) {
  return ["story", requestId] as const;
}

/** One's own requests and those one was asked to help with; an administrator may look at everyone's. */
export function useRequests(everyone = false) {
  const address = everyone ? `${live("requests")}?everyone=true` : live("requests");
  return useQuery({ queryKey: [...REQUESTS, everyone], queryFn: () => ask<RequestList>("GET", address) });
}

export function useOffers() {
  return useQuery({ queryKey: OFFERS, queryFn: () => ask<OfferList>("GET", `${live("offers")}?state=pending`) });
}

export function useAnswerOffer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ offerId, answer }: { offerId: string; answer: "accept" | "decline" }) =>
      ask("POST", live("offers", offerId, answer), { key: newKey() }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: OFFERS });
      void client.invalidateQueries({ queryKey: REQUESTS });
    },
  });
}

export function useRequest(requestId: string) {
  return useQuery({
    queryKey: [...storyKey(requestId), "request"],
    queryFn: () => ask<RequestView>("GET", live("requests", requestId)),
  });
}

/** One part of a request's story; asked for as soon as its id is known. */
function usePart<Part>(requestId: string, name: string, address: string | null) {
  return useQuery({
    queryKey: [...storyKey(requestId), name, address],
    queryFn: () => ask<Part>("GET", address ?? ""),
    enabled: address !== null,
  });
}

export function useProblem(requestId: string, contextId: string | null) {
  return usePart<ProblemView>(requestId, "problem", contextId && live("problems", contextId));
}

export function useMatches(requestId: string) {
  return usePart<Matches>(requestId, "matches", live("requests", requestId, "matches"));
}

export function useTimeline(requestId: string) {
  return useQuery({ queryKey: [...storyKey(requestId), "timeline"], queryFn: () => wholeTimeline(requestId) });
}

async function wholeTimeline(requestId: string): Promise<Timeline> {
  const address = live("requests", requestId, "timeline");
  let found = await ask<Timeline>("GET", address);
  for (let page = 1, last = found; last.items.length >= PAGE_FACTS && page < PAGES_LIMIT; page++) {
    last = await ask<Timeline>("GET", `${address}?after=${last.after}`);
    found = { items: [...found.items, ...last.items], after: last.after };
  }
  return found;
}

export function useSession(requestId: string, sessionId: string | null) {
  return usePart<SessionView>(requestId, "session", sessionId && live("sessions", sessionId));
}

export function useContribution(requestId: string, sessionId: string | null) {
  return usePart<ContributionView>(requestId, "contribution", sessionId && live("sessions", sessionId, "contribution"));
}

export function useArticle(requestId: string, articleId: string | null) {
  return usePart<ArticleView>(requestId, "article", articleId && live("knowledge-base", "articles", articleId));
}

/** Follows one request from where its story was read to: whatever is told under it, its parts are read again. */
export function useStoryLive(requestId: string, timeline: Timeline | undefined): StreamState {
  const client = useQueryClient();
  const [start, setStart] = useState<number>();
  if (start === undefined && timeline !== undefined) setStart(timeline.after);
  const coming = useRef(false);
  const path = start === undefined ? null : `${live("requests", requestId, "events")}?after=${start}`;
  return useLive(path, () => {
    if (coming.current) return;
    coming.current = true;
    // Facts come in handfuls; what they change is read once.
    queueMicrotask(() => {
      coming.current = false;
      void client.invalidateQueries({ queryKey: storyKey(requestId) });
    });
  });
}
