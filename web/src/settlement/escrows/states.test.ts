import { describe, expect, it } from "vitest";
import { isOpen, running } from "@/settlement/escrows/states";
import type { EscrowView } from "@/wire/settlement";

const deadlines = {
  acceptance: "2026-01-01T00:00:00Z",
  delivery: "2026-01-02T00:00:00Z",
  review: "2026-01-03T00:00:00Z",
};
const escrow = (status: string) => ({ status, deadlines }) as EscrowView;

describe("the deadline of an escrow", () => {
  it("is the one that runs in its state", () => {
    expect(running(escrow("pending"))?.at).toBe(deadlines.acceptance);
    expect(running(escrow("accepted"))?.at).toBe(deadlines.delivery);
    expect(running(escrow("submitted"))?.at).toBe(deadlines.review);
  });

  it("runs in no state that is over", () => {
    for (const status of ["released", "refunded", "expired"]) {
      expect(isOpen(escrow(status))).toBe(false);
      expect(running(escrow(status))).toBeNull();
    }
  });
});
