import { describe, expect, it } from "vitest";
import { rows, sentence, tally, withEvent } from "@/coordination/components";
import type { Dashboard, OrchestraEvent, Service } from "@/wire/coordination";

const service = (component_id: string, status: Service["status"]): Service => ({
  component_id,
  component: component_id.slice(0, -4),
  version: "1.0.0",
  port: 1,
  status,
  capabilities: [],
  last_heartbeat: "2026-01-15T11:59:59Z",
  host: "127.0.0.1",
  routable: true,
  incarnation: 1,
  since: "2026-01-15T11:00:00Z",
  reported_status: status,
  health_check_url: null,
  namespace: "default",
  zone: null,
  weight: 1,
  draining: false,
});
const event = (revision: number, name: string, data: Record<string, unknown> = {}): OrchestraEvent => ({
  revision,
  event: name,
  id: `log:${revision}`,
  kind: `coordination.${name}`,
  prev: 0,
  subject: "",
  trace: "",
  occurred_at: "2026-01-15T12:00:00Z",
  data,
});

describe("the rows of the orchestra", () => {
  const services = {
    services: [service("b-001", "healthy"), service("a-001", "healthy"), service("c-001", "healthy")],
  };
  const figure = {
    component_id: "c-001",
    status: "offline",
    uptime_seconds: 7,
    last_heartbeat: "2026-01-15T12:00:00Z",
  } as Dashboard["components"][number];
  const found = rows(services, { timestamp: "", overall_status: "offline", components: [figure] });

  it("begin with who needs somebody", () => {
    expect(found.map((row) => row.component_id)).toEqual(["c-001", "a-001", "b-001"]);
  });

  it("take their figures from the dashboard", () => {
    expect(found[0]).toMatchObject({ status: "offline", uptimeSeconds: 7, last_heartbeat: figure.last_heartbeat });
    expect(found[1]).toMatchObject({ status: "healthy", uptimeSeconds: null });
  });

  it("are counted by state", () => {
    expect(tally(found)).toBe("1 offline, 2 healthy");
  });
});

describe("an event", () => {
  it("becomes a sentence", () => {
    const told = event(1, "component.degraded", { component_id: "a-001", cause: "missed" });
    expect(sentence(told)).toEqual({
      meaning: "attention",
      about: "a-001",
      verb: "became degraded after missed beats",
    });
  });

  it("that is not known keeps its name", () => {
    expect(sentence(event(1, "entity-created"))).toEqual({ meaning: "information", about: "entity-created", verb: "" });
  });

  it("told twice is listed once, newest first", () => {
    const known = [event(1, "a"), event(2, "b")].reduce<OrchestraEvent[]>(withEvent, []);
    expect(withEvent(known, event(2, "b")).map(({ revision }) => revision)).toEqual([2, 1]);
  });
});
