import type { Meaning } from "@/kit/state";
import { sentenceCase } from "@/kit/words";
import type { RequestItem } from "@/wire/assist";

const MEANINGS: Record<string, Meaning> = {
  open: "waiting",
  offered: "information",
  in_session: "information",
  resolved: "good",
  cancelled: "over",
};

export function meaningOf(state: string): Meaning {
  return MEANINGS[state] ?? "information";
}

/** Whether somebody still waits for help. */
export function isOpen(state: string): boolean {
  return state !== "resolved" && state !== "cancelled";
}

const OFFER_MEANINGS: Record<string, Meaning> = {
  pending: "waiting",
  accepted: "good",
  declined: "attention",
  expired: "over",
  withdrawn: "over",
};

export function offerMeaningOf(state: string): Meaning {
  return OFFER_MEANINGS[state] ?? "information";
}

/** What a request is about, in one line: the seeker's words, else the kind of failure. */
export function titleOf(request: Pick<RequestItem, "description" | "issueType">): string {
  return request.description.split("\n", 1)[0]?.trim() || sentenceCase(request.issueType) || "A request for help";
}
