import { type ReactNode, useEffect, useId } from "react";

/** A page's heading, and the document's title with it. */
export function PageHeading({ title, aside, children }: { title: string; aside?: ReactNode; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Harmony`;
  }, [title]);
  return (
    <header className="mb-6 flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-title font-semibold break-words">{title}</h1>
        {aside}
      </div>
      {children !== undefined && <div className="min-h-6 max-w-[72ch] text-muted">{children}</div>}
    </header>
  );
}

/** A part of a page under its own heading. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-10">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={id} className="text-section font-semibold">
          {title}
        </h2>
        {aside !== undefined && <div className="text-small text-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** A list of rows in one frame. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y overflow-hidden rounded-l border bg-surface">
      {children}
    </ul>
  );
}

/** Rows that stand in while content comes: as many and as high as it will be. */
export function RowsWaiting({ count, label }: { count: number; label: string }) {
  return (
    <div aria-busy="true" className="divide-y overflow-hidden rounded-l border bg-surface">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className="flex items-center gap-4 px-4 py-4">
          <div className="skeleton h-4 w-2/5" />
          <div className="skeleton ml-auto h-4 w-16" />
        </div>
      ))}
    </div>
  );
}

/** Names and their values, in two columns where there is room. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 text-small">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
