/**
 * Money arrives as a decimal string and stays one: it is cut into parts for the eye. Only what a person types is
 * counted, in whole millionths and as a `bigint`, so that nothing is ever rounded.
 */

export interface AmountParts {
  sign: "" | "−";
  /** Grouped in threes with a narrow space. */
  whole: string;
  /** The decimals that carry the price: at least two, with nothing but zeros after them. */
  fraction: string;
  /** The zeros after them, shown quietly: all decimals are always there. */
  rest: string;
}

const PLAIN_DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
const NARROW_SPACE = "\u202f";

/** Returns null for what is not a plain decimal: the caller shows such a text as it came. */
export function amountParts(decimal: string): AmountParts | null {
  const match = PLAIN_DECIMAL.exec(decimal);
  if (match === null) return null;
  const [, sign, whole = "", decimals = ""] = match;
  const kept = Math.max(Math.min(2, decimals.length), decimals.replace(/0+$/, "").length);
  return {
    sign: sign === "-" ? "−" : "",
    whole: whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE),
    fraction: decimals.slice(0, kept),
    rest: decimals.slice(kept),
  };
}

/** What USDC has after the point. */
export const USDC_DECIMALS = 6;
const TYPED = /^(\d{1,12})(?:\.(\d{1,6}))?$/;

/** The millionths that a typed amount names; null for what is not exactly such an amount, so never a rounded one. */
export function millionths(typed: string): bigint | null {
  const match = TYPED.exec(typed);
  return match === null ? null : BigInt(`${match[1]}${(match[2] ?? "").padEnd(USDC_DECIMALS, "0")}`);
}

/** Millionths as the wire writes them, with all six decimals. */
export function decimal(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(USDC_DECIMALS + 1, "0");
  const cut = digits.length - USDC_DECIMALS;
  return `${amount < 0n ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}
