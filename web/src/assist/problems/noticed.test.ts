import { describe, expect, it } from "vitest";
import { choiceOf, consequence, LEVELS, left, MODES, stateOf, whole } from "@/assist/problems/noticed";
import type { DetectionSettings } from "@/wire/assist";
import { TAXONOMY } from "@/wire/taxonomy";

const settings: DetectionSettings = {
  assistanceMode: "Proactive",
  privacyLevel: "Standard",
  alarmsADay: 3,
  alarmsAllowed: 3,
  alarmsAllowedHours: 24,
  digestHour: 9,
  timezone: "UTC",
  updatedAt: null,
};

describe("an alarm", () => {
  it("shows its answer rather than how it was told", () => {
    expect(stateOf({ state: "told", answer: null }).word).toBe("Told");
    expect(stateOf({ state: "told", answer: "wrong" }).word).toBe("No problem");
  });
});

describe("detection settings", () => {
  it("name every mode and level once, with what it means", () => {
    expect(MODES.map(({ name }) => name)).toEqual(["Proactive", "On-demand", "Scheduled"]);
    expect(LEVELS.map(({ name }) => name)).toEqual(["High", "Standard", "Open"]);
  });

  it("say what a stricter level takes away for good, and nothing for another mode", () => {
    const choice = choiceOf(settings);
    expect(consequence(settings, { ...choice, assistanceMode: "Scheduled" })).toBe("");
    expect(consequence(settings, { ...choice, privacyLevel: "Open" })).toBe("Every watched run begins anew.");
    expect(consequence(settings, { ...choice, privacyLevel: "High" })).toContain("cannot be undone");
  });

  it("tell when answers have made the budget smaller", () => {
    expect(left(settings)).toBe("3 in 24 hours");
    expect(left({ ...settings, alarmsAllowed: 1 })).toContain("fewer because of your answers");
  });

  it("take whole numbers only", () => {
    expect([whole("3"), whole(" 20 "), whole("1.5"), whole(""), whole("-1")]).toEqual([3, 20, null, null, null]);
  });
});

it("the taxonomy has the class that says that none fits", () => {
  const unknown = TAXONOMY.find(({ id }) => id === "unknown");
  expect(unknown?.subcategories.map(({ id }) => id)).toContain("unclassified");
});
