import { lazy, Suspense, useState } from "react";
import { type GivenClass, useClass, useCorrectClass } from "@/assist/problems/watching-queries";
import { useMe } from "@/commons/identity/queries";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { shortId } from "@/kit/copy";
import { Moment } from "@/kit/moment";
import { ProblemNotice } from "@/kit/notices";
import { Shape } from "@/kit/state";
import { sentenceCase, words } from "@/kit/words";
import type { ClassOfProblem } from "@/wire/assist";

const ClassForm = lazy(() => import("@/assist/problems/class-form"));
/** Who may give a failure its class. */
const CORRECT = ["seeker", "expert", "admin"];

/** The class that a person gave, beside the one that was read; and the way to give another. */
export function ClassGiven({ contextId }: { contextId: string }) {
  const me = useMe().data;
  const { data } = useClass(contextId);
  const correct = useCorrectClass(contextId);
  const [open, setOpen] = useState(false);
  const [before, setBefore] = useState<GivenClass | null>(null);
  if (data === undefined) return null;

  function give(given: GivenClass, said: string) {
    const earlier = standing(data);
    correct.mutate(given, {
      onSuccess: () => {
        setOpen(false);
        setBefore(said === "Class given." ? earlier : null);
        announce(said);
      },
    });
  }

  return (
    <div className="flex flex-col gap-2">
      {data.corrected !== null && <Given given={data.corrected} by={data.corrected.correctedBy === me?.id} />}
      {open ? (
        <Suspense fallback={<div aria-busy="true" className="skeleton h-40 w-full" />}>
          <ClassForm
            start={standing(data)}
            isPending={correct.isPending}
            error={correct.error}
            onGive={(given) => give(given, "Class given.")}
            onKeep={() => setOpen(false)}
          />
        </Suspense>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          {me?.roles.some((role) => CORRECT.includes(role)) && (
            <Button look="quiet" onPress={() => setOpen(true)}>
              Give another class
            </Button>
          )}
          {before !== null && (
            <Button onPress={() => give(before, "Undone.")} isPending={correct.isPending}>
              Undo: back to {words(before.subcategory)}
            </Button>
          )}
        </div>
      )}
      {!open && correct.error !== null && <ProblemNotice error={correct.error} />}
    </div>
  );
}

/** The class that holds now, as it would be given again. */
function standing(found: ClassOfProblem | undefined): GivenClass {
  const { category = "", subcategory = "" } = found?.corrected ?? found ?? {};
  return { category, subcategory, reason: found?.corrected?.reason ?? "" };
}

function Given({ given, by }: { given: NonNullable<ClassOfProblem["corrected"]>; by: boolean }) {
  return (
    <p className="flex items-start gap-2">
      <span className="pt-1">
        <Shape meaning="information" size={14} />
      </span>
      <span className="min-w-0 break-words">
        Corrected to <span className="font-medium">{sentenceCase(given.category)}</span>, {words(given.subcategory)}
        {given.reason !== "" && `: ${given.reason}`}
        <span className="text-muted">
          {" "}
          · by {by ? "you" : shortId(given.correctedBy)} <Moment at={given.correctedAt} />
        </span>
      </span>
    </p>
  );
}
