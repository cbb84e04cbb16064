import { useEffect, useSyncExternalStore } from "react";

/** Something one can do from the palette. */
export interface Verb {
  id: string;
  name: string;
  /** Where the verb belongs; the palette groups by it. */
  group: string;
  also?: string;
  run: () => void;
}

const offered = new Map<symbol, readonly Verb[]>();
const listeners = new Set<() => void>();
let all: readonly Verb[] = [];

function change(): void {
  all = [...offered.values()].flat();
  for (const listener of listeners) listener();
}

/** Offers `verbs` in the palette while the component is on the page; pass a stable list. */
export function useOffer(verbs: readonly Verb[]): void {
  useEffect(() => {
    const mine = Symbol("verbs");
    offered.set(mine, verbs);
    change();
    return () => {
      offered.delete(mine);
      change();
    };
  }, [verbs]);
}

/** Every verb that the present page offers. */
export function useOffered(): readonly Verb[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}
