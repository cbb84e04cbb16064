import { describe, expect, it } from "vitest";
import { containing, since } from "@/coordination/events/filter";
import { asked } from "@/coordination/events/kinds";
import type { OrchestraEvent } from "@/wire/coordination";

const event = (revision: number, name: string, data: Record<string, unknown> = {}) =>
  ({ revision, event: name, subject: "", trace: "", data }) as OrchestraEvent;

describe("events", () => {
  const told = [event(3, "message.died", { to: "sherlock-hub" }), event(2, "message.sent"), event(1, "state.changed")];

  it("are filtered by every word, wherever it stands", () => {
    expect(containing(told, "Message sherlock").map(({ revision }) => revision)).toEqual([3]);
    expect(containing(told, " ")).toHaveLength(3);
  });

  it("that came while paused are counted", () => {
    expect(since(told.slice(2), told)).toBe(2);
    expect(since([], told)).toBe(3);
  });

  it("are asked for by the beginnings of their names, or all of them", () => {
    expect(asked("queues")).toBe("event_type=message.*%2Cqueue.*");
    expect(asked("everything")).toBe("");
  });
});
