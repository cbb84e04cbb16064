import { useQuery, useQueryClient } from "@tanstack/react-query";
import { withEvent } from "@/coordination/components";
import { useLive } from "@/kit/live";
import { ask } from "@/wire/client";
import type { Dashboard, OrchestraEvent, OrchestraEvents, Services } from "@/wire/coordination";
import type { StreamEvent, StreamState } from "@/wire/stream";

const ORCHESTRA = ["orchestra"] as const;
const EVENTS = [...ORCHESTRA, "events"] as const;
/** Beats are not told over the stream, only what they change; so the last beats are read as often as they come. */
const BEAT_MS = 5_000;

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

export function useEvents() {
  return useQuery({
    queryKey: EVENTS,
    queryFn: async () => (await ask<OrchestraEvents>("GET", "/conductor/events")).events.reduce(withEvent, []),
  });
}

/** Follows the orchestra: a change of state is on the page as soon as it is told. */
export function useOrchestraLive(): StreamState {
  const client = useQueryClient();
  return useLive("/conductor/events/subscribe", (told) => {
    const event = orchestraEvent(told);
    if (event === null) return;
    client.setQueryData<OrchestraEvent[]>(EVENTS, (known) => withEvent(known ?? [], event));
    void client.invalidateQueries({ queryKey: [...ORCHESTRA, "services"] });
    void client.invalidateQueries({ queryKey: [...ORCHESTRA, "dashboard"] });
  });
}

/** The event inside a line of the stream; null for one that this page cannot read. */
export function orchestraEvent(told: StreamEvent): OrchestraEvent | null {
  try {
    const found: unknown = JSON.parse(told.data);
    const event = found as OrchestraEvent;
    const readable = typeof event?.revision === "number" && typeof event.event === "string";
    return readable ? { ...event, data: event.data ?? {} } : null;
  } catch {
    return null;
  }
}
