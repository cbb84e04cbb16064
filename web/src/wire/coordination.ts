import type { components } from "@/wire/generated/conductor";

/** What the Conductor says, as the orchestra specification prints it. */
type Schemas = components["schemas"];

export type Service = Schemas["Service"];
export type Services = Schemas["Services"];
export type Dashboard = Schemas["Dashboard"];
export type OrchestraEvent = Schemas["EventView"];
export type OrchestraEvents = Schemas["Events"];
