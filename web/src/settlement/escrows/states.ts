import type { Meaning } from "@/kit/state";
import type { EscrowView } from "@/wire/settlement";

const MEANINGS: Record<string, Meaning> = {
  pending: "waiting",
  accepted: "information",
  submitted: "information",
  disputed: "attention",
  released: "good",
  refunded: "over",
  expired: "over",
};

export function meaningOf(status: string): Meaning {
  return MEANINGS[status] ?? "information";
}

export function isOpen(escrow: Pick<EscrowView, "status">): boolean {
  return ["pending", "accepted", "submitted", "disputed"].includes(escrow.status);
}

/** The deadline that runs in this state, and what happens by itself when it passes; null when none runs. */
export function running(escrow: EscrowView): { at: string; after: string } | null {
  const { acceptance, delivery, review } = escrow.deadlines;
  if (escrow.status === "pending" && acceptance) return { at: acceptance, after: "the buyer is refunded" };
  if (escrow.status === "accepted" && delivery) return { at: delivery, after: "the buyer is refunded" };
  if (escrow.status === "submitted" && review) {
    return { at: review, after: "it is paid or refunded by its score" };
  }
  return null;
}
