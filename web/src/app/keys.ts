import { useEffect, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { NOUNS } from "@/app/nouns";
import type { Overlay } from "@/app/shell";

const STORED = "harmony.single-keys";
const SEQUENCE_MS = 1_200;

const listeners = new Set<() => void>();

function singleKeys(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

/** Keys without a modifier get in the way of speech input, so they can be switched off. */
export function allowSingleKeys(allowed: boolean): void {
  try {
    localStorage.setItem(STORED, allowed ? "on" : "off");
  } catch {
    // Without storage they stay on.
  }
  for (const listener of listeners) listener();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, singleKeys);
}

/** Ctrl/⌘-K opens the palette, `?` the list of keys, `g` and a letter goes to a page. */
export function useKeys(open: (overlay: Overlay) => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let goingSince = Number.NEGATIVE_INFINITY;
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        open("palette");
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !singleKeys()) return;
      const going = event.timeStamp - goingSince < SEQUENCE_MS;
      goingSince = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const noun = going ? NOUNS.find(({ key }) => key === event.key) : undefined;
      if (noun !== undefined) void navigate(noun.path);
      else if (event.key === "?") open("keys");
    }
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [navigate, open]);
}

/** Whether the key belongs to a field or to an open dialog rather than to the page. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select, [role=dialog], [role=listbox]") !== null)
  );
}
