import { useState } from "react";
import type { GivenClass } from "@/assist/problems/watching-queries";
import { Button } from "@/kit/button";
import { Field, faultOf } from "@/kit/field";
import { ProblemNotice } from "@/kit/notices";
import { Select } from "@/kit/select";
import { sentenceCase, words } from "@/kit/words";
import { TAXONOMY } from "@/wire/taxonomy";

interface Props {
  start: GivenClass;
  isPending: boolean;
  error: unknown;
  onGive: (given: GivenClass) => void;
  onKeep: () => void;
}

/** Category, then what of it, and why: what is given here teaches the next reading. */
export default function ClassForm({ start, isPending, error, onGive, onKeep }: Props) {
  const [given, setGiven] = useState<GivenClass>({ ...start, reason: "" });
  const category = TAXONOMY.find(({ id }) => id === given.category) ?? TAXONOMY[0];
  const subcategory = category?.subcategories.find(({ id }) => id === given.subcategory) ?? category?.subcategories[0];
  const chosen = { category: category?.id ?? "", subcategory: subcategory?.id ?? "", reason: given.reason.trim() };
  const fault = faultOf(error, "reason");
  const same = chosen.category === start.category && chosen.subcategory === start.subcategory;
  return (
    <fieldset className="flex flex-col gap-3 rounded-l border bg-surface p-4">
      <legend className="sr-only">Give another class</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label="Category"
          value={chosen.category}
          options={TAXONOMY.map(({ id }) => ({ value: id, name: sentenceCase(id) }))}
          onChange={(id) => setGiven({ ...given, category: id, subcategory: "" })}
        />
        <Select
          label="What of it"
          value={chosen.subcategory}
          options={(category?.subcategories ?? []).map(({ id }) => ({ value: id, name: sentenceCase(id) }))}
          onChange={(id) => setGiven({ ...given, subcategory: id })}
        />
      </div>
      <p className="text-small text-muted">{sentenceCase(subcategory?.about ?? "")}.</p>
      <Field
        label="Why (may be left out)"
        value={given.reason}
        onValue={(reason) => setGiven({ ...given, reason })}
        how="Secrets are taken out before it is kept."
        fault={fault}
      />
      {error !== null && fault === null && <ProblemNotice error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onPress={() => onGive(chosen)} isPending={isPending} disabled={same}>
          {same ? "Give this class" : `It is ${words(chosen.subcategory)}`}
        </Button>
        <Button look="quiet" onPress={onKeep}>
          Keep it as it is
        </Button>
      </div>
    </fieldset>
  );
}
