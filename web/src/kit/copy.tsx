import { Check, Copy as CopyIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { announce } from "@/kit/announce";
import { IconButton } from "@/kit/button";

const SHOWN_MS = 1500;

/** Copies `text`; `what` names it in the button's label ("Copy command"). */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
      announce(`Copied ${what}.`);
    } catch {
      setOutcome("failed");
      announce("The browser does not allow copying here; select the text instead.");
    }
  }

  return (
    <IconButton label={`Copy ${what}`} onPress={() => void copy()}>
      {outcome === "copied" ? (
        <Check aria-hidden size={14} className="text-good" />
      ) : (
        <CopyIcon aria-hidden size={14} />
      )}
    </IconButton>
  );
}

const SHORT_ID_CHARACTERS = 8;
/** An id of this length still reads at a glance; many were chosen by people. */
const WHOLE_ID_CHARACTERS = 20;

/** An id, short for the eye, whole for the clipboard and on hover. */
export function Id({ value, what }: { value: string; what: string }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <code title={value} className="font-mono text-small text-muted">
        {shortId(value)}
      </code>
      <CopyButton text={value} what={what} />
    </span>
  );
}

/** The telling end of an id; what is short already stays whole. */
export function shortId(id: string): string {
  return id.length <= WHOLE_ID_CHARACTERS ? id : `…${id.slice(-SHORT_ID_CHARACTERS)}`;
}

/** A command to type in a terminal, with its copy button. */
export function Command({ line }: { line: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2 rounded-m border bg-sunken py-1 pr-1 pl-3">
      <code className="min-w-0 font-mono text-small break-words">{line}</code>
      <CopyButton text={line} what={`the command ${line}`} />
    </span>
  );
}
