import type { ReactNode } from "react";
import type { Evidence } from "@/wire/assist";

/** Lines of a log, each with what it says about the failure; the children tell what they are. */
export function EvidenceLines({ evidence, children }: { evidence: readonly Evidence[]; children: ReactNode }) {
  return (
    <figure className="overflow-hidden rounded-m border">
      <figcaption className="border-b bg-surface px-3 py-2 text-small text-muted">{children}</figcaption>
      <ul className="divide-y bg-sunken">
        {evidence.map(({ line, text, reason }) => (
          <li key={`${line} ${reason} ${text}`} className="grid grid-cols-[2.5rem_minmax(0,1fr)] gap-x-3 px-3 py-2">
            <span className="pt-px text-right font-mono text-small text-muted">
              {line !== null && (
                <>
                  <span className="sr-only">line </span>
                  {line}
                </>
              )}
            </span>
            <span className="min-w-0">
              <code className="block font-mono text-small break-words">{text}</code>
              <span className="block text-small text-muted">{reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
