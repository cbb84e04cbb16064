import { type QueryClient, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask } from "@/wire/client";
import type { PrincipalView, Tokens } from "@/wire/identity";
import { Problem } from "@/wire/problem";

export const ME = ["me"] as const;
const TOKENS = ["tokens"] as const;

/** Who is signed in; null when nobody is. */
export function useMe(): UseQueryResult<PrincipalView | null> {
  return useQuery({ queryKey: ME, queryFn: whoAmI, staleTime: 60_000 });
}

async function whoAmI(): Promise<PrincipalView | null> {
  try {
    return await ask<PrincipalView>("GET", "/auth/me");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/**
 * Another person is here: what the last one saw must not be there for the next. An answer to "who am I" that is still
 * on its way was given to the last one.
 */
async function become(client: QueryClient, me: PrincipalView | null): Promise<void> {
  await client.cancelQueries({ queryKey: ME });
  client.setQueryData(ME, me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (link: string) => ask<PrincipalView>("POST", "/auth/sign-in", { body: { link } }),
    onSuccess: (me) => become(client, me),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask("POST", "/auth/sign-out", { body: {} }),
    onSuccess: () => become(client, null),
  });
}

export function useTokens() {
  return useQuery({ queryKey: TOKENS, queryFn: () => ask<Tokens>("GET", "/auth/tokens") });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tokenId: string) => ask("DELETE", `/auth/tokens/${encodeURIComponent(tokenId)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: TOKENS }),
  });
}
