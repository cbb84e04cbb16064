import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AlarmList, AlarmView, ClassOfProblem, DetectionChoice, DetectionSettings } from "@/wire/assist";
import { ask, newKey } from "@/wire/client";
import { live } from "@/wire/paths";

const DETECTION = ["detection"] as const;
const ALARMS = [...DETECTION, "alarms"] as const;
const SETTINGS = [...DETECTION, "settings"] as const;
const CLASS = "class";
/** An alarm is a notification too; here it is enough to look now and then. */
const LOOK_MS = 10_000;

export function useAlarms() {
  return useInfiniteQuery({
    queryKey: ALARMS,
    queryFn: ({ pageParam }) => {
      const asked = new URLSearchParams({ limit: "20", ...(pageParam && { cursor: pageParam }) });
      return ask<AlarmList>("GET", `${live("detection", "alarms")}?${asked}`);
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: LOOK_MS,
  });
}

export function useAnswer(alarmId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answer: "right" | "wrong") =>
      ask<AlarmView>("POST", live("detection", "alarms", alarmId, "answer"), { body: { answer } }),
    onSettled: () => client.invalidateQueries({ queryKey: DETECTION }),
  });
}

export function useDetection() {
  return useQuery({
    queryKey: SETTINGS,
    queryFn: () => ask<DetectionSettings>("GET", live("detection", "settings")),
  });
}

export function useChooseDetection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (chosen: DetectionChoice) =>
      ask<DetectionSettings>("PUT", live("detection", "settings"), { body: chosen }),
    onSuccess: (kept) => client.setQueryData(SETTINGS, kept),
    onSettled: () => client.invalidateQueries({ queryKey: DETECTION }),
  });
}

/** The class that was read from a problem, and the one that a person gave it since. */
export function useClass(contextId: string) {
  return useQuery({
    queryKey: [CLASS, contextId],
    queryFn: () => ask<ClassOfProblem>("GET", live("problems", contextId, "classification")),
  });
}

export interface GivenClass {
  category: string;
  subcategory: string;
  reason: string;
}

export function useCorrectClass(contextId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: GivenClass) =>
      ask<ClassOfProblem>("PUT", live("problems", contextId, "classification"), { body: given, key: newKey() }),
    onSuccess: (found) => client.setQueryData([CLASS, contextId], found),
  });
}
