import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DetectionView, ProblemList, ProblemView } from "@/wire/assist";
import { ask } from "@/wire/client";
import { live } from "@/wire/paths";

const REPORTS = ["reports"] as const;

/** One's own reports, the newest first. */
export function useReports() {
  return useQuery({ queryKey: REPORTS, queryFn: () => ask<ProblemList>("GET", live("problems")) });
}

export function useReport(contextId: string) {
  return useQuery({
    queryKey: [...REPORTS, contextId],
    queryFn: () => ask<ProblemView>("GET", live("problems", contextId)),
  });
}

/** Reports a log from which the sender took out what is private; `key` is of one intended act. */
export function useReportLog() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ log, key }: { log: string; key: string }) =>
      ask<DetectionView>("POST", live("detect-problem"), { body: { log }, key }),
    // What was sent is not kept for another look.
    gcTime: 0,
    onSuccess: () => void client.invalidateQueries({ queryKey: REPORTS }),
  });
}
