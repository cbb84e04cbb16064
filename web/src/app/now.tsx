import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { StuckBox } from "@/assist/problems/stuck";
import { RequestRows } from "@/assist/requests/list";
import { OfferRows } from "@/assist/requests/offers";
import { useOffers, useRequests } from "@/assist/requests/queries";
import { isOpen as isOpenRequest } from "@/assist/requests/states";
import { useMe } from "@/commons/identity/queries";
import { Command } from "@/kit/copy";
import { PageHeading, RowsWaiting, Section } from "@/kit/layout";
import { Empty, ProblemNotice } from "@/kit/notices";
import { count } from "@/kit/words";
import { useEscrows } from "@/settlement/escrows/queries";
import { EscrowRows } from "@/settlement/escrows/rows";
import { isOpen as isOpenEscrow } from "@/settlement/escrows/states";
import { Problem } from "@/wire/problem";

/** `/`: what needs you now. What waits for nobody is left out, and so is what is none of the reader's roles. */
export default function NowPage() {
  const offers = useOffers();
  const requests = useRequests();
  const escrows = useEscrows();
  const waitingOffers = offers.data?.items ?? [];
  const me = useMe().data?.id;
  const requested = requests.data?.items ?? [];
  const openRequests = requested.filter(({ state, seekerId }) => isOpenRequest(state) && seekerId === me);
  const helping = requested.filter(({ state, seekerId }) => state === "in_session" && seekerId !== me);
  const openEscrows = escrows.data?.escrows.filter(isOpenEscrow) ?? [];
  const all = [offers, requests, escrows];
  const failed = all.filter(({ data, error }) => data === undefined && error !== null && !refused(error));
  const tally = [
    [waitingOffers.length, "offer"],
    [openRequests.length, "open request"],
    [helping.length, "session"],
    [openEscrows.length, "escrow"],
  ] as const;
  const summary = tally.flatMap(([number, noun]) => (number > 0 ? [count(number, noun)] : [])).join(", ");
  const settled = all.every(({ data, error }) => data !== undefined || refused(error));
  return (
    <>
      <PageHeading title="What needs you now">{summary !== "" && `${summary}.`}</PageHeading>
      {failed[0] !== undefined && (
        <ProblemNotice error={failed[0].error} onRetry={() => failed.forEach(({ refetch }) => void refetch())} />
      )}
      <StuckBox />
      {settled && summary === "" && <NothingWaits />}
      <Waiting title="Offers" of={offers} shown={waitingOffers.length > 0}>
        <OfferRows offers={waitingOffers} />
      </Waiting>
      <Waiting title="Open requests" of={requests} shown={openRequests.length > 0}>
        <RequestRows label="Open requests" requests={openRequests} />
      </Waiting>
      {helping.length > 0 && (
        <Section title="You are helping with">
          <RequestRows label="You are helping with" requests={helping} />
        </Section>
      )}
      <Waiting title="Escrows" of={escrows} shown={openEscrows.length > 0}>
        <EscrowRows escrows={openEscrows} />
      </Waiting>
    </>
  );
}

function NothingWaits() {
  return (
    <Empty title="Nothing waits for you.">
      <p className="max-w-[60ch] text-muted">
        See the whole story once: a program really fails, an expert is found, the fix is checked, paid and remembered.
      </p>
      <Command line="make demo" />
    </Empty>
  );
}

/** Whether this is simply none of the reader's roles. */
function refused(error: unknown): boolean {
  return error instanceof Problem && error.status === 403;
}

interface WaitingProps {
  title: string;
  of: UseQueryResult<unknown>;
  shown: boolean;
  children: ReactNode;
}

/** A section while there is something in it or something may come. */
function Waiting({ title, of, shown, children }: WaitingProps) {
  if (!shown && !of.isLoading) return null;
  return (
    <Section title={title}>
      {of.isLoading ? <RowsWaiting count={1} label={`Loading ${title.toLowerCase()}`} /> : children}
    </Section>
  );
}
