import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong data-pressed:bg-accent-strong",
  plain: "border bg-surface text-ink hover:bg-sunken data-pressed:bg-sunken",
  quiet: "text-muted hover:bg-sunken hover:text-ink data-pressed:bg-sunken",
  destructive: "border bg-surface text-bad hover:bg-bad-soft data-pressed:bg-bad-soft",
} as const;

interface Props extends Omit<ButtonProps, "className" | "children"> {
  look?: keyof typeof LOOKS;
  children: ReactNode;
}

/** A button. While `isPending` it keeps its words and its width, and does nothing. */
export function Button({ look = "plain", children, ...rest }: Props) {
  return (
    <AriaButton
      {...rest}
      className={`inline-flex min-h-9 cursor-default items-center justify-center gap-2 rounded-m px-3 py-1 text-small font-medium transition-colors disabled:opacity-60 data-pending:opacity-60 ${LOOKS[look]}`}
    >
      {children}
    </AriaButton>
  );
}

/** A button that shows only an icon; `label` is what it is called. */
export function IconButton({ label, children, ...rest }: Omit<Props, "look"> & { label: string }) {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      className="inline-flex size-6 shrink-0 cursor-default items-center justify-center rounded-s text-muted transition-colors hover:bg-sunken hover:text-ink data-pressed:bg-sunken"
    >
      {children}
    </AriaButton>
  );
}
