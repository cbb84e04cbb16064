import type { Meaning } from "@/kit/state";
import { sentenceCase } from "@/kit/words";
import type { AlarmView, DetectionChoice, DetectionSettings } from "@/wire/assist";

const STATES: Record<string, { word: string; meaning: Meaning }> = {
  told: { word: "Told", meaning: "attention" },
  held: { word: "In the next digest", meaning: "waiting" },
  quiet: { word: "Only here", meaning: "over" },
  beyond_budget: { word: "Beyond your budget", meaning: "over" },
};

/** What became of an alarm, until it is answered. */
export function stateOf({ state, answer }: Pick<AlarmView, "state" | "answer">): { word: string; meaning: Meaning } {
  if (answer === "right") return { word: "Right", meaning: "good" };
  if (answer === "wrong") return { word: "No problem", meaning: "over" };
  return STATES[state] ?? { word: sentenceCase(state), meaning: "information" };
}

const SOURCES: Record<string, string> = { editor: "your editor", agent: "an agent's run", ci: "a pipeline" };

export function sourceOf({ source }: Pick<AlarmView, "source">): string {
  return SOURCES[source] ?? source;
}

export const MODES: readonly { name: DetectionChoice["assistanceMode"]; means: string }[] = [
  { name: "Proactive", means: "An alarm is a notification at once." },
  { name: "On-demand", means: "An alarm waits in the list; you are told only when you ask for help." },
  { name: "Scheduled", means: "Alarms wait for one digest a day, at your hour." },
];

export const LEVELS: readonly { name: DetectionChoice["privacyLevel"]; means: string }[] = [
  {
    name: "High",
    means:
      "Looks at who acted, with which tool, whether it failed, and whether two texts are equal; no words. Keeps keyed hashes for a day. Pipelines are not looked at, nothing is quoted.",
  },
  {
    name: "Standard",
    means:
      "Also what agents and tools wrote; of your own words only fixed phrases. Keeps the last 40 steps, redacted, for 7 days. Evidence is quoted.",
  },
  {
    name: "Open",
    means:
      "Also your own words, and the address of a pipeline's run. Keeps the last 40 steps, redacted, for 30 days. Evidence is quoted, your words too.",
  },
];

/** What a change brings about that cannot be taken back; empty for one that can. */
export function consequence(before: DetectionSettings, chosen: DetectionChoice): string {
  if (before.privacyLevel === chosen.privacyLevel) return "";
  return chosen.privacyLevel === "High"
    ? "Every watched run begins anew, the evidence of earlier alarms is emptied, and how jobs ended is forgotten. This cannot be undone."
    : "Every watched run begins anew.";
}

export function choiceOf(settings: DetectionSettings): DetectionChoice {
  const { assistanceMode, privacyLevel, alarmsADay, digestHour, timezone } = settings;
  return { assistanceMode, privacyLevel, alarmsADay, digestHour, timezone };
}

/** What is left of the budget, as the end of a sentence. */
export function left({ alarmsAllowed, alarmsAllowedHours, alarmsADay }: DetectionSettings): string {
  const now = `${alarmsAllowed} in ${alarmsAllowedHours} hours`;
  return alarmsAllowed < alarmsADay || alarmsAllowedHours > 24 ? `${now}, fewer because of your answers` : now;
}

/** A whole number that was typed; null for what is none. */
export function whole(typed: string): number | null {
  return /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : null;
}
