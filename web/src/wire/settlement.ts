import type { components } from "@/wire/generated/harmony-settlement";

/** What Invisible Harmony says: snake_case, as its specification prints it. Amounts are decimal strings. */
type Schemas = components["schemas"];

export type Criterion = Schemas["CriterionScore"];
export type EscrowBrief = Schemas["EscrowBrief"];
export type EscrowList = Schemas["EscrowList"];
export type EscrowView = Schemas["EscrowView"];
export type VerificationView = Schemas["VerificationView"];
export type Terms = Schemas["Terms"];
export type Balance = Schemas["harmony__settlement__balances__schemas__BalanceView"];
export type BalanceHistory = Schemas["History"];
export type Deposited = Schemas["Deposited"];
export type OwnBalances = Schemas["Balances"];
export type SettlementStatus = Schemas["SettlementStatus"];
export type Transaction = Schemas["TransactionView"];
export type Withdrawn = Schemas["Withdrawn"];
