import { FileUp } from "lucide-react";
import { type DragEvent, lazy, Suspense, useId, useMemo, useRef, useState } from "react";
import { LOG_LIMIT_BYTES, NotALog, readFile, type Tail, takeIn } from "@/assist/problems/log";
import { usePreview } from "@/assist/problems/preview";
import { Button } from "@/kit/button";
import { Section } from "@/kit/layout";
import { ProblemNotice } from "@/kit/notices";
import { Shape, State } from "@/kit/state";
import { useOffer } from "@/kit/verbs";
import { Problem } from "@/wire/problem";

const Found = lazy(() => import("@/assist/problems/found"));

const PASTE = { id: "paste log", group: "I’m stuck", name: "Paste what failed", also: "log help stuck report" };
/** While a text that was cut still begins so, it is the same text, edited. */
const BEGINNING_CHARACTERS = 80;

/** "I'm stuck": a log goes in; what failed, of which class, and what would be hidden appear while typing. */
export function StuckBox() {
  const [log, setLog] = useState<Tail>({ text: "", cut: false });
  const [refused, setRefused] = useState<Problem | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { seen, error, reading, again } = usePreview(log.text);
  useOffer(useMemo(() => [{ ...PASTE, run: () => afterThePalette(() => field.current?.focus()) }], []));

  function take(raw: string) {
    const { text, cut } = takeIn(raw);
    setLog((before) => ({
      text,
      cut: cut || (before.cut && text.startsWith(before.text.slice(0, BEGINNING_CHARACTERS))),
    }));
    setRefused(null);
  }

  async function open(file: File) {
    try {
      setLog(await readFile(file));
      setRefused(null);
    } catch (error) {
      setRefused(unreadable(file, error));
    }
    field.current?.focus();
  }

  function clear() {
    setLog({ text: "", cut: false });
    setRefused(null);
    field.current?.focus();
  }

  return (
    <Section title="I’m stuck">
      <DropHere onFile={(file) => void open(file)}>
        <LogField field={field} text={log.text} onText={take} />
        <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2">
          <FileButton onFile={(file) => void open(file)} />
          {log.text !== "" && (
            <Button look="quiet" onPress={clear}>
              Clear
            </Button>
          )}
          {reading && <State word="Reading" meaning="waiting" />}
        </div>
      </DropHere>
      {log.cut && <LeftOut />}
      <div className="mt-4 flex flex-col gap-4 empty:hidden">
        {refused !== null && <ProblemNotice error={refused} />}
        {error !== null && <ProblemNotice error={error} onRetry={again} />}
        <Suspense fallback={<div aria-busy="true" className="skeleton h-40 w-full" />}>
          {seen !== null && error === null && (
            <Found text={seen.of} preview={seen.preview} behind={seen.of !== log.text} />
          )}
        </Suspense>
      </div>
    </Section>
  );
}

/** The palette holds the focus while it closes, and a frame later gives it back to where it was. */
function afterThePalette(step: () => void) {
  requestAnimationFrame(() => requestAnimationFrame(step));
}

interface LogFieldProps {
  field: React.RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (raw: string) => void;
}

function LogField({ field, text, onText }: LogFieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        Paste what failed, or drop a log here
      </label>
      <p id={`${id}-how`} className="text-small text-muted">
        Your Harmony reads it as you type and keeps nothing until you report it, then without your secrets.
      </p>
      <textarea
        ref={field}
        id={id}
        aria-describedby={`${id}-how`}
        value={text}
        onChange={(event) => onText(event.target.value)}
        rows={4}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        className="mt-1 field-sizing-content max-h-80 min-h-28 w-full min-w-0 resize-y overflow-auto rounded-m border border-line-strong bg-surface px-3 py-2 font-mono text-small"
      />
    </div>
  );
}

/** Takes a file that is dropped on it, and says so while one hovers. */
function DropHere({ onFile, children }: { onFile: (file: File) => void; children: React.ReactNode }) {
  const [hovering, setHovering] = useState(false);
  const carriesFile = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  function over(event: DragEvent) {
    if (!carriesFile(event)) return;
    event.preventDefault();
    setHovering(true);
  }
  function drop(event: DragEvent) {
    setHovering(false);
    const [file] = event.dataTransfer.files;
    if (!carriesFile(event) || file === undefined) return;
    event.preventDefault();
    onFile(file);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for a mouse; the button beside does the same for everyone
    <div
      onDragOver={over}
      onDragLeave={() => setHovering(false)}
      onDrop={drop}
      className={`flex flex-col gap-3 rounded-l border p-4 ${hovering ? "border-accent bg-accent-soft" : "bg-surface"}`}
    >
      {children}
    </div>
  );
}

function FileButton({ onFile }: { onFile: (file: File) => void }) {
  const chosen = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chosen}
        type="file"
        hidden
        aria-label="A log file"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onFile(file);
          target.value = "";
        }}
      />
      <Button onPress={() => chosen.current?.click()}>
        <FileUp aria-hidden size={14} />
        Choose a file
      </Button>
    </>
  );
}

function LeftOut() {
  return (
    <p role="status" className="mt-3 flex items-start gap-2 text-small">
      <span className="pt-0.5">
        <Shape meaning="information" />
      </span>
      The log is long: its last {LOG_LIMIT_BYTES / 1024} kB were taken, what stands before them is left out.
    </p>
  );
}

function unreadable(file: File, error: unknown): Problem {
  const packed = error instanceof NotALog;
  return new Problem({
    code: packed ? "page.not_a_log" : "page.file_unreadable",
    status: 400,
    message: packed ? error.message : `${file.name} could not be read.`,
    hint: "What you had before is kept.",
  });
}
