/** Money arrives as a decimal string and stays one: it is cut into parts for the eye and never counted with. */

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
