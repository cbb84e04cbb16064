import { State } from "@/kit/state";
import type { StreamState } from "@/wire/stream";

/** How the line to the server is: a word and a shape, spoken politely when it changes. */
export function Line({ state }: { state: StreamState }) {
  return (
    <span role="status">
      {state === "live" && <State word="Live" meaning="good" />}
      {state === "connecting" && <State word="Connecting" meaning="waiting" />}
      {state === "waiting" && <State word="Reconnecting" meaning="attention" />}
      {state === "refused" && <State word="Not live" meaning="over" />}
    </span>
  );
}
