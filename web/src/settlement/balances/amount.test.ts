import { describe, expect, it } from "vitest";
import { exact, faultIn, undoable } from "@/settlement/balances/amount";
import type { Balance } from "@/wire/settlement";

describe("an amount to move", () => {
  it("is accepted up to the last millionth that is free", () => {
    expect(faultIn("10.000001", "withdraw", "10.000001", "1.000000")).toBeNull();
    expect(faultIn("10.000002", "withdraw", "10.000001", "1.000000")?.message).toBe("Only 10.000001 is free.");
  });

  it("below the smallest withdrawal is named so, but can be deposited", () => {
    expect(faultIn("0.999999", "withdraw", "5.000000", "1.000000")?.message).toContain("At least 1.000000");
    expect(faultIn("0.999999", "deposit", "5.000000", "1.000000")).toBeNull();
  });

  it("is never rounded: a seventh decimal is a fault", () => {
    expect(faultIn("1.0000001", "deposit", "5.000000", "1.000000")?.hint).toContain("Nothing is rounded");
  });

  it("is sent with all its decimals, and not while something is wrong with it", () => {
    expect(exact("12.5", null)).toBe("12.500000");
    expect(exact("12.5", { message: "", hint: "" })).toBeNull();
    expect(exact("", null)).toBeNull();
  });
});

it("a deposit below the smallest withdrawal cannot be taken back by a withdrawal", () => {
  const balance = { settlement_info: { min_withdrawal: "1.000000" } } as Balance;
  expect([
    undoable("deposit", "0.500000", balance),
    undoable("deposit", "1.000000", balance),
    undoable("withdraw", "1.000000", balance),
  ]).toEqual([false, true, true]);
});
