import { describe, expect, it } from "vitest";
import { amountParts } from "@/kit/amounts";

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
