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
/** Of everything that is told, what tells of components. */
const KINDS = "event_type=component.*";
/** The stream could not go on where we were: everything is read again. */
const RESET = "reset";
const PAGE_EVENTS = 500;
const PAGES_LIMIT = 20;

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
    queryFn: newestEvents,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The log is read from its oldest end, so the newest events are behind the last page; only they are kept. */
async function newestEvents(): Promise<OrchestraEvent[]> {
  let newest: OrchestraEvent[] = [];
  let after = "";
  for (let page = 0; page < PAGES_LIMIT; page++) {
    const position = after === "" ? "" : `&after=${encodeURIComponent(after)}`;
    const found = await ask<OrchestraEvents>("GET", `/conductor/events?${KINDS}&limit=${PAGE_EVENTS}${position}`);
    newest = found.events.reduce(withEvent, newest);
    if (found.events.length < PAGE_EVENTS) break;
    after = found.next_after;
  }
  return newest;
}

/** Follows the orchestra: a change of state is on the page as soon as it is told. */
export function useOrchestraLive(): StreamState {
  const client = useQueryClient();
  return useLive(`/conductor/events/subscribe?${KINDS}`, (told) => {
    if (told.name === RESET) {
      void client.invalidateQueries({ queryKey: ORCHESTRA });
      return;
    }
    const event = orchestraEvent(told);
    if (event === null) return;
    client.setQueryData<OrchestraEvent[]>(EVENTS, (known) => known && withEvent(known, event));
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
