import { useCallback, useEffect, useState } from "react";
import type { PreviewView } from "@/wire/assist";
import { ask } from "@/wire/client";
import { live } from "@/wire/paths";
import { Problem } from "@/wire/problem";

const PAUSE_MS = 350;
const AGAIN_MS = 4_000;

interface Seen {
  of: string;
  preview: PreviewView;
}

interface Failed {
  of: string;
  error: unknown;
}

export interface Previewed {
  /** What was last read; `of` says which text, which may be behind the present one. */
  seen: Seen | null;
  error: unknown;
  /** Whether the present text is not read yet. */
  reading: boolean;
  again: () => void;
}

/**
 * What a report of `text` would hide and come to, asked for when typing pauses. A question that a newer text overtakes
 * is cancelled. Nothing is cached: a log may hold secrets, and is forgotten with the page.
 */
export function usePreview(text: string): Previewed {
  const [seen, setSeen] = useState<Seen | null>(null);
  const [failed, setFailed] = useState<Failed | null>(null);
  const again = useCallback(() => setFailed(null), []);
  const empty = text.trim() === "";
  const error = failed?.of === text ? failed.error : null;
  const asked = !empty && seen?.of !== text && error === null;

  useEffect(() => {
    if (!asked) return;
    const overtaken = new AbortController();
    const timer = setTimeout(() => {
      ask<PreviewView>("POST", live("preview"), { body: { log: text }, signal: overtaken.signal }).then(
        (preview) => !overtaken.signal.aborted && setSeen({ of: text, preview }),
        (error: unknown) => !overtaken.signal.aborted && setFailed({ of: text, error }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      overtaken.abort();
    };
  }, [text, asked]);

  const passing = error instanceof Problem && error.passing;
  useEffect(() => {
    if (!passing) return;
    const timer = setInterval(again, AGAIN_MS);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [passing, again]);

  return { seen: empty ? null : seen, error, reading: asked, again };
}
