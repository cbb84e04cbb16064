import { decimal, millionths } from "@/kit/amounts";
import type { Balance } from "@/wire/settlement";

export type Way = "deposit" | "withdraw";

export interface Fault {
  message: string;
  hint: string;
}

/** What is wrong with an amount before it is sent; null where nothing is, or nothing was written yet. */
export function faultIn(typed: string, way: Way, free: string | undefined, least: string): Fault | null {
  if (typed === "") return null;
  const amount = millionths(typed);
  if (amount === null) {
    return {
      message: "This is no exact amount.",
      hint: "Write digits and at most six decimals after a point, as 12.500000. Nothing is rounded.",
    };
  }
  if (amount === 0n) return { message: "Nothing would move.", hint: "Name more than zero." };
  const smallest = millionths(least);
  if (way === "withdraw" && smallest !== null && amount < smallest)
    return { message: `At least ${least} can be withdrawn.`, hint: "Name more, or wait until there is more." };
  const most = free === undefined ? null : millionths(free);
  if (most !== null && amount > most) return { message: `Only ${free} is free.`, hint: "Name as much or less." };
  return null;
}

/** An amount with all six decimals, as it will be sent; null while it cannot be sent. */
export function exact(typed: string, fault: Fault | null): string | null {
  const amount = millionths(typed);
  return amount === null || fault !== null ? null : decimal(amount);
}

/** Whether an act can be taken back by the opposite one. */
export function undoable(way: Way, amount: string, { settlement_info }: Pick<Balance, "settlement_info">): boolean {
  const moved = millionths(amount);
  const least = millionths(settlement_info.min_withdrawal);
  return moved !== null && least !== null && (way === "withdraw" || moved >= least);
}
