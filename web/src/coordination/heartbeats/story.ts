import type { Meaning } from "@/kit/state";
import type { Change, Grace, Why } from "@/wire/coordination";

/** A change of status, told: what it means, what happened, and what else was known then. */
export interface Told {
  meaning: Meaning;
  title: string;
  sentence: string;
  /** What was known and stands not in the sentence already, in the order in which the Conductor wrote it. */
  known: readonly [name: string, value: string][];
}

/** What each cause's sentence has told already. */
const IN_SENTENCE: Record<string, readonly string[]> = {
  missed: ["silent_seconds", "interval_seconds", "missed_beats", "needed_missed_beats"],
  crashed: ["silent_seconds"],
  "stayed away": ["silent_seconds"],
  reported: ["reported_status"],
  "beat again": ["good_beats"],
};
const MEANINGS: Record<string, Meaning> = { healthy: "good", degraded: "attention", offline: "bad" };

export function told(change: Change): Told {
  const hidden = IN_SENTENCE[change.cause] ?? [];
  return {
    meaning: MEANINGS[change.status] ?? "information",
    title: title(change),
    sentence: sentence(change),
    known: Object.entries(change.evidence)
      .filter(([name]) => !hidden.includes(name) && name !== "spared_by")
      .map(([name, value]) => [name, plain(value)]),
  };
}

function title({ status, previous, cause }: Change): string {
  if (previous === null) return "Joined";
  if (cause === "registered") return "Registered again";
  if (status === "degraded" && previous === "degraded") return "Still degraded";
  if (status === "healthy") return "Healthy again";
  return status === "offline" ? "Offline" : "Degraded";
}

function sentence({ cause, status, state, evidence }: Change): string {
  const silent = seconds(evidence.silent_seconds);
  const spared = sparedBy(evidence.spared_by);
  switch (cause) {
    case "registered":
      return state === "recovering"
        ? "It registered, but fell too often lately to count as healthy at once."
        : "It registered and was taken at its word.";
    case "reported":
      return `It beats, and says of itself that it is “${plain(evidence.reported_status)}”.`;
    case "beat again":
      return status === "healthy"
        ? "It beat well often enough in a row to be trusted again."
        : "It beats again; it counts as healthy after enough good beats in a row.";
    case "missed":
      return `Nothing was heard for ${silent}, with a beat due every ${seconds(evidence.interval_seconds)}: ${plain(evidence.missed_beats)} beats missed, ${plain(evidence.needed_missed_beats)} are enough.${spared}`;
    case "crashed":
      return `Its line broke and it did not answer when it was asked; nothing was heard for ${silent}.${spared}`;
    case "stayed away":
      return `It was given time to come back and stayed away: nothing was heard for ${silent}.${spared}`;
    default:
      return `Cause: ${cause}.`;
  }
}

function sparedBy(found: unknown): string {
  if (typeof found !== "object" || found === null || !("cause" in found)) return "";
  return ` It was spared before, while the Conductor doubted itself (${reasonWord(plain(found.cause))}).`;
}

/** How it stands now, after the last change that is told. */
export function standing(why: Why): string {
  if (why.spared_until !== null)
    return "It is silent, but spared: the Conductor doubts itself, not this component, until";
  if (why.status === "healthy") return "It beats as it should. Unless it beats again, its lease ends";
  if (why.state === "recovering") return `It has ${why.good_beats} good beats in a row. Its lease ends`;
  if (why.state === "missing") return "It is waited for; unless it beats again, it counts as offline";
  if (why.lease_ends_at !== null) return "Unless it beats again, its lease ends";
  return "";
}

const DOUBTS: Record<Grace["cause"], (known: Grace["evidence"]) => string> = {
  restarted: (known) =>
    `It was away for ${seconds(known.absent_seconds)} and cannot know who was silent and who was not heard.`,
  lagged: (known) =>
    `It looked at its members ${seconds(known.seconds_between_looks)} after the last look, not ${seconds(known.expected)}: what seems silent may be its own delay.`,
  clock: (known) => `Its clock jumped by ${seconds(known.jump_seconds)}, so no waiting time can be believed.`,
  mass: (known) =>
    `${plain(known.ending)} of ${plain(known.leases)} components would fall at once, and more than ${plain(known.bound)} is likelier its own ears than theirs.`,
};

/** Why the Conductor doubts itself rather than its members. */
export function reason({ cause, evidence }: Grace): string {
  return DOUBTS[cause]?.(evidence) ?? `Cause: ${cause}.`;
}

export function reasonWord(cause: string): string {
  const words: Record<string, string> = {
    restarted: "it had restarted",
    lagged: "it came late",
    clock: "its clock jumped",
    mass: "too many at once",
  };
  return words[cause] ?? cause;
}

/** Who ended a grace: its bound, the next doubt, or a person. */
export function endedBy(grace: Grace, me: string | undefined): string {
  if (grace.ended_by === "bound") return "ended by itself";
  if (grace.ended_by?.startsWith("grace-")) return "went over into the next";
  return grace.ended_by === me ? "ended by you" : `ended by ${grace.ended_by ?? "somebody"}`;
}

/** A number of seconds in words a person reads; what is none stays as it came. */
export function seconds(found: unknown): string {
  if (typeof found !== "number") return plain(found);
  const whole = Math.abs(found);
  if (whole < 60) return `${Number(found.toFixed(1))} s`;
  const minutes = Math.floor(whole / 60);
  const text =
    minutes < 60 ? `${minutes} min ${Math.floor(whole % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return found < 0 ? `−${text}` : text;
}

function plain(found: unknown): string {
  return typeof found === "string" ? found : JSON.stringify(found ?? "unknown").replaceAll('"', "");
}
