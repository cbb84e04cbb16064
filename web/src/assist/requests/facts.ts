import type { Fact } from "@/wire/assist";

/** What a request's facts lead to: the latest of each. Null where it has not come to that. */
export interface Leads {
  expertId: string | null;
  offer: { offerId: string; status: string; expiresAt: string | null; at: string } | null;
  sessionId: string | null;
  escrowId: string | null;
  articleId: string | null;
}

const OFFER = /^assist\.offer\.(made|accepted|declined|expired|withdrawn)$/;

export function leads(facts: readonly Fact[]): Leads {
  const found: Leads = { expertId: null, offer: null, sessionId: null, escrowId: null, articleId: null };
  for (const fact of facts) {
    const { kind, payload } = fact;
    const offer = OFFER.exec(kind)?.[1];
    if (offer !== undefined) {
      found.offer = offerAfter(found.offer, offer, fact);
      found.expertId = text(payload.expert_id) ?? found.expertId;
    }
    found.sessionId = text(payload.session_id) ?? found.sessionId;
    if (kind.startsWith("settlement.escrow.")) found.escrowId = text(payload.escrow_id) ?? fact.subject;
    if (kind.startsWith("assist.article.")) found.articleId = text(payload.article_id) ?? fact.subject;
  }
  return found;
}

function offerAfter(before: Leads["offer"], verb: string, { payload, subject, at }: Fact): Leads["offer"] {
  const offerId = text(payload.offer_id) ?? subject;
  const expiresAt = text(payload.expires_at) ?? (before?.offerId === offerId ? before.expiresAt : null);
  return { offerId, status: verb === "made" ? "pending" : verb, expiresAt, at };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
