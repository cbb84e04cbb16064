import type { components } from "@/wire/generated/harmony-settlement";

/** What Invisible Harmony says: snake_case, as its specification prints it. Amounts are decimal strings. */
type Schemas = components["schemas"];

export type Criterion = Schemas["CriterionScore"];
export type EscrowBrief = Schemas["EscrowBrief"];
export type EscrowList = Schemas["EscrowList"];
export type EscrowView = Schemas["EscrowView"];
export type VerificationView = Schemas["VerificationView"];
export type Terms = Schemas["Terms"];
