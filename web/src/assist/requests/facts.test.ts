import { describe, expect, it } from "vitest";
import { knownThen, leads } from "@/assist/requests/facts";
import type { Fact } from "@/wire/assist";

const fact = (revision: number, kind: string, subject: string, payload: Record<string, unknown> = {}): Fact => ({
  revision,
  kind,
  version: 1,
  subject,
  actor: "somebody",
  traceId: "t",
  payload,
  occurredAt: "2026-01-15T12:00:00Z",
});

describe("the facts of a request", () => {
  it("lead nowhere while nothing has happened", () => {
    expect(leads([])).toEqual({ sessionId: null, escrowId: null, articleId: null });
  });

  it("lead to the session, the escrow and the article, the latest of each", () => {
    const told = leads([
      fact(1, "assist.session.opened", "s-1", { session_id: "s-1" }),
      fact(2, "assist.session.abandoned", "s-1", { session_id: "s-1" }),
      fact(3, "assist.session.opened", "s-2", { session_id: "s-2" }),
      fact(4, "settlement.escrow.created", "e-1", { escrow_id: "e-1", session_id: "s-2" }),
      fact(5, "assist.article.drafted", "a-1", { article_id: "a-1", session_id: "s-2" }),
    ]);
    expect(told).toEqual({ sessionId: "s-2", escrowId: "e-1", articleId: "a-1" });
  });

  it("do not take an absent session for one", () => {
    const told = leads([fact(1, "assist.article.drafted", "a-1", { article_id: "a-1", session_id: null })]);
    expect(told.sessionId).toBeNull();
  });
});

describe("what was known", () => {
  it("is what the report was answered with, not what has been learnt since", () => {
    const told = [fact(1, "assist.problem.detected", "c-1", { known_articles: ["a-1"] })];
    expect(knownThen(told)).toEqual(["a-1"]);
  });

  it("is untold once the journal was pruned", () => {
    expect(knownThen([])).toBeNull();
  });
});
