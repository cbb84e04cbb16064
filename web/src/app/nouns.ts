import { Activity, Inbox, LifeBuoy, type LucideIcon, Settings, Wallet } from "lucide-react";

/** The pages that exist: the rail, the bottom bar, the palette and the keys all read this list. */
export interface Noun {
  path: string;
  name: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** Other words that people look for. */
  also: string;
}

export const NOUNS: readonly Noun[] = [
  { path: "/", name: "Now", icon: Inbox, key: "n", also: "home inbox offers escrows requests" },
  { path: "/problems", name: "Problems", icon: LifeBuoy, key: "p", also: "help requests failures" },
  { path: "/orchestra", name: "Orchestra", icon: Activity, key: "o", also: "components health status events" },
  { path: "/balance", name: "Balance", icon: Wallet, key: "b", also: "money deposit withdraw history settlement usdc" },
  { path: "/settings", name: "Settings", icon: Settings, key: "s", also: "tokens theme account sign out" },
];

/** Pages below the nouns, for the palette: whoever knows the name need not know the way. */
export const PLACES: readonly Pick<Noun, "path" | "name" | "also">[] = [
  { path: "/problems/alarms", name: "Alarms", also: "detection noticed stuck nudge right wrong" },
  { path: "/settings/detection", name: "Detection settings", also: "privacy mode budget alarms watch over" },
  { path: "/orchestra/queues", name: "Queues", also: "dead letters redrive messages" },
  { path: "/orchestra/events", name: "Events", also: "log live" },
  { path: "/orchestra/state", name: "Shared state", also: "keys versions echo" },
];
