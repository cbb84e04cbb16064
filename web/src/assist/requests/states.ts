import type { Meaning } from "@/kit/state";

const MEANINGS: Record<string, Meaning> = {
  open: "waiting",
  offered: "information",
  matched: "information",
  in_session: "information",
  resolved: "good",
  cancelled: "over",
};

export function meaningOf(status: string): Meaning {
  return MEANINGS[status] ?? "information";
}

/** Whether somebody still waits for help. */
export function isOpen(status: string): boolean {
  return status !== "resolved" && status !== "cancelled";
}

const OFFER_MEANINGS: Record<string, Meaning> = {
  pending: "waiting",
  accepted: "good",
  declined: "attention",
  expired: "over",
  withdrawn: "over",
};

export function offerMeaningOf(status: string): Meaning {
  return OFFER_MEANINGS[status] ?? "information";
}
