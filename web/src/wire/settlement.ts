/** What Invisible Harmony says: snake_case, as its specification prints it. Amounts are decimal strings. */

export interface EscrowTerms {
  title: string;
  description: string;
  deliverables: string[];
  delivery_deadline: string;
  quality_threshold: number;
}

export interface EscrowStep {
  timestamp: string;
  actor: string;
  action: string;
  message: string;
}

export interface Deadlines {
  acceptance: string;
  delivery: string;
  review: string;
  dispute: string | null;
}

export interface EscrowBrief {
  escrow_id: string;
  chain: string;
  status: string;
  title: string;
  session_id: string | null;
  buyer_address: string;
  seller_address: string | null;
  amount_usdc: string;
  quality_score: number | null;
  deadlines: Deadlines;
  created_at: string;
  completed_at: string | null;
}

export interface EscrowView extends EscrowBrief {
  /** The id of the pending transfer that holds the price. */
  payment_tx_hash: string;
  buyer_fee_usdc: string;
  seller_fee_usdc: string;
  /** What the seller has got; null when nothing was paid. */
  payout_usdc: string | null;
  terms: EscrowTerms;
  deliverable_url: string | null;
  deliverable_hash: string | null;
  completion_notes: string | null;
  verification_id: string | null;
  dispute_reason: string | null;
  release_cause: string | null;
  negotiation_history: EscrowStep[];
}

export interface EscrowList {
  escrows: EscrowBrief[];
}

export interface Criterion {
  score: number;
  weight: number;
  reasoning: string;
  /** The end of what the program wrote, redacted. */
  evidence: string;
}

export interface VerificationView {
  verification_id: string;
  escrow_id: string;
  status: string;
  /** Why there is no score, when it failed; the buyer reviews instead. */
  reason: string | null;
  results: {
    overall_score: number;
    confidence: number;
    criteria_scores: Record<string, Criterion>;
    strengths: string[];
    improvements: string[];
    detailed_feedback: string;
  } | null;
}
