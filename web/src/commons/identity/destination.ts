/** Where a person wanted to go when the sign-in stood in between. Kept for the tab that the one-time link opens. */

const KEY = "harmony.destination";
/** As long as a one-time link lives. */
const KEPT_MS = 15 * 60_000;

interface Kept {
  path: string;
  atMs: number;
}

export function keepDestination(path: string, storage: Storage = localStorage): void {
  try {
    const kept: Kept = { path, atMs: Date.now() };
    storage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without storage the sign-in leads to the first page.
  }
}

export function takeDestination(storage: Storage = localStorage): string {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? "null");
    storage.removeItem(KEY);
    return isKept(kept) && Date.now() - kept.atMs < KEPT_MS && isOurs(kept.path) ? kept.path : "/";
  } catch {
    return "/";
  }
}

/** A path on this page; never an address that leads elsewhere, never back to the sign-in. */
export function isOurs(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !path.startsWith("/sign-in");
}

function isKept(value: unknown): value is Kept {
  const kept = value as Kept | null;
  return typeof kept?.path === "string" && typeof kept.atMs === "number";
}
