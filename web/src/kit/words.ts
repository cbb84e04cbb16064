/** Identifiers of the wire as words: `file-path-handling` is "file path handling". */
export function words(identifier: string): string {
  return identifier.replace(/[-_]+/g, " ").trim();
}

/** The same, beginning a line. */
export function sentenceCase(identifier: string): string {
  return capital(words(identifier));
}

/** The same text with a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A share of one as whole percent. Only for scores; money is never a number here. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** "1 message", "2 messages". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
