import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "@/kit/live";
import type {
  ArticleView,
  ContributionView,
  Matches,
  OfferView,
  Page,
  ProblemView,
  RequestItem,
  RequestView,
  SessionView,
  Timeline,
} from "@/wire/assist";
import { ask, newKey } from "@/wire/client";
import { live } from "@/wire/paths";
import type { StreamState } from "@/wire/stream";

const REQUESTS = ["requests"] as const;
const OFFERS = ["offers"] as const;

export function storyKey(requestId: string) {
  return ["story", requestId] as const;
}

export function useRequests() {
  return useQuery({ queryKey: REQUESTS, queryFn: () => ask<Page<RequestItem>>("GET", live("requests")) });
}

export function useOffers() {
  return useQuery({ queryKey: OFFERS, queryFn: () => ask<Page<OfferView>>("GET", live("offers")) });
}

export function useAnswerOffer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ offerId, answer }: { offerId: string; answer: "accept" | "decline" }) =>
      ask<OfferView>("POST", live("offers", offerId, answer), { body: {}, key: newKey() }),
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
  return usePart<Timeline>(requestId, "timeline", live("requests", requestId, "timeline"));
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

/** Follows one request: whatever is told under it, its story is read again. */
export function useStoryLive(requestId: string): StreamState {
  const client = useQueryClient();
  return useLive(live("requests", requestId, "events"), () => {
    void client.invalidateQueries({ queryKey: storyKey(requestId) });
  });
}
