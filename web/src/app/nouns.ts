import { Activity, Inbox, LifeBuoy, type LucideIcon, Settings } from "lucide-react";

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
  { path: "/settings", name: "Settings", icon: Settings, key: "s", also: "tokens theme account sign out" },
];
