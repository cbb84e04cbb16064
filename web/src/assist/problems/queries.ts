import { useQuery } from "@tanstack/react-query";
import type { ProblemList, ProblemView } from "@/wire/assist";
import { ask } from "@/wire/client";
import { live } from "@/wire/paths";

/** One's own reports, the newest first. */
export function useReports() {
  return useQuery({ queryKey: ["reports"], queryFn: () => ask<ProblemList>("GET", live("problems")) });
}

export function useReport(contextId: string) {
  return useQuery({
    queryKey: ["reports", contextId],
    queryFn: () => ask<ProblemView>("GET", live("problems", contextId)),
  });
}
