/** What of the log is read: each group by the beginnings of its events' names, as the Conductor filters them. */
export const KINDS = {
  everything: "",
  components: "component.*,conductor.*",
  queues: "message.*,queue.*",
  state: "state.*",
  access: "access.*,access_rule.*",
} as const;

export type Kinds = keyof typeof KINDS;

export const KIND_NAMES: Record<Kinds, string> = {
  everything: "Everything",
  components: "Components",
  queues: "Queues",
  state: "Shared state",
  access: "Access",
};

/** The part of an address that asks for these; empty for everything. */
export function asked(kinds: Kinds): string {
  return KINDS[kinds] === "" ? "" : `event_type=${encodeURIComponent(KINDS[kinds])}`;
}
