import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Way } from "@/settlement/balances/amount";
import { ask } from "@/wire/client";
import type { Balance, BalanceHistory, Deposited, OwnBalances, SettlementStatus, Withdrawn } from "@/wire/settlement";

const BASE = "/api/v1/harmony";
const BALANCES = ["balances"] as const;
/** Metered calls of one's programs move the balance without telling anybody. */
const LOOK_MS = 5_000;
const SETTLING_MS = 1_000;
export const PAGE_ITEMS = 10;

export function useBalance() {
  return useQuery({
    queryKey: [...BALANCES, "shadow"],
    queryFn: () => ask<Balance>("GET", `${BASE}/whisperer/balance`),
    refetchInterval: LOOK_MS,
  });
}

/** What a deposit is paid from. */
export function useOwn() {
  return useQuery({
    queryKey: [...BALANCES, "own"],
    queryFn: () => ask<OwnBalances>("GET", `${BASE}/ledger/balance`),
    refetchInterval: LOOK_MS,
  });
}

export function useHistory(offset: number) {
  return useQuery({
    queryKey: [...BALANCES, "history", offset],
    queryFn: () => ask<BalanceHistory>("GET", `${BASE}/whisperer/history?limit=${PAGE_ITEMS}&offset=${offset}`),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_MS,
  });
}

/** One settlement; looked at often until it is paid. */
export function useSettlement(settlementId: string) {
  const client = useQueryClient();
  const found = useQuery({
    queryKey: [...BALANCES, "settlement", settlementId],
    queryFn: () =>
      ask<SettlementStatus>("GET", `${BASE}/whisperer/settlement/${encodeURIComponent(settlementId)}/status`),
    refetchInterval: ({ state }) => (state.data?.completed_at == null ? SETTLING_MS : false),
  });
  const paid = found.data?.completed_at != null;
  // The money has arrived: what the balance shows is older than that.
  useEffect(() => {
    if (paid) void client.invalidateQueries({ queryKey: BALANCES });
  }, [client, paid]);
  return found;
}

/** Moves money in or out; `key` is of one intended act, so a repeated sending moves nothing twice. */
export function useMove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ way, amount, key }: { way: Way; amount: string; key: string }): Promise<Moved> => {
      const answer = { body: { amount_usdc: amount }, key };
      if (way === "deposit") {
        const made = await ask<Deposited>("POST", `${BASE}/whisperer/deposit`, answer);
        return { way, amount: made.amount_deposited, settlementId: null };
      }
      const begun = await ask<Withdrawn>("POST", `${BASE}/whisperer/withdraw`, answer);
      return { way, amount: begun.withdrawal_amount, settlementId: begun.settlement_id };
    },
    onSettled: () => client.invalidateQueries({ queryKey: BALANCES }),
  });
}

export interface Moved {
  way: Way;
  amount: string;
  settlementId: string | null;
}

/** What the house proves of its reserve; only who may look into rooms is answered. */
export function useReserve() {
  return useQuery({
    queryKey: [...BALANCES, "reserve"],
    queryFn: () => ask<Reserve>("GET", "/inspect/reserve"),
  });
}

/** The answer of `harmony inspect reserve`; amounts carry their asset. */
export interface Reserve {
  revision: number;
  holders: number;
  owed: string;
  root: string;
  ledger_proven: boolean;
  covered: boolean;
}
