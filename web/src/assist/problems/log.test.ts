import { describe, expect, it } from "vitest";
import { findingsIn, LOG_LIMIT_BYTES, NotALog, outgoing, readFile, tailOf, takeIn } from "@/assist/problems/log";
import type { HiddenSpan } from "@/wire/assist";

const MAIL = "pat@example.org";
const TOKEN = "tok-invented-1";
const END = `-----END ${"RSA PRIVATE KEY"}-----`;
const BEGIN = `-----BEGIN ${"RSA PRIVATE KEY"}-----`;

function span(start: number, value: string, secret: boolean): HiddenSpan {
  const type = secret ? "token" : "email";
  return { start, end: start + [...value].length, type, rule: type, secret, placeholder: `[${type}:1]` };
}

describe("a log", () => {
  it("is taken in with the line ends of a text area and without what cannot be stored", () => {
    expect(takeIn("a\r\nb\rc\0\ud800😀")).toEqual({ text: "a\nb\nc\ufffd\ufffd😀", cut: false });
  });

  it("of exactly the limit stays whole", () => {
    expect(tailOf("é".repeat(LOG_LIMIT_BYTES / 2)).cut).toBe(false);
    expect(tailOf(`${"é".repeat(LOG_LIMIT_BYTES / 2)}a`).cut).toBe(true);
  });

  it("that is too long keeps its end, from the beginning of a line", () => {
    expect(tailOf("first line\nsecond\nthird\n", 16)).toEqual({ text: "second\nthird\n", cut: true });
  });

  it("of one line is cut between words, never within a character", () => {
    expect(tailOf("😀😀😀 end", 9).text).toBe("end");
    expect(tailOf("😀😀😀", 10).text).toBe("😀😀");
  });

  it("never begins with the rest of a key, which nobody would know for one", () => {
    const log = `${BEGIN}\n${"MIIEpAIB\n".repeat(40)}${END}\nafter\n`;
    expect(tailOf(log, 200).text).toBe("after\n");
    expect(tailOf(`${"x\n".repeat(200)}${log}`, log.length).text).toBe(log.slice(log.indexOf(BEGIN)));
  });

  it("in a file is read in its encoding; what is packed is refused by name", async () => {
    const wide = new Uint8Array([0xff, 0xfe, 0x6f, 0x00, 0x6b, 0x00]);
    expect((await readFile(new File([wide], "a.log"))).text).toBe("ok");
    await expect(readFile(new File([new Uint8Array([0x1f, 0x8b, 8])], "a.gz"))).rejects.toThrow(NotALog);
    const long = new File(["line\n".repeat(LOG_LIMIT_BYTES)], "long.log");
    const tail = await readFile(long);
    expect(tail.cut).toBe(true);
    expect(tail.text.length).toBeLessThanOrEqual(LOG_LIMIT_BYTES);
    expect(tail.text.startsWith("line\n")).toBe(true);
  });
});

describe("what is sent", () => {
  const text = `😀 ok\n${MAIL} ${TOKEN}\n${MAIL}`;
  const spans = [
    span(5, MAIL, false),
    span(6 + MAIL.length, TOKEN, true),
    span(7 + (MAIL + TOKEN).length, MAIL, false),
  ];
  const findings = findingsIn(text, spans);

  it("hides what the server named, though it counts wide characters once", () => {
    expect(findings.map(({ start, end }) => text.slice(start, end))).toEqual([MAIL, TOKEN, MAIL]);
    expect(findings.map(({ line }) => line)).toEqual([2, 2, 3]);
    expect(outgoing(text, findings, new Set()).text).toBe("😀 ok\n[email:1] [token:1]\n[email:1]");
  });

  it("shows the one place that was chosen and never a secret", () => {
    const everything = new Set(findings.slice(1).map(({ key }) => key));
    const sent = outgoing(text, findings, everything);
    expect(sent.text).toBe(`😀 ok\n[email:1] [token:1]\n${MAIL}`);
    expect(sent.places.map(({ at, end }) => sent.text.slice(at, end))).toEqual(["[email:1]", "[token:1]", MAIL]);
  });

  it("keeps a choice while the text around it changes", () => {
    const longer = `more ${text}`;
    const moved = findingsIn(
      longer,
      spans.map((one) => ({ ...one, start: one.start + 5, end: one.end + 5 })),
    );
    expect(moved.map(({ key }) => key)).toEqual(findings.map(({ key }) => key));
  });
});
