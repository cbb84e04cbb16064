import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { ORCHESTRA } from "@/coordination/keys";
import { useLive } from "@/kit/live";
import { ask } from "@/wire/client";
import type { KeyHistory, Values } from "@/wire/coordination";
import { conductor } from "@/wire/paths";
import type { StreamState } from "@/wire/stream";

const STATE = [...ORCHESTRA, "state"] as const;
const BOOKMARK = "bookmark";

export function useKeysOf(prefix: string) {
  return useInfiniteQuery({
    queryKey: [...STATE, "keys", prefix],
    queryFn: ({ pageParam }) =>
      ask<Values>("GET", `${conductor("state")}?${new URLSearchParams({ prefix, limit: "50", after: pageParam })}`),
    initialPageParam: "",
    getNextPageParam: ({ next_after }) => next_after,
    placeholderData: (before) => before,
  });
}

export function useHistory(key: string, wanted: boolean) {
  return useQuery({
    queryKey: [...STATE, "history", key],
    queryFn: () => ask<KeyHistory>("GET", `${conductor("state", key)}/history`),
    enabled: wanted,
  });
}

/** Follows the keys that begin so; whatever changes is read again. */
export function useStateLive(prefix: string): StreamState {
  const client = useQueryClient();
  return useLive(`${conductor("state", "subscribe")}?${new URLSearchParams({ prefix })}`, ({ name }) => {
    if (name !== BOOKMARK) void client.invalidateQueries({ queryKey: STATE });
  });
}
