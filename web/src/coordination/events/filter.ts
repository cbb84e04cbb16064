import type { OrchestraEvent } from "@/wire/coordination";

/** The events in whose name, subject, trace or content every word stands. */
export function containing(events: readonly OrchestraEvent[], words: string): OrchestraEvent[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return events.filter((event) => {
    const text = `${event.event} ${event.subject} ${event.trace} ${JSON.stringify(event.data)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** How many of `events` came after the newest that a paused reader sees. */
export function since(held: readonly OrchestraEvent[], events: readonly OrchestraEvent[]): number {
  const newest = held[0]?.revision ?? 0;
  return events.filter(({ revision }) => revision > newest).length;
}
