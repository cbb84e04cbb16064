/** A refusal or failure as the server tells it (RFC 9457), or as the page tells it when no server answered. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  readonly status: number;
  readonly hint: string;
  readonly field: string | undefined;
  readonly fields: readonly FieldReason[];

  constructor(told: ProblemDocument) {
    super(told.message);
    this.code = told.code;
    this.status = told.status;
    this.hint = told.hint;
    this.field = told.field;
    this.fields = told.fields ?? [];
  }

  /** Whether trying the same thing again may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface FieldReason {
  field: string;
  reason: string;
}

export interface ProblemDocument {
  code: string;
  status: number;
  message: string;
  hint: string;
  field?: string;
  fields?: FieldReason[];
}

export const UNREACHABLE: ProblemDocument = {
  code: "page.unreachable",
  status: 0,
  message: "Harmony does not answer.",
  hint: "Nothing was lost. Look whether `make up` still runs; the page tries again by itself.",
};

/** Reads a problem document out of any answer; an answer that is none still becomes a sentence with a remedy. */
export function problemOf(status: number, body: unknown): Problem {
  const told = isRecord(body) ? body : {};
  const details = isRecord(told.details) ? told.details : {};
  const field = text(details.field);
  return new Problem({
    code: text(told.code) ?? `http.${status}`,
    status,
    message: text(told.message) ?? `Harmony answered with status ${status}.`,
    hint: text(told.hint) ?? "Try again; if it stays, look at what `make up` prints.",
    ...(field === undefined ? {} : { field }),
    fields: reasons(details.fields),
  });
}

function reasons(found: unknown): FieldReason[] {
  if (!Array.isArray(found)) return [];
  return found.flatMap((item: unknown) => {
    if (!isRecord(item)) return [];
    const field = text(item.field);
    const reason = text(item.reason);
    return field !== undefined && reason !== undefined ? [{ field, reason }] : [];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
