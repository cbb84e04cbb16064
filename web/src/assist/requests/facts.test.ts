import { describe, expect, it } from "vitest";
import { leads } from "@/assist/requests/facts";
import type { Fact } from "@/wire/assist";

let revision = 0;
const fact = (kind: string, subject: string, payload: Record<string, unknown> = {}): Fact => ({
  revision: ++revision,
  kind,
  subject,
  at: `2026-01-15T12:00:0${revision % 10}Z`,
  actor: "somebody",
  trace: "t",
  payload,
});

describe("the facts of a request", () => {
  it("lead nowhere while nothing has happened", () => {
    expect(leads([])).toEqual({ expertId: null, offer: null, sessionId: null, escrowId: null, articleId: null });
  });

  it("lead to the last expert asked, and keep the offer's clock", () => {
    const told = leads([
      fact("assist.offer.made", "o-1", { offer_id: "o-1", expert_id: "e-1", expires_at: "then" }),
      fact("assist.offer.declined", "o-1", { offer_id: "o-1", expert_id: "e-1" }),
      fact("assist.offer.made", "o-2", { offer_id: "o-2", expert_id: "e-2", expires_at: "later" }),
      fact("assist.offer.accepted", "o-2", { offer_id: "o-2", expert_id: "e-2", session_id: "s-1" }),
    ]);
    expect(told).toMatchObject({ expertId: "e-2", sessionId: "s-1" });
    expect(told.offer).toMatchObject({ offerId: "o-2", status: "accepted", expiresAt: "later" });
  });

  it("lead to the escrow and the article", () => {
    const told = leads([
      fact("settlement.escrow.created", "7", { escrow_id: "7" }),
      fact("assist.article.drafted", "a-1", { article_id: "a-1" }),
    ]);
    expect(told).toMatchObject({ escrowId: "7", articleId: "a-1" });
  });
});
