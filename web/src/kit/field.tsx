import { type ReactNode, useId } from "react";
import { Shape } from "@/kit/state";
import { Problem } from "@/wire/problem";

interface Props {
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** What may be written here. */
  how?: ReactNode;
  /** Why what is written here will not do, and what to do about it. */
  fault?: { message: string; hint: string } | null;
  /** Stands behind the value, as the asset behind an amount. */
  unit?: string;
  inputMode?: "decimal" | "numeric" | "text" | "search";
  mono?: boolean;
}

/** One line of text to write: its name, what may be written, and beside it what the server says against it. */
export function Field({ label, value, onValue, how, fault = null, unit, inputMode = "text", mono = false }: Props) {
  const id = useId();
  const described = [how === undefined ? "" : `${id}-how`, fault === null ? "" : `${id}-fault`].join(" ").trim();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-small font-medium">
        {label}
      </label>
      <span className="flex items-center gap-2">
        <input
          id={id}
          value={value}
          inputMode={inputMode}
          onChange={(event) => onValue(event.target.value)}
          aria-invalid={fault !== null}
          aria-describedby={described || undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={`min-h-9 w-full min-w-0 rounded-m border bg-surface px-3 py-1 aria-invalid:border-bad ${mono ? "font-mono text-small" : ""} border-line-strong`}
        />
        {unit !== undefined && <span className="text-small whitespace-nowrap text-muted">{unit}</span>}
      </span>
      {how !== undefined && (
        <p id={`${id}-how`} className="text-small text-muted">
          {how}
        </p>
      )}
      <div role="alert" id={`${id}-fault`} className="empty:hidden">
        {fault !== null && (
          <p className="flex items-start gap-2 text-small text-bad">
            <span className="pt-0.5">
              <Shape meaning="bad" size={14} />
            </span>
            <span className="min-w-0">
              {fault.message} {fault.hint}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}

/** What a refusal says of one field; null when it is about something else. */
export function faultOf(error: unknown, field: string): { message: string; hint: string } | null {
  if (!(error instanceof Problem)) return null;
  const listed = error.fields.find((reason) => reason.field === field || reason.field.endsWith(`.${field}`));
  if (listed !== undefined) return { message: sentence(listed.reason), hint: error.hint };
  return error.field === field || error.field?.endsWith(`.${field}`) === true
    ? { message: sentence(error.message), hint: error.hint }
    : null;
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
