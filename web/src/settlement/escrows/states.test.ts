import { describe, expect, it } from "vitest";
import { isOpen, running } from "@/settlement/escrows/states";
import type { EscrowBrief } from "@/wire/settlement";

const deadlines = {
  acceptance: "2026-01-01T00:00:00Z",
  delivery: "2026-01-02T00:00:00Z",
  review: "2026-01-03T00:00:00Z",
  dispute: "2026-01-04T00:00:00Z",
};
const escrow = (status: string) => ({ status, deadlines }) as EscrowBrief;

describe("the deadline of an escrow", () => {
  it("is the one that runs in its state", () => {
    expect(running(escrow("pending"))?.at).toBe(deadlines.acceptance);
    expect(running(escrow("accepted"))?.at).toBe(deadlines.delivery);
    expect(running(escrow("submitted"))?.at).toBe(deadlines.review);
    expect(running(escrow("disputed"))?.at).toBe(deadlines.dispute);
  });

  it("for accepting is never behind the delivery", () => {
    const late = { status: "pending" as const, deadlines: { ...deadlines, acceptance: "2026-01-09T00:00:00Z" } };
    expect(running(late)?.at).toBe(deadlines.delivery);
  });

  it("runs in no state that is over", () => {
    for (const status of ["released", "refunded", "expired"]) {
      expect(isOpen(escrow(status))).toBe(false);
      expect(running(escrow(status))).toBeNull();
    }
  });
});
