import { describe, expect, it } from "vitest";
import { EventParser, waitMs } from "@/wire/stream";

describe("a stream of events", () => {
  const text =
    'id: 7\nevent: registry.component.registered\ndata: {"a":1}\n\n: beat\n\nid: 8\r\ndata: one\r\ndata: two\r\n\r\n';
  const events = [
    { id: "7", name: "registry.component.registered", data: '{"a":1}' },
    { id: "8", name: "message", data: "one\ntwo" },
  ];

  it("is read as it was written", () => {
    expect(new EventParser().push(text)).toEqual(events);
  });

  it("is read the same wherever it is cut", () => {
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new EventParser();
      expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))]).toEqual(events);
    }
  });

  it("keeps silent about an event without data", () => {
    expect(new EventParser().push("event: nothing\n\n")).toEqual([]);
  });
});

describe("the wait before connecting again", () => {
  it("doubles and stays bounded", () => {
    expect([1, 2, 3, 4].map(waitMs)).toEqual([500, 1000, 2000, 4000]);
    expect(waitMs(40)).toBe(15_000);
  });
});
