import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEventsLive } from "@/coordination/events/queries";
import { BEAT_MS, ORCHESTRA } from "@/coordination/keys";
import { ask } from "@/wire/client";
import type { Dashboard, Services } from "@/wire/coordination";
import type { StreamState } from "@/wire/stream";

export function useServices() {
  return useQuery({
    queryKey: [...ORCHESTRA, "services"],
    queryFn: () => ask<Services>("GET", "/conductor/services"),
    refetchInterval: BEAT_MS,
  });
}

export function useDashboard() {
  return useQuery({
    queryKey: [...ORCHESTRA, "dashboard"],
    queryFn: () => ask<Dashboard>("GET", "/conductor/dashboard"),
    refetchInterval: BEAT_MS,
  });
}

/** Follows the orchestra: a change of state is on the page as soon as it is told. */
export function useOrchestraLive(): StreamState {
  const client = useQueryClient();
  return useEventsLive("components", () => {
    for (const part of ["services", "dashboard", "why", "grace"])
      void client.invalidateQueries({ queryKey: [...ORCHESTRA, part] });
  });
}
