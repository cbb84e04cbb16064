import { describe, expect, it } from "vitest";
import { amountParts, decimal, millionths } from "@/kit/amounts";

describe("an amount", () => {
  it("keeps every decimal it came with", () => {
    expect(amountParts("1250.500000")).toEqual({ sign: "", whole: "1\u202f250", fraction: "50", rest: "0000" });
    expect(amountParts("0.000001")).toEqual({ sign: "", whole: "0", fraction: "000001", rest: "" });
  });

  it("beyond what a float can hold stays exact", () => {
    expect(amountParts("9007199254740993.000001")).toEqual({
      sign: "",
      whole: "9\u202f007\u202f199\u202f254\u202f740\u202f993",
      fraction: "000001",
      rest: "",
    });
  });

  it("below zero carries a minus sign", () => {
    expect(amountParts("-12")).toEqual({ sign: "−", whole: "12", fraction: "", rest: "" });
  });

  it("that is no plain decimal is not guessed at", () => {
    for (const text of ["", "1e9", "12.", "NaN", "1,5", " 1"]) expect(amountParts(text)).toBeNull();
  });
});

describe("a typed amount", () => {
  it("is counted in millionths, exactly, at any size", () => {
    expect(millionths("0.000001")).toBe(1n);
    expect(millionths("12.5")).toBe(12_500_000n);
    expect(millionths("999999999999.999999")).toBe(999_999_999_999_999_999n);
  });

  it("that would have to be rounded, or is none, is refused and not guessed at", () => {
    for (const text of ["0.0000001", "1,5", "-1", "", ".5", "1.", "1e3", " 1", "1000000000000"])
      expect(millionths(text)).toBeNull();
  });

  it("goes out with all its decimals", () => {
    expect([decimal(1n), decimal(12_500_000n), decimal(0n), decimal(-2_000_001n)]).toEqual([
      "0.000001",
      "12.500000",
      "0.000000",
      "-2.000001",
    ]);
  });
});
