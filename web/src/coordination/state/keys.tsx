import { useDeferredValue, useState } from "react";
import { useHistory, useKeysOf, useStateLive } from "@/coordination/state/queries";
import { OrchestraTabs } from "@/coordination/tabs";
import { Button } from "@/kit/button";
import { Code } from "@/kit/code";
import { Command } from "@/kit/copy";
import { Field } from "@/kit/field";
import { PageHeading, Rows, RowsWaiting } from "@/kit/layout";
import { Line } from "@/kit/line";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import type { Value } from "@/wire/coordination";

const ALL = "echo:";
const PUT =
  'curl -X PUT http://localhost:8888/state/echo:global:greeting -H "Content-Type: application/json" -d \'{"value": "hello"}\'';

/** `/orchestra/state`: the keys that components share, each with its version and what it was before. */
export default function StatePage() {
  const [written, setWritten] = useState(ALL);
  const prefix = useDeferredValue(written.trim());
  const line = useStateLive(ALL);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useKeysOf(prefix);
  const values = data?.pages.flatMap((page) => page.values) ?? [];
  return (
    <>
      <PageHeading title="Shared state" aside={<Line state={line} />}>
        Keys that components share. Every change makes a new version.
      </PageHeading>
      <OrchestraTabs />
      <div className="mb-4 max-w-md">
        <Field label="Keys that begin with" value={written} onValue={setWritten} inputMode="search" mono />
      </div>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={3} label="Loading keys" />}
      {data !== undefined && error === null && values.length === 0 && <NoKeys prefix={prefix} />}
      {values.length > 0 && error === null && (
        <Rows label="Keys">
          {values.map((value) => (
            <KeyRow key={value.key} value={value} />
          ))}
        </Rows>
      )}
      {hasNextPage && (
        <div className="mt-3">
          <Button onPress={() => void fetchNextPage()} isPending={isFetchingNextPage}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function NoKeys({ prefix }: { prefix: string }) {
  if (prefix !== ALL && prefix !== "") {
    return (
      <Empty title="No key begins so.">
        <p className="text-muted">
          All keys begin with <code className="font-mono">{ALL}</code>.
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No component shares anything yet.">
      <p className="text-muted">Set a first key:</p>
      <Command line={PUT} />
    </Empty>
  );
}

function KeyRow({ value }: { value: Value }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex cursor-default flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-3 -outline-offset-2 hover:bg-sunken">
          <code className="min-w-0 flex-1 basis-48 font-mono text-small font-medium break-all">{value.key}</code>
          <span className="text-small text-muted">version {value.version}</span>
          <span className="text-small text-muted">
            <Moment at={value.changed_at} prefix={`by ${value.changed_by} `} />
          </span>
          <code className="line-clamp-1 basis-full font-mono text-small break-all text-muted">{value.text}</code>
        </summary>
        <div className="flex flex-col gap-3 px-4 pb-4">
          {value.expires_at !== null && (
            <p className="text-small text-muted">
              <Moment at={value.expires_at} prefix="It goes " />
            </p>
          )}
          <Code text={value.text} what={`the value of ${value.key}`} />
          {open && <Earlier of={value} />}
        </div>
      </details>
    </li>
  );
}

function Earlier({ of }: { of: Value }) {
  const { data, error, refetch } = useHistory(of.key, true);
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <div aria-busy="true" className="skeleton h-6 w-full" />;
  const before = data.versions.filter(({ version }) => version !== of.version);
  if (before.length === 0) return <p className="text-small text-muted">It was never anything else that is kept.</p>;
  return (
    <div>
      <p className="mb-1 text-small font-medium">Before</p>
      <ul aria-label={`Earlier versions of ${of.key}`} className="divide-y border-y">
        {before.map(({ version, text, changed_at, changed_by }) => (
          <li key={version} className="flex flex-wrap items-baseline gap-x-4 py-1 text-small">
            <span className="text-muted">version {version}</span>
            <code className="min-w-0 flex-1 basis-40 font-mono break-all">{text ?? "deleted"}</code>
            <span className="text-muted">
              <Moment at={changed_at} prefix={`by ${changed_by} `} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
