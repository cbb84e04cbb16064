/** Server-sent events, read with fetch: an EventSource hides the status of a refusal and events with unknown names. */

export interface StreamEvent {
  id: string;
  name: string;
  data: string;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** Turns the text of a stream into events; a text may be cut anywhere. */
export class EventParser {
  private rest = "";
  private id = "";
  private name = "";
  private data: string[] = [];

  push(text: string): StreamEvent[] {
    const lines = (this.rest + text).split(/\r?\n/);
    this.rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.take(line));
  }

  private take(line: string): StreamEvent[] {
    if (line === "") return this.finish();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") this.data.push(value);
    else if (field === "event") this.name = value;
    else if (field === "id") this.id = value;
    return [];
  }

  private finish(): StreamEvent[] {
    const event = { id: this.id, name: this.name || "message", data: this.data.join("\n") };
    const told = this.data.length > 0;
    this.data = [];
    this.name = "";
    return told ? [event] : [];
  }
}

export type StreamState = "connecting" | "live" | "waiting" | "refused";

interface Listener {
  onEvent: (event: StreamEvent) => void;
  onState: (state: StreamState) => void;
}

/** Follows `path` until the returned function is called; after a break it goes on from the last event it was told. */
export function follow(path: string, listener: Listener): () => void {
  const stop = new AbortController();
  void keepFollowing(path, listener, stop.signal);
  return () => stop.abort();
}

async function keepFollowing(path: string, listener: Listener, signal: AbortSignal): Promise<void> {
  let last = "";
  let failures = 0;
  while (!signal.aborted) {
    listener.onState(failures === 0 ? "connecting" : "waiting");
    try {
      await followOnce(path, last, signal, {
        onState: listener.onState,
        onEvent: (event) => {
          failures = 0;
          last = event.id || last;
          listener.onEvent(event);
        },
      });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused) return listener.onState("refused");
    }
    if (signal.aborted) return;
    failures += 1;
    listener.onState("waiting");
    await pause(waitMs(failures), signal);
  }
}

class Refused extends Error {}

async function followOnce(path: string, last: string, signal: AbortSignal, listener: Listener): Promise<void> {
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  if (last !== "") headers["Last-Event-ID"] = last;
  const response = await fetch(path, { headers, signal, credentials: "same-origin", cache: "no-store" });
  if (response.status >= 400 && response.status < 500 && response.status !== 429) throw new Refused();
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  listener.onState("live");
  const parser = new EventParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of parser.push(value)) listener.onEvent(event);
  }
}

/** How long to wait before trial `failures + 1`: doubling, bounded. */
export function waitMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
}

/** Waits, or less when the network comes back or the reader leaves. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done, { once: true });
    signal.addEventListener("abort", done, { once: true });
  });
}
