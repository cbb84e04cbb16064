import { useQuery } from "@tanstack/react-query";
import { shortId } from "@/kit/copy";
import type { ExpertView } from "@/wire/assist";
import { ask } from "@/wire/client";
import { live } from "@/wire/paths";

const NAME_FRESH_MS = 10 * 60_000;

/** What an expert is called; the end of the id while it is not known, "the expert" while nobody is meant. */
export function useExpertName(expertId: string | null): string {
  const { data } = useQuery({
    queryKey: ["experts", expertId],
    queryFn: () => ask<ExpertView>("GET", live("experts", expertId ?? "")),
    enabled: expertId !== null,
    staleTime: NAME_FRESH_MS,
  });
  return data?.name ?? (expertId === null ? "the expert" : shortId(expertId));
}
