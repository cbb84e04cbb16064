import { useQuery, useQueryClient } from "@tanstack/react-query";
import { withEvent } from "@/coordination/components";
import { asked, type Kinds } from "@/coordination/events/kinds";
import { ORCHESTRA } from "@/coordination/keys";
import { useLive } from "@/kit/live";
import { ask } from "@/wire/client";
import type { OrchestraEvent, OrchestraEvents } from "@/wire/coordination";
import { conductor } from "@/wire/paths";
import type { StreamEvent, StreamState } from "@/wire/stream";

const EVENTS = [...ORCHESTRA, "events"] as const;
/** The stream could not go on where we were: everything is read again. */
const RESET = "reset";
const PAGE_EVENTS = 500;
const PAGES_LIMIT = 20;
/** The log is read from an instant on; looking back is widened until there is enough to show. */
const LOOKS_BACK_MS = [15 * 60_000, 6 * 3_600_000, 3 * 86_400_000];
const ENOUGH_EVENTS = 20;

export function useEvents(kinds: Kinds) {
  return useQuery({
    queryKey: [...EVENTS, kinds],
    queryFn: () => newestEvents(kinds),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function newestEvents(kinds: Kinds): Promise<OrchestraEvent[]> {
  for (const back of LOOKS_BACK_MS) {
    const found = await eventsAfter(kinds, `since=${new Date(Date.now() - back).toISOString()}`);
    if (found.length >= ENOUGH_EVENTS) return found;
  }
  return eventsAfter(kinds, "");
}

/** The newest events are behind the last page; only they are kept. */
async function eventsAfter(kinds: Kinds, begin: string): Promise<OrchestraEvent[]> {
  let newest: OrchestraEvent[] = [];
  let position = begin;
  for (let page = 0; page < PAGES_LIMIT; page++) {
    const query = [asked(kinds), `limit=${PAGE_EVENTS}`, position].filter((part) => part !== "").join("&");
    const found = await ask<OrchestraEvents>("GET", `${conductor("events")}?${query}`);
    newest = found.events.reduce(withEvent, newest);
    if (found.events.length < PAGE_EVENTS) break;
    position = `after=${encodeURIComponent(found.next_after)}`;
  }
  return newest;
}

/** Follows these events; `onTold` hears each one that is new. */
export function useEventsLive(kinds: Kinds, onTold?: (event: OrchestraEvent) => void): StreamState {
  const client = useQueryClient();
  return useLive(`${conductor("events", "subscribe")}?${asked(kinds)}`, (told) => {
    if (told.name === RESET) {
      void client.invalidateQueries({ queryKey: ORCHESTRA });
      return;
    }
    const event = orchestraEvent(told);
    if (event === null) return;
    client.setQueryData<OrchestraEvent[]>([...EVENTS, kinds], (known) => known && withEvent(known, event));
    onTold?.(event);
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
