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

export interface EscrowView {
  escrow_id: string;
  escrow_address: string;
  chain: string;
  asset: string;
  status: string;
  buyer_address: string;
  seller_address: string | null;
  amount_usdc: string;
  terms: EscrowTerms;
  session_id: string | null;
  payment_tx_hash: string | null;
  deliverable_url: string | null;
  deliverable_hash: string | null;
  verification_id: string | null;
  quality_score: number | null;
  negotiation_history: EscrowStep[];
  deadlines: { acceptance: string | null; delivery: string | null; review: string | null };
  created_at: string;
  completed_at: string | null;
}

export interface EscrowList {
  escrows: EscrowView[];
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
