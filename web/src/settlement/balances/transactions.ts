import type { Meaning } from "@/kit/state";
import { sentenceCase } from "@/kit/words";
import type { Transaction } from "@/wire/settlement";

/** Why money leaves for its owner. */
export const WAYS_OUT: Record<string, string> = {
  withdrawal: "Withdrawal",
  auto_threshold: "Daily payment of a full balance",
  force_settle: "Payment by an administrator",
  dispute_refund: "Refund after a dispute",
};

const KINDS: Record<string, { name: string; meaning: Meaning }> = {
  deposit: { name: "Deposit", meaning: "good" },
  debit: { name: "Metered call", meaning: "information" },
  settlement: { name: "Paid out", meaning: "over" },
  credit: { name: "Credit", meaning: "good" },
};

export function kindOf({ type }: Pick<Transaction, "type">): { name: string; meaning: Meaning } {
  return KINDS[type] ?? { name: sentenceCase(type), meaning: "information" };
}

/** The settlement that a payment out belongs to; null for every other move. */
export function settlementOf({ type, description }: Pick<Transaction, "type" | "description">): string | null {
  return type === "settlement" && description.startsWith("settlement-") ? description : null;
}

/** Which of how many are shown, counted from one. */
export function shownOf(offset: number, shown: number, total: number): string {
  return total === 0 ? "none" : `${offset + 1} to ${offset + shown} of ${total}`;
}
