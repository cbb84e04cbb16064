import type { Meaning } from "@/kit/state";
import type { EscrowBrief, EscrowView, Terms } from "@/wire/settlement";

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

export function isOpen(escrow: Pick<EscrowBrief, "status">): boolean {
  return ["pending", "accepted", "submitted", "disputed"].includes(escrow.status);
}

/** The score of 100 from which the seller is paid. The terms come back as they were agreed, so as they were sent. */
export function thresholdOf(escrow: Pick<EscrowView, "terms">): number {
  return (escrow.terms as Partial<Terms>).quality_threshold ?? 0;
}

/** What an escrow counts: the ledger's own money is practice money, and is called so everywhere. */
export function assetOf(escrow: Pick<EscrowBrief, "chain">): string {
  return escrow.chain === "ledger" ? "practice-USDC" : "USDC";
}

/** The deadline that runs in this state, and what happens by itself when it passes; null when none runs. */
export function running(escrow: Pick<EscrowBrief, "status" | "deadlines">): { at: string; after: string } | null {
  const { acceptance, delivery, review, dispute } = escrow.deadlines;
  const refunded = "the buyer is refunded";
  if (escrow.status === "pending") return { at: earlier(acceptance, delivery), after: refunded };
  if (escrow.status === "accepted") return { at: delivery, after: refunded };
  if (escrow.status === "submitted") return { at: review, after: "the score decides; without one the seller is paid" };
  if (escrow.status === "disputed" && dispute !== null) return { at: dispute, after: refunded };
  return null;
}

/** Instants of the wire are all in UTC and of one form, so their order is that of their texts. */
function earlier(one: string, other: string): string {
  return one.localeCompare(other) <= 0 ? one : other;
}

const CAUSES: Record<string, string> = {
  score: "because the score was reached",
  buyer: "because the buyer approved",
  arbitrator: "by the arbitrator's decision",
  timeout: "because the review time passed",
};

/** Why the money was released, as the end of a sentence. */
export function causeOf(escrow: Pick<EscrowView, "release_cause">): string {
  return CAUSES[escrow.release_cause ?? ""] ?? "";
}
