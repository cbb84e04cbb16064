import { useState } from "react";
import { choiceOf, consequence, LEVELS, left, MODES, whole } from "@/assist/problems/noticed";
import { useChooseDetection, useDetection } from "@/assist/problems/watching-queries";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Field, faultOf } from "@/kit/field";
import { PageHeading, RowsWaiting, Section } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { ProblemNotice } from "@/kit/notices";
import { Options } from "@/kit/options";
import { Shape } from "@/kit/state";
import type { DetectionChoice, DetectionSettings } from "@/wire/assist";
import { Problem } from "@/wire/problem";

/** `/settings/detection`: when you are told, what may be looked at, how often it may be wrong. */
export default function DetectionPage() {
  const { data, error, refetch } = useDetection();
  return (
    <>
      <PageHeading title="Detection">
        {data === undefined
          ? "How Harmony watches over you."
          : `You are told of at most ${left(data)} that you did not confirm.`}
      </PageHeading>
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <RowsWaiting count={6} label="Loading the settings" />}
      {data !== undefined && <Choices settings={data} />}
    </>
  );
}

/** The numbers as they are typed; they become numbers when they are sent. */
interface Draft extends Omit<DetectionChoice, "alarmsADay" | "digestHour"> {
  alarmsADay: string;
  digestHour: string;
}

function draftOf(settings: DetectionSettings): Draft {
  const choice = choiceOf(settings);
  return { ...choice, alarmsADay: String(choice.alarmsADay), digestHour: String(choice.digestHour) };
}

const WHOLE = { message: "This is no whole number.", hint: "Write digits only." };

function Choices({ settings }: { settings: DetectionSettings }) {
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [before, setBefore] = useState<DetectionChoice | null>(null);
  const choose = useChooseDetection();
  const set = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setBefore(null);
    choose.reset();
  };
  const numbers = { alarmsADay: whole(draft.alarmsADay), digestHour: whole(draft.digestHour) };
  const chosen = { ...draft, alarmsADay: numbers.alarmsADay ?? 0, digestHour: numbers.digestHour ?? 0 };
  const sendable = numbers.alarmsADay !== null && numbers.digestHour !== null;
  const changed = JSON.stringify(chosen) !== JSON.stringify(choiceOf(settings));
  const irrevocable = consequence(settings, chosen);
  const shown = ["alarmsADay", "digestHour", "timezone"].some((field) => faultOf(choose.error, field) !== null);

  function save(wanted: DetectionChoice, said: string) {
    const earlier = choiceOf(settings);
    choose.mutate(wanted, {
      onSuccess: (kept) => {
        setDraft(draftOf(kept));
        setBefore(said === "Saved." && wanted.privacyLevel !== "High" ? earlier : null);
        announce(said);
      },
    });
  }

  return (
    <>
      <Section title="When you are told">
        <Options
          label="When you are told"
          options={MODES}
          value={draft.assistanceMode}
          onChange={(assistanceMode) => set({ assistanceMode })}
        />
      </Section>
      <Section
        title="What may be looked at"
        aside="What a level forbids is gone before anything looks, and kept nowhere."
      >
        <Options
          label="What may be looked at"
          options={LEVELS}
          value={draft.privacyLevel}
          onChange={(privacyLevel) => set({ privacyLevel })}
        />
      </Section>
      <Section title="How often">
        <Numbers draft={draft} set={set} error={choose.error} />
      </Section>
      {irrevocable !== "" && (
        <p role="status" className="mb-4 flex max-w-[72ch] items-start gap-2">
          <span className="pt-1">
            <Shape meaning="attention" />
          </span>
          {irrevocable}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          disabled={!changed || !sendable}
          isPending={choose.isPending}
          onPress={() => save(chosen, "Saved.")}
        >
          {irrevocable === "" ? "Save" : `Save with privacy ${chosen.privacyLevel}`}
        </Button>
        {before !== null && (
          <Button onPress={() => save(before, "Undone.")} isPending={choose.isPending}>
            Undo
          </Button>
        )}
        {settings.updatedAt !== null && (
          <span className="text-small text-muted">
            <Moment at={settings.updatedAt} prefix="Chosen " />
          </span>
        )}
      </div>
      {choose.error instanceof Problem && !shown && (
        <div className="mt-3">
          <ProblemNotice error={choose.error} onRetry={() => save(chosen, "Saved.")} />
        </div>
      )}
    </>
  );
}

interface NumbersProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  error: unknown;
}

function Numbers({ draft, set, error }: NumbersProps) {
  const scheduled = draft.assistanceMode === "Scheduled";
  return (
    <div className="grid gap-4 rounded-l border bg-surface p-4 sm:grid-cols-3">
      <Field
        label="Alarms in 24 hours"
        value={draft.alarmsADay}
        onValue={(alarmsADay) => set({ alarmsADay })}
        how="At most, of those you did not confirm: 0 to 20."
        fault={whole(draft.alarmsADay) === null ? WHOLE : faultOf(error, "alarmsADay")}
        inputMode="numeric"
      />
      {scheduled && (
        <>
          <Field
            label="Hour of the digest"
            value={draft.digestHour}
            onValue={(digestHour) => set({ digestHour })}
            how="0 to 23, in your zone."
            fault={whole(draft.digestHour) === null ? WHOLE : faultOf(error, "digestHour")}
            inputMode="numeric"
          />
          <Field
            label="Your zone"
            value={draft.timezone}
            onValue={(timezone) => set({ timezone: timezone.trim() })}
            how="As Europe/Lisbon."
            fault={faultOf(error, "timezone")}
          />
        </>
      )}
    </div>
  );
}
