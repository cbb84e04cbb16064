import { describe, expect, it } from "vitest";
import { kindOf, settlementOf, shownOf } from "@/settlement/balances/transactions";

describe("a move of the balance", () => {
  it("leads to its settlement when it is one", () => {
    expect(settlementOf({ type: "settlement", description: "settlement-01a1" })).toBe("settlement-01a1");
    expect(settlementOf({ type: "deposit", description: "deposit deposit-01a1" })).toBeNull();
  });

  it("of a kind that this page does not know keeps its own name", () => {
    expect(kindOf({ type: "chain_reversal" })).toEqual({ name: "Chain reversal", meaning: "information" });
  });
});

it("a page of the history says which it shows", () => {
  expect([shownOf(0, 20, 45), shownOf(40, 5, 45), shownOf(0, 0, 0)]).toEqual([
    "1 to 20 of 45",
    "41 to 45 of 45",
    "none",
  ]);
});
