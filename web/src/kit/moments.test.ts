import { describe, expect, it } from "vitest";
import { duration, relativeTime } from "@/kit/moments";

const NOW = Date.UTC(2026, 0, 15, 12);

describe("a relative time", () => {
  it("names the largest unit, both ways", () => {
    expect(relativeTime(NOW, NOW)).toBe("now");
    expect(relativeTime(NOW - 5_000, NOW)).toBe("5 sec ago");
    expect(relativeTime(NOW - 59_999, NOW)).toBe("59 sec ago");
    expect(relativeTime(NOW - 60_000, NOW)).toBe("1 min ago");
    expect(relativeTime(NOW + 2 * 3_600_000, NOW)).toBe("in 2 hr");
    expect(relativeTime(NOW - 45 * 86_400_000, NOW)).toBe("1 mo ago");
  });
});

describe("a duration", () => {
  it("shows its two largest units", () => {
    expect(duration(0)).toBe("0 s");
    expect(duration(12)).toBe("12 s");
    expect(duration(3600)).toBe("1 h");
    expect(duration(3 * 3600 + 20 * 60 + 9)).toBe("3 h 20 min");
    expect(duration(86_400 + 4 * 3600)).toBe("1 d 4 h");
  });
});
