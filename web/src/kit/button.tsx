import type { ComponentProps } from "react";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong active:bg-accent-strong",
  plain: "border bg-surface text-ink hover:bg-sunken active:bg-sunken",
  quiet: "text-muted hover:bg-sunken hover:text-ink active:bg-sunken",
  destructive: "border bg-surface text-bad hover:bg-bad-soft active:bg-bad-soft",
} as const;

const SHARED = "cursor-default transition-colors aria-disabled:opacity-60";

interface Props extends Omit<ComponentProps<"button">, "className" | "type" | "onClick"> {
  look?: keyof typeof LOOKS;
  /** The act is under way: the button keeps its words, its width and the focus, and does nothing. */
  isPending?: boolean;
  onPress: () => void;
}

/** The browser's own button: it needs no library to be reached, pressed and spoken. */
export function Button({ look = "plain", isPending = false, onPress, ...rest }: Props) {
  return (
    <button
      {...rest}
      type="button"
      aria-disabled={isPending || undefined}
      onClick={isPending ? undefined : onPress}
      className={`inline-flex min-h-9 items-center justify-center gap-2 rounded-m px-3 py-1 text-small font-medium ${SHARED} ${LOOKS[look]}`}
    />
  );
}

/** A button that shows only an icon; `label` is what it is called. */
export function IconButton({ label, onPress, children }: Pick<Props, "onPress" | "children"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className={`inline-flex size-6 shrink-0 items-center justify-center rounded-s text-muted hover:bg-sunken hover:text-ink active:bg-sunken ${SHARED}`}
    >
      {children}
    </button>
  );
}
