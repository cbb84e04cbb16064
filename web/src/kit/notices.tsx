import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/kit/button";
import { Shape } from "@/kit/state";
import { Problem, UNREACHABLE } from "@/wire/problem";

/** What happened, in which field, and what to do about it: the problem document for a person. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : new Problem({ ...UNREACHABLE, code: "page.unexpected" });
  return (
    <div role="alert" className="flex gap-3 rounded-m border border-bad/40 bg-bad-soft px-4 py-3">
      <span className="pt-1">
        <Shape meaning="bad" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{problem.message}</p>
        {problem.fields.length > 1 && (
          <ul className="mt-1 list-disc pl-5 text-small">
            {problem.fields.map(({ field, reason }) => (
              <li key={field + reason}>
                <code className="font-mono">{field}</code>: {reason}
              </li>
            ))}
          </ul>
        )}
        <p className="mt-1 break-words">{problem.hint}</p>
        <p className="mt-1 font-mono text-small text-muted">{problem.code}</p>
      </div>
      {onRetry !== undefined && (
        <div>
          <Button onPress={onRetry}>
            <RotateCw aria-hidden size={14} />
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}

/** Nothing here yet: says so, and teaches the next step. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-l border border-dashed px-6 py-8">
      <p className="font-medium">{title}</p>
      {children}
    </div>
  );
}
