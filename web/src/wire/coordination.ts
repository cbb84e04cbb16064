import type { components } from "@/wire/generated/conductor";

/** What the Conductor says, as the orchestra specification prints it. */
type Schemas = components["schemas"];

export type Service = Schemas["Service"];
export type Services = Schemas["Services"];
export type Dashboard = Schemas["Dashboard"];
export type OrchestraEvent = Schemas["EventView"];
export type OrchestraEvents = Schemas["Events"];
export type Change = Schemas["ChangeView"];
export type DeadLetter = Schemas["DeadLetter"];
export type DeadLetters = Schemas["DeadLetters"];
export type Depth = Schemas["DepthView"];
export type Depths = Schemas["Depths"];
export type Grace = Schemas["GraceView"];
export type Graces = Schemas["Graces"];
export type KeyHistory = Schemas["History"];
export type Redriven = Schemas["Redriven"];
export type Value = Schemas["ValueView"];
export type Values = Schemas["Values"];
export type Why = Schemas["Why"];
