/** Instants for the eye: relative at a glance, exact on asking, in the reader's own zone. */

const STEPS: readonly [limitSeconds: number, unitSeconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86_400, 3600, "hour"],
  [86_400 * 30, 86_400, "day"],
  [86_400 * 365, 86_400 * 30, "month"],
  [Number.POSITIVE_INFINITY, 86_400 * 365, "year"],
];
const JUST_NOW_SECONDS = 2;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });

/** "3 min. ago", "in 2 hr."; within two seconds either way, "now". */
export function relativeTime(instantMs: number, nowMs: number): string {
  const seconds = Math.trunc((instantMs - nowMs) / 1000);
  if (Math.abs(seconds) < JUST_NOW_SECONDS) return "now";
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? [0, 1, "second" as const];
  return relative.format(Math.trunc(seconds / size), unit).replace(".", "");
}

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });

export function exactTime(instantMs: number): string {
  return exact.format(instantMs);
}

/** "1 d 4 h", "3 h 20 min", "12 s": the two largest units. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return "0 s";
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(" ");
}
