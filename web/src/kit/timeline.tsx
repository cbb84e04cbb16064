import { type ReactNode, useId } from "react";
import { Moment } from "@/kit/moment";
import { type Meaning, Shape } from "@/kit/state";

/** Chapters of one story, in the order in which they happen. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {children}
    </ol>
  );
}

interface Chapter {
  title: string;
  meaning: Meaning;
  at?: string | null | undefined;
  aside?: ReactNode;
  children?: ReactNode;
}

/** One chapter: what it is, how it stands, when it began, and what belongs to it. */
export function Chapter({ title, meaning, at, aside, children }: Chapter) {
  const id = useId();
  return (
    <li
      aria-labelledby={id}
      className="group relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 pb-8 last:pb-0 sm:gap-x-4"
    >
      <span aria-hidden className="absolute top-6 bottom-0 left-[0.59375rem] w-px bg-line group-last:hidden" />
      <span className="flex h-6 items-center justify-center">
        <Shape meaning={meaning} size={18} />
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 id={id} className="text-section font-semibold">
            {title}
          </h2>
          {aside}
          {at != null && (
            <span className="ml-auto text-small text-muted">
              <Moment at={at} />
            </span>
          )}
        </div>
        {children !== undefined && <div className="mt-3 flex flex-col gap-3">{children}</div>}
      </div>
    </li>
  );
}

/** A box for what belongs together inside a chapter. */
export function Card({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-3 rounded-l border bg-surface p-4">{children}</div>;
}
