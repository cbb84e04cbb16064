import { CopyButton } from "@/kit/copy";

/** Text as a machine wrote it. Long lines scroll inside; the box can be reached and scrolled with the keyboard. */
export function Code({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative rounded-m border bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse */}
      <section tabIndex={0} aria-label={what} className="max-h-80 overflow-auto py-2 pr-10 pl-3">
        <pre className="font-mono text-small">{text}</pre>
      </section>
      <span className="absolute top-1 right-1 rounded-s bg-sunken">
        <CopyButton text={text} what={what} />
      </span>
    </div>
  );
}
