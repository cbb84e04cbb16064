import { Eye, EyeOff, Lock, type LucideIcon } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Finding, Outgoing } from "@/assist/problems/log";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { count, words } from "@/kit/words";

const ROWS_SHOWN = 20;
const AROUND_CHARACTERS = 48;
const MARKS_LIMIT = 500;

type Fate = "secret" | "private" | "readable";

/** What becomes of a finding: each its own word, shape and colour. */
const FATES: Record<Fate, { word: string; icon: LucideIcon; look: string }> = {
  secret: { word: "Secret", icon: Lock, look: "bg-bad-soft text-bad" },
  private: { word: "Private", icon: EyeOff, look: "bg-attention-soft text-attention" },
  readable: { word: "Readable", icon: Eye, look: "bg-information-soft text-information" },
};

function fateOf({ secret }: Finding, place: Outgoing["places"][number] | undefined): Fate {
  return secret ? "secret" : place?.shown === true ? "readable" : "private";
}

interface HiddenListProps {
  findings: readonly Finding[];
  sent: Outgoing;
  onShow: (key: string, readable: boolean) => void;
}

/** Everything that is hidden, in order, each in its line; what is private but no secret can be made readable. */
export function HiddenList({ findings, sent, onShow }: HiddenListProps) {
  const id = useId();
  const [all, setAll] = useState(false);
  if (findings.length === 0) {
    return <p className="text-small text-muted">Nothing in it looks private, so nothing has to be hidden.</p>;
  }
  const rows = all ? findings : findings.slice(0, ROWS_SHOWN);
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h3 id={id} className="font-semibold">
        Hidden before it is sent
      </h3>
      <ul aria-labelledby={id} className="divide-y overflow-hidden rounded-m border">
        {rows.map((finding, at) => (
          <HiddenRow
            key={finding.key}
            finding={finding}
            fate={fateOf(finding, sent.places[at])}
            excerpt={<Excerpt sent={sent} at={at} fate={fateOf(finding, sent.places[at])} />}
            onShow={(readable) => onShow(finding.key, readable)}
          />
        ))}
      </ul>
      {rows.length < findings.length && (
        <div>
          <Button onPress={() => setAll(true)}>List all {findings.length}</Button>
        </div>
      )}
    </section>
  );
}

interface HiddenRowProps {
  finding: Finding;
  fate: Fate;
  excerpt: ReactNode;
  onShow: (readable: boolean) => void;
}

function HiddenRow({ finding, fate, excerpt, onShow }: HiddenRowProps) {
  const what = `${words(finding.type)} in line ${finding.line}`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-small">
          <Word fate={fate} />
          {what}
          <span className="text-muted">rule {finding.rule}</span>
        </span>
        {excerpt}
      </div>
      {fate === "secret" && <span className="text-small text-muted">Always hidden</span>}
      {fate !== "secret" && <Toggle what={what} readable={fate === "readable"} onShow={onShow} />}
    </li>
  );
}

/** Making something readable takes two presses that say what they do; hiding it again takes one. */
function Toggle({ what, readable, onShow }: { what: string; readable: boolean; onShow: (readable: boolean) => void }) {
  const [asked, setAsked] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const acted = useRef(false);
  // The button that was pressed is gone: its reader goes on from the one that came in its place.
  useEffect(() => {
    if (acted.current) place.current?.querySelector("button")?.focus();
    acted.current = false;
  });
  function act(step: () => void) {
    acted.current = true;
    step();
  }
  function choose(next: boolean) {
    act(() => {
      setAsked(false);
      onShow(next);
    });
    announce(next ? `The ${what} will be readable.` : `The ${what} is hidden.`);
  }
  return (
    <span ref={place} className={`flex flex-wrap items-center gap-2 ${asked ? "basis-full" : ""}`}>
      {readable && (
        <Button onPress={() => choose(false)} aria-label={`Hide again: the ${what}`}>
          Hide again
        </Button>
      )}
      {!readable && !asked && (
        <Button look="quiet" onPress={() => act(() => setAsked(true))} aria-label={`Do not hide: the ${what}`}>
          Do not hide
        </Button>
      )}
      {!readable && asked && (
        <>
          <Button look="destructive" onPress={() => choose(true)} aria-label={`Send it readable: the ${what}`}>
            Send it readable
          </Button>
          <Button look="quiet" onPress={() => act(() => setAsked(false))}>
            Keep it hidden
          </Button>
        </>
      )}
    </span>
  );
}

function Word({ fate }: { fate: Fate }) {
  const { word, icon: Icon, look } = FATES[fate];
  return (
    <span className={`inline-flex h-6 items-center gap-1 rounded-full px-2 text-small font-medium ${look}`}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {word}
    </span>
  );
}

function Marked({ text, fate }: { text: string; fate: Fate }) {
  const { icon: Icon, look } = FATES[fate];
  return (
    <mark className={`relative rounded-s pr-1 pl-5 font-medium ${look}`}>
      <Icon aria-hidden size={12} className="absolute top-0.5 left-1" />
      {text}
    </mark>
  );
}

/** The line around a finding, as it is sent. */
function Excerpt({ sent, at, fate }: { sent: Outgoing; at: number; fate: Fate }) {
  const place = sent.places[at];
  if (place === undefined) return null;
  const begins = Math.max(sent.text.lastIndexOf("\n", place.at - 1) + 1, place.at - AROUND_CHARACTERS);
  const newline = sent.text.indexOf("\n", place.end);
  const ends = Math.min(newline < 0 ? sent.text.length : newline, place.end + AROUND_CHARACTERS);
  return (
    <code className="block font-mono text-small break-words text-muted">
      {sent.text.slice(begins, place.at)}
      <Marked text={sent.text.slice(place.at, place.end)} fate={fate} />
      {sent.text.slice(place.end, ends)}
    </code>
  );
}

/** The whole text as it will be sent, on demand. */
export function WhatIsSent({ sent, findings }: { sent: Outgoing; findings: readonly Finding[] }) {
  const [open, setOpen] = useState(false);
  const lines = sent.text.replace(/\n$/, "").split("\n").length;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-default text-small font-medium">
        The text as it will be sent, {count(lines, "line")}
      </summary>
      {open && <Scrolling what="The text as it will be sent">{marked(sent, findings)}</Scrolling>}
    </details>
  );
}

function Scrolling({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="mt-2 rounded-m border bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse */}
      <section tabIndex={0} aria-label={what} className="max-h-80 overflow-auto px-3 py-2">
        <pre className="font-mono text-small">{children}</pre>
      </section>
    </div>
  );
}

/** Beyond `MARKS_LIMIT` the placeholders speak for themselves. */
function marked(sent: Outgoing, findings: readonly Finding[]): ReactNode {
  if (findings.length > MARKS_LIMIT) return sent.text;
  const pieces: ReactNode[] = [];
  let done = 0;
  findings.forEach((finding, at) => {
    const place = sent.places[at];
    if (place === undefined) return;
    pieces.push(sent.text.slice(done, place.at));
    const text = sent.text.slice(place.at, place.end);
    pieces.push(<Marked key={finding.key} text={text} fate={fateOf(finding, place)} />);
    done = place.end;
  });
  pieces.push(sent.text.slice(done));
  return pieces;
}
