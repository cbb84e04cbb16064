import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { EvidenceLines } from "@/assist/problems/evidence";
import { HiddenList, WhatIsSent } from "@/assist/problems/hidden";
import { findingsIn, outgoing, tailOf } from "@/assist/problems/log";
import { useReportLog } from "@/assist/problems/queries";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Meter } from "@/kit/meter";
import { ProblemNotice } from "@/kit/notices";
import { type Meaning, State } from "@/kit/state";
import { useOffer } from "@/kit/verbs";
import { count, percent, sentenceCase, words } from "@/kit/words";
import type { DetectionView, LogDigest, PreviewView } from "@/wire/assist";
import { newKey } from "@/wire/client";

const DECISIVE_SHOWN = 4;

interface Props {
  text: string;
  preview: PreviewView;
  /** Whether the text has changed since; then nothing is sent until it was read again. */
  behind: boolean;
}

/** What was read out of the log, and what a report of it would hide. */
export default function Found({ text, preview, behind }: Props) {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const findings = useMemo(() => findingsIn(text, preview.spans), [text, preview]);
  const sent = useMemo(() => outgoing(text, findings, shown), [text, findings, shown]);
  const fitting = useMemo(() => tailOf(sent.text), [sent]);
  const readable = sent.places.filter((place) => place.shown).length;
  const hidden = findings.length - readable;
  useTold(preview, hidden);

  function show(key: string, readable: boolean) {
    const next = new Set(shown);
    if (readable) next.add(key);
    else next.delete(key);
    setShown(next);
  }

  return (
    <div aria-busy={behind} className="flex flex-col gap-6 rounded-l border bg-surface p-4">
      <Verdict preview={preview} />
      {preview.digest.decisive.length > 0 && (
        <EvidenceLines evidence={preview.digest.decisive.slice(0, DECISIVE_SHOWN)}>
          What decides it, the most telling line first.
        </EvidenceLines>
      )}
      <FailedTests digest={preview.digest} />
      <HiddenList findings={findings} sent={sent} onShow={show} />
      <WhatIsSent sent={sent} findings={findings} />
      {fitting.cut && (
        <p className="text-small text-muted">
          Hiding made the text longer than a report may be; its first lines are left out of it.
        </p>
      )}
      <Report log={fitting.text} hidden={hidden} readable={readable} waits={behind} />
    </div>
  );
}

/** Says politely what was read, when it is another thing than before. */
function useTold(preview: PreviewView, hidden: number) {
  const last = useRef("");
  useEffect(() => {
    const { category, subcategory } = preview.classification;
    const kind = isClassed(preview)
      ? `${words(category)}, ${words(subcategory)}, ${percent(preview.confidenceScore)} sure`
      : "no known class";
    const told = `${verdict(preview).word}. ${sentenceCase(kind)}. ${things(hidden)} hidden.`;
    if (told !== last.current) announce(told);
    last.current = told;
  }, [preview, hidden]);
}

function Verdict({ preview }: { preview: PreviewView }) {
  const { digest, classification } = preview;
  const { word, meaning } = verdict(preview);
  const tally = [
    ...(digest.nRun > 0 ? [`${digest.nRun} ran`] : []),
    ...(digest.nFailed > 0 ? [`${digest.nFailed} failed`] : []),
    ...(digest.nSkipped > 0 ? [`${digest.nSkipped} skipped`] : []),
    ...(digest.framework !== "" ? [digest.framework] : []),
  ];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <State word={word} meaning={meaning} />
        {tally.length > 0 && <span className="text-small text-muted">{tally.join(" · ")}</span>}
      </div>
      {isClassed(preview) ? (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <span>
            <span className="font-medium">{sentenceCase(classification.category)}</span>,{" "}
            {words(classification.subcategory)}
          </span>
          <Meter share={preview.confidenceScore} label="sure" />
        </p>
      ) : (
        <p className="text-muted">
          {preview.problemDetected
            ? "It fails in a way that no known class describes. You can still report it."
            : "Nothing in it looks like a failure. Paste more of the log, its end above all."}
        </p>
      )}
    </div>
  );
}

function FailedTests({ digest }: { digest: LogDigest }) {
  const names = digest.failedTests;
  if (names.length === 0) return null;
  const more = digest.nFailed - names.length;
  return (
    <details>
      <summary className="cursor-default text-small font-medium">
        {count(names.length, "failed test")} by name{more > 0 && `, ${more} more`}
      </summary>
      <ul className="mt-2 flex max-h-60 flex-col gap-1 overflow-auto font-mono text-small">
        {names.map((name) => (
          <li key={name} className="break-words">
            {name}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface ReportProps {
  log: string;
  hidden: number;
  readable: number;
  waits: boolean;
}

/** Sends what was shown above, and goes to the report. A key is of one text: sent twice, it is reported once. */
function Report({ log, hidden, readable, waits }: ReportProps) {
  const navigate = useNavigate();
  const { mutate, isPending, error } = useReportLog();
  const act = useRef({ log: "", key: "" });
  const waiting = isPending || waits;
  const name = `Report it (${things(hidden).toLowerCase()} hidden${readable > 0 ? `, ${readable} readable` : ""})`;

  const send = useCallback(() => {
    if (act.current.log !== log) act.current = { log, key: newKey() };
    const onSuccess = ({ contextId }: DetectionView) =>
      void navigate(`/problems/reports/${encodeURIComponent(contextId)}`);
    mutate(act.current, { onSuccess });
  }, [log, mutate, navigate]);
  const verbs = useMemo(
    () => (waiting ? [] : [{ id: "report log", group: "I’m stuck", name, also: "send log", run: send }]),
    [waiting, name, send],
  );
  useOffer(verbs);

  return (
    <div className="flex flex-col items-start gap-3">
      {readable > 0 && (
        <p className="max-w-[72ch] text-small text-muted">
          What you made readable is sent as it is. Harmony goes over every report once more when it arrives: what its
          rules know as private is hidden again in what it keeps.
        </p>
      )}
      <Button look="primary" isPending={waiting} onPress={send}>
        {name}
      </Button>
      {error !== null && <ProblemNotice error={error} />}
    </div>
  );
}

function isClassed({ problemDetected, classification }: PreviewView): boolean {
  return problemDetected && classification.category !== "unknown";
}

/** The state of the log in a word. */
function verdict({ problemDetected, digest }: PreviewView): { word: string; meaning: Meaning } {
  if (digest.status === "cancelled") return { word: "Cancelled", meaning: "over" };
  if (digest.status === "broken") return { word: "Failed", meaning: "bad" };
  if (problemDetected) return { word: "An error is in it", meaning: "attention" };
  if (digest.nRun > 0) return { word: "Passed", meaning: "good" };
  return { word: "No failure seen", meaning: "waiting" };
}

function things(number: number): string {
  return number === 0 ? "Nothing" : count(number, "thing");
}
