import type { Fact } from "@/wire/assist";

/** What a request's facts lead to: the latest of each. Null where it has not come to that. */
export interface Leads {
  sessionId: string | null;
  escrowId: string | null;
  articleId: string | null;
}

export function leads(facts: readonly Fact[]): Leads {
  const found: Leads = { sessionId: null, escrowId: null, articleId: null };
  for (const { kind, subject, payload } of facts) {
    found.sessionId = text(payload.session_id) ?? found.sessionId;
    if (kind.startsWith("settlement.escrow.")) found.escrowId = text(payload.escrow_id) ?? subject;
    if (kind.startsWith("assist.article.")) found.articleId = text(payload.article_id) ?? subject;
  }
  return found;
}

/** The articles that were known when the failure was reported; null when the journal no longer tells. */
export function knownThen(facts: readonly Fact[]): readonly string[] | null {
  const articles = facts.find(({ kind }) => kind === "assist.problem.detected")?.payload.known_articles;
  return Array.isArray(articles) ? articles.filter((id) => typeof id === "string") : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
