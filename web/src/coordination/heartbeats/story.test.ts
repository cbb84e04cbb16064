import { describe, expect, it } from "vitest";
import { endedBy, reason, seconds, told } from "@/coordination/heartbeats/story";
import type { Change, Grace } from "@/wire/coordination";

const change = (cause: string, status: Change["status"], evidence: Change["evidence"] = {}): Change => ({
  at: "2026-01-15T12:00:00Z",
  previous: "healthy",
  status,
  state: status,
  cause,
  evidence,
  trace: "",
});
const grace = (cause: Grace["cause"], evidence: Grace["evidence"], ended_by: string | null = null): Grace => ({
  grace_id: "grace-1",
  cause,
  evidence,
  leases: 10,
  began_at: "2026-01-15T12:00:00Z",
  ends_at: "2026-01-15T12:00:30Z",
  ended_at: null,
  ended_by,
});

describe("a change of status", () => {
  const silence = { silent_seconds: 15.2, interval_seconds: 5, missed_beats: 3, needed_missed_beats: 3, penalty: 1000 };

  it("after silence names how long, how often, and how often is enough", () => {
    expect(told(change("missed", "degraded", silence))).toEqual({
      meaning: "attention",
      title: "Degraded",
      sentence: "Nothing was heard for 15.2 s, with a beat due every 5 s: 3 beats missed, 3 are enough.",
      known: [["penalty", "1000"]],
    });
  });

  it("that a grace had held back says so", () => {
    const spared = { ...silence, spared_by: { grace_id: "grace-1", cause: "restarted", ended_by: "bound" } };
    expect(told(change("missed", "degraded", spared)).sentence).toContain("doubted itself (it had restarted)");
  });

  it("quotes what the component said of itself", () => {
    expect(told(change("reported", "degraded", { reported_status: "overloaded", good_beats: 0 }))).toMatchObject({
      sentence: "It beats, and says of itself that it is “overloaded”.",
      known: [["good_beats", "0"]],
    });
  });

  it("of a cause that is not known keeps the Conductor's word", () => {
    expect(told(change("eclipse", "offline")).sentence).toBe("Cause: eclipse.");
  });
});

describe("a doubt", () => {
  it("gives the figures it stands on", () => {
    expect(reason(grace("mass", { ending: 6, ended: 0, leases: 10, bound: 3 }))).toBe(
      "6 of 10 components would fall at once, and more than 3 is likelier its own ears than theirs.",
    );
    expect(reason(grace("clock", { jump_seconds: -90 }))).toContain("jumped by −1 min 30 s");
  });

  it("is ended by its bound, by the next, by oneself or by another", () => {
    const by = (who: string) => endedBy(grace("clock", {}, who), "operator");
    expect([by("bound"), by("grace-2"), by("operator"), by("rowan")]).toEqual([
      "ended by itself",
      "went over into the next",
      "ended by you",
      "ended by rowan",
    ]);
  });
});

it("seconds keep a tenth while they are few", () => {
  expect([seconds(3.04), seconds(61), seconds(3_700), seconds("soon")]).toEqual([
    "3 s",
    "1 min 1 s",
    "1 h 1 min",
    "soon",
  ]);
});
