import type { components } from "@/wire/generated/global-nexus";

/** What `/auth` says. */
type Schemas = components["schemas"];

export type PrincipalView = Schemas["PrincipalView"];
export type TokenView = Schemas["TokenView"];
export type Tokens = Schemas["Tokens"];
