import type { HiddenSpan } from "@/wire/assist";

/** As the server's own limit: beyond it only the end of a log is read. */
export const LOG_LIMIT_BYTES = 256 * 1024;
const READ_TIMES_LIMIT = 4;
const BYTES_PER_UNIT_MOST = 3;
const KEY_LIMIT_CHARACTERS = 16_384;
const KEY_ENDS = /^[ \t]*-----END [A-Z0-9 ]{1,60}-----[ \t]*$/m;
const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]{1,60}-----/;
const NEWLINE = 0x0a;
const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b];
const UTF16_LITTLE = [0xff, 0xfe];
const UTF16_BIG = [0xfe, 0xff];

/** The end of a text; `cut` when something before it was left out. */
export interface Tail {
  text: string;
  cut: boolean;
}

/** A log that cannot be taken, with what to do about it. */
export class NotALog extends Error {
  override readonly name = "NotALog";
}

/** `raw` as it is worked with: line ends as a text area has them, nothing that cannot be stored, its end if too long. */
export function takeIn(raw: string): Tail {
  return tailOf(raw.replace(/\r\n?/g, "\n").replace(/[\0\p{Surrogate}]/gu, "\ufffd"));
}

/**
 * The last `limit` bytes of `text`, from the beginning of a line. A key of many lines whose beginning is left out is
 * left out whole: without its first line nobody would know it for one.
 */
export function tailOf(text: string, limit: number = LOG_LIMIT_BYTES): Tail {
  if (text.length * BYTES_PER_UNIT_MOST <= limit) return { text, cut: false };
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= limit) return { text, cut: false };
  return { text: endOf(bytes, limit), cut: true };
}

function endOf(bytes: Uint8Array, limit: number): string {
  let from = bytes.length - limit;
  // Never in the middle of a character.
  while (((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  const cut = new TextDecoder().decode(bytes.subarray(from));
  if (bytes[from - 1] === NEWLINE) return withoutHalfAKey(cut);
  // Nor in the middle of a line, or of a word where there is but one line: half a secret reads like any text.
  const begins = cut.includes("\n") ? cut.indexOf("\n") : cut.search(/\s/);
  return withoutHalfAKey(cut.slice(begins + 1));
}

function withoutHalfAKey(text: string): string {
  const end = KEY_ENDS.exec(text.slice(0, KEY_LIMIT_CHARACTERS));
  if (end === null || KEY_BEGINS.test(text.slice(0, end.index))) return text;
  return text.slice(end.index + end[0].length).replace(/^\n/, "");
}

/** The log in `file`; of a large one only the end is read. Throws `NotALog` for what is packed. */
export async function readFile(file: File): Promise<Tail> {
  const first = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const begins = (mark: readonly number[]) => mark.every((byte, at) => first[at] === byte);
  if (begins(GZIP) || begins(ZIP)) throw new NotALog(`${file.name} is packed. Unpack it, then drop the log in it.`);
  const wide = begins(UTF16_LITTLE) ? "utf-16le" : begins(UTF16_BIG) ? "utf-16be" : null;
  // More than the limit, so that the cut is made where a line begins; an even number keeps wide characters whole.
  const before = Math.max(0, file.size - READ_TIMES_LIMIT * LOG_LIMIT_BYTES);
  const from = before - (before % 2);
  const tail = takeIn(new TextDecoder(wide ?? "utf-8").decode(await file.slice(from).arrayBuffer()));
  return { text: tail.text, cut: tail.cut || from > 0 };
}

/** A hidden span as JavaScript counts, and a name for it that stays while the text around it changes. */
export interface Finding {
  key: string;
  start: number;
  end: number;
  type: string;
  rule: string;
  secret: boolean;
  placeholder: string;
  /** The line of the log that it begins in, from 1. */
  line: number;
}

/** The server's spans for `text`: it counts characters, a browser counts halves of the wide ones. */
export function findingsIn(text: string, spans: readonly HiddenSpan[]): Finding[] {
  const wide = /[\ud800-\udfff]/.test(text);
  const seen = new Map<string, number>();
  const place = { points: 0, units: 0, line: 1 };
  const unitsAt = (points: number) => {
    const begun = place.units;
    if (!wide) place.units = points;
    else
      for (; place.points < points; place.points += 1)
        place.units += (text.codePointAt(place.units) ?? 0) > 0xffff ? 2 : 1;
    for (let at = text.indexOf("\n", begun); at >= 0 && at < place.units; at = text.indexOf("\n", at + 1))
      place.line += 1;
    return place.units;
  };
  return spans.map(({ start, end, type, rule, secret, placeholder }) => {
    const from = unitsAt(start);
    const { line } = place;
    const to = unitsAt(end);
    const what = `${rule} ${text.slice(from, to)}`;
    const earlier = seen.get(what) ?? 0;
    seen.set(what, earlier + 1);
    return { key: `${earlier} ${what}`, start: from, end: to, type, rule, secret, placeholder, line };
  });
}

/** What is sent: `text` with every finding hidden but those that a person chose to show. A secret is never shown. */
export interface Outgoing {
  text: string;
  /** Where each finding came to stand in `text`, in order. */
  places: readonly { at: number; end: number; shown: boolean }[];
}

export function outgoing(text: string, findings: readonly Finding[], shown: ReadonlySet<string>): Outgoing {
  const pieces: string[] = [];
  const places: { at: number; end: number; shown: boolean }[] = [];
  let done = 0;
  let length = 0;
  const put = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const { key, start, end, secret, placeholder } of findings) {
    put(text.slice(done, start));
    const at = length;
    const stays = !secret && shown.has(key);
    put(stays ? text.slice(start, end) : placeholder);
    places.push({ at, end: length, shown: stays });
    done = end;
  }
  put(text.slice(done));
  return { text: pieces.join(""), places };
}
