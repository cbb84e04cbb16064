import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BEAT_MS, ORCHESTRA } from "@/coordination/keys";
import { ask } from "@/wire/client";
import type { Grace, Graces, Service, Why } from "@/wire/coordination";
import { conductor } from "@/wire/paths";

export function useGraces() {
  return useQuery({
    queryKey: [...ORCHESTRA, "grace"],
    queryFn: () => ask<Graces>("GET", conductor("grace")),
    refetchInterval: BEAT_MS,
  });
}

export function useEndGrace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask<Grace>("POST", conductor("grace", "end")),
    onSettled: () => client.invalidateQueries({ queryKey: ORCHESTRA }),
  });
}

export function useService(componentId: string) {
  return useQuery({
    queryKey: [...ORCHESTRA, "services", componentId],
    queryFn: () => ask<Service>("GET", conductor("services", componentId)),
    refetchInterval: BEAT_MS,
  });
}

export function useWhy(componentId: string) {
  return useQuery({
    queryKey: [...ORCHESTRA, "why", componentId],
    queryFn: () => ask<Why>("GET", conductor("services", componentId, "why")),
    refetchInterval: BEAT_MS,
  });
}

export function useDrain(componentId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draining: boolean) =>
      ask<Service>("POST", conductor("services", componentId, "drain"), { body: { draining } }),
    onSuccess: (found) => client.setQueryData([...ORCHESTRA, "services", componentId], found),
    onSettled: () => client.invalidateQueries({ queryKey: ORCHESTRA }),
  });
}
