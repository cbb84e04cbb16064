import { useSyncExternalStore } from "react";

let told = "";
const listeners = new Set<() => void>();

/** Says `message` politely to whoever listens rather than looks. */
export function announce(message: string): void {
  // The same words twice are a new message: an invisible difference makes a reader speak them again.
  told = message === told ? `${message}\u00a0` : message;
  for (const listener of listeners) listener();
}

/** The one polite live region; it stands in the page from the beginning, as live regions must. */
export function Announcements() {
  const message = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => told,
  );
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {message}
    </div>
  );
}
