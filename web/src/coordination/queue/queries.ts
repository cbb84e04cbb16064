import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BEAT_MS, ORCHESTRA } from "@/coordination/keys";
import { ask } from "@/wire/client";
import type { DeadLetters, Depths, Redriven } from "@/wire/coordination";
import { conductor } from "@/wire/paths";

const QUEUE = [...ORCHESTRA, "queue"] as const;
/** As many as one call puts back. */
export const REDRIVE_LIMIT = 500;

export function useDepths() {
  return useQuery({
    queryKey: [...QUEUE, "depths"],
    queryFn: () => ask<Depths>("GET", conductor("queue")),
    refetchInterval: BEAT_MS,
  });
}

export function useDead(component: string, group: string) {
  return useInfiniteQuery({
    queryKey: [...QUEUE, "dead", component, group],
    queryFn: ({ pageParam }) => {
      const asked = new URLSearchParams({ component, group, limit: "20", ...(pageParam && { cursor: pageParam }) });
      return ask<DeadLetters>("GET", `${conductor("queue", "dead")}?${asked}`);
    },
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

/** Puts messages back at the end of their queue: those that are named, or as many as one call takes. */
export function useRedrive(component: string, group: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (messageIds: readonly string[] | null) =>
      ask<Redriven>("POST", conductor("queue", "redrive"), {
        body: {
          component,
          group,
          ...(messageIds === null ? { limit: REDRIVE_LIMIT } : { message_ids: messageIds }),
        },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: QUEUE }),
  });
}
