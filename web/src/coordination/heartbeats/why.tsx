import { useParams } from "react-router";
import { meaningOf, word } from "@/coordination/components";
import { Drain } from "@/coordination/heartbeats/drain";
import { useService, useWhy } from "@/coordination/heartbeats/queries";
import { standing, told } from "@/coordination/heartbeats/story";
import { useOrchestraLive } from "@/coordination/queries";
import { OrchestraTabs } from "@/coordination/tabs";
import { Fact, Facts, PageHeading, RowsWaiting, Section } from "@/kit/layout";
import { Line } from "@/kit/line";
import { Moment } from "@/kit/moment";
import { Empty, ProblemNotice } from "@/kit/notices";
import { State } from "@/kit/state";
import { Chapter, Timeline } from "@/kit/timeline";
import { sentenceCase } from "@/kit/words";
import type { Change, Service, Why } from "@/wire/coordination";

/** `/orchestra/components/{componentId}`: how one component is, and why, with the evidence of every change. */
export default function ComponentPage() {
  const { componentId = "" } = useParams();
  const line = useOrchestraLive();
  const service = useService(componentId);
  const why = useWhy(componentId);
  const error = service.error ?? why.error;
  const retry = () => {
    void service.refetch();
    void why.refetch();
  };
  return (
    <>
      <PageHeading
        title={componentId}
        aside={
          <span className="flex flex-wrap items-center gap-2">
            {why.data !== undefined && <State word={word(why.data.status)} meaning={meaningOf(why.data.status)} />}
            {service.data?.draining && <State word="Draining" meaning="information" />}
            <Line state={line} />
          </span>
        }
      >
        {why.data !== undefined && <Standing why={why.data} />}
      </PageHeading>
      <OrchestraTabs />
      {error !== null && <ProblemNotice error={error} onRetry={retry} />}
      {service.data !== undefined && <About service={service.data} />}
      {why.data !== undefined ? <Story why={why.data} /> : error === null && <RowsWaiting count={3} label="Loading" />}
    </>
  );
}

function Standing({ why }: { why: Why }) {
  const until = why.spared_until ?? why.lease_ends_at;
  const sentence = standing(why);
  return (
    <p>
      <Moment at={why.since} prefix={`${word(why.status)} since `} />,{" "}
      <Moment at={why.last_heartbeat} prefix="last heard " />.{" "}
      {sentence !== "" && until !== null && (
        <>
          {sentence} <Moment at={until} />.
        </>
      )}{" "}
      {why.damped_until !== null && (
        <>
          It fell so often that it does not count as healthy <Moment at={why.damped_until} prefix="before " />.
        </>
      )}
    </p>
  );
}

function About({ service }: { service: Service }) {
  return (
    <Section title="The component">
      <div className="flex flex-wrap items-end justify-between gap-4 rounded-l border bg-surface p-4">
        <Facts>
          <Fact name="Address">
            <code className="font-mono">
              {service.host}:{service.port}
            </code>
          </Fact>
          <Fact name="Version">
            {service.version}, registered {service.incarnation === 1 ? "once" : `${service.incarnation} times`}
          </Fact>
          <Fact name="Place">
            {service.namespace}
            {service.zone !== null && `, zone ${service.zone}`} · weight {service.weight}
          </Fact>
          <Fact name="Can do">{service.capabilities.join(", ") || "nothing that it names"}</Fact>
          <Fact name="Gets work">{gets(service)}</Fact>
        </Facts>
        <Drain service={service} />
      </div>
    </Section>
  );
}

function gets({ draining, routable }: Service): string {
  if (draining) return "no: it ends what it has";
  return routable ? "yes" : "no";
}

function Story({ why }: { why: Why }) {
  return (
    <Section title={`Why it is ${why.status}`} aside="Newest first, with what was known at that moment.">
      {why.changes.length === 0 ? (
        <Empty title="No change of it is kept.">
          <p className="text-muted">When it joins, falls silent or comes back, the evidence stands here.</p>
        </Empty>
      ) : (
        <Timeline label="Changes of its status">
          {why.changes.map((change) => (
            <ChangeChapter key={`${change.at} ${change.cause} ${change.state}`} change={change} />
          ))}
        </Timeline>
      )}
    </Section>
  );
}

const INSTANT = /^\d{4}-\d\d-\d\dT/;

function ChangeChapter({ change }: { change: Change }) {
  const { meaning, title, sentence, known } = told(change);
  return (
    <Chapter title={title} meaning={meaning} at={change.at}>
      <p className="max-w-[72ch]">{sentence}</p>
      {known.length > 0 && (
        <Facts>
          {known.map(([name, value]) => (
            <Fact key={name} name={sentenceCase(name)}>
              {INSTANT.test(value) ? <Moment at={value} /> : value}
            </Fact>
          ))}
        </Facts>
      )}
    </Chapter>
  );
}
