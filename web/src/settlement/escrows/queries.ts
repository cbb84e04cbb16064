import { useQuery } from "@tanstack/react-query";
import { ask } from "@/wire/client";
import type { EscrowList, EscrowView, VerificationView } from "@/wire/settlement";

const BASE = "/api/v1/harmony";

export function useEscrows() {
  return useQuery({ queryKey: ["escrows"], queryFn: () => ask<EscrowList>("GET", `${BASE}/escrow/list`) });
}

/** The id of the escrow that belongs to a session, among those one may see; asked for only when a session is named. */
export function useEscrowIdOf(story: readonly string[], sessionId: string | null): string | null {
  const { data } = useQuery({
    queryKey: [...story, "escrows"],
    queryFn: () => ask<EscrowList>("GET", `${BASE}/escrow/list`),
    enabled: sessionId !== null,
  });
  return data?.escrows.find(({ session_id }) => session_id === sessionId)?.escrow_id ?? null;
}

/** The escrow of a story; `story` is the key under which the story's parts are read again. */
export function useEscrow(story: readonly string[], escrowId: string | null) {
  return useQuery({
    queryKey: [...story, "escrow", escrowId],
    queryFn: () => ask<EscrowView>("GET", `${BASE}/escrow/${encodeURIComponent(escrowId ?? "")}`),
    enabled: escrowId !== null,
  });
}

export function useVerification(story: readonly string[], verificationId: string | null) {
  return useQuery({
    queryKey: [...story, "verification", verificationId],
    queryFn: () => ask<VerificationView>("GET", `${BASE}/verifier/${encodeURIComponent(verificationId ?? "")}/status`),
    enabled: verificationId !== null,
  });
}
