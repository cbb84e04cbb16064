import type { Meaning } from "@/kit/state";
import type { Dashboard, OrchestraEvent, Service, Services } from "@/wire/coordination";

/** One component as the page shows it: the directory's entry and the dashboard's figures in one row. */
export interface Row extends Service {
  uptimeSeconds: number | null;
}

const RANK: Record<string, number> = { offline: 0, degraded: 1, healthy: 2 };

/** Every component, those that need somebody first, then by id. */
export function rows(services: Services, dashboard: Dashboard): Row[] {
  const figures = new Map(dashboard.components.map((figure) => [figure.component_id, figure]));
  return services.services
    .map((service) => {
      const figure = figures.get(service.component_id);
      return {
        ...service,
        status: figure?.status ?? service.status,
        last_heartbeat: figure?.last_heartbeat ?? service.last_heartbeat,
        uptimeSeconds: figure?.uptime_seconds ?? null,
      };
    })
    .sort((a, b) => rank(a.status) - rank(b.status) || a.component_id.localeCompare(b.component_id, "en"));
}

function rank(status: string): number {
  return RANK[status] ?? 1;
}

export function meaningOf(status: string): Meaning {
  if (status === "healthy") return "good";
  if (status === "degraded") return "attention";
  if (status === "offline") return "bad";
  return "information";
}

export function word(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1).replaceAll("_", " ");
}

/** How many components are in which state, for one sentence. */
export function tally(found: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { status } of found) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
}

const TOLD: Record<string, { meaning: Meaning; verb: string }> = {
  registered: { meaning: "information", verb: "registered" },
  degraded: { meaning: "attention", verb: "became degraded" },
  offline: { meaning: "bad", verb: "went offline" },
  recovered: { meaning: "good", verb: "recovered" },
  forgotten: { meaning: "over", verb: "is listed no more" },
};

/** An event as a sentence; one that this page does not know keeps its own name. */
export function sentence(event: OrchestraEvent): { meaning: Meaning; about: string; verb: string } {
  const told = TOLD[event.event.split(/[.-]/).at(-1) ?? ""];
  const about = typeof event.data.component_id === "string" ? event.data.component_id : "";
  if (told === undefined || about === "") return { meaning: "information", about: event.event, verb: "" };
  const cause = event.data.cause === "missed" ? " after missed beats" : "";
  return { meaning: told.meaning, about, verb: told.verb + cause };
}

const EVENTS_KEPT = 50;

/** The newest events first, each once, however often it was told. */
export function withEvent(known: readonly OrchestraEvent[], told: OrchestraEvent): OrchestraEvent[] {
  const others = known.filter(({ revision }) => revision !== told.revision);
  return [...others, told].sort((a, b) => b.revision - a.revision).slice(0, EVENTS_KEPT);
}
