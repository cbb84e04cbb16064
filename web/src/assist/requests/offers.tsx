import { useMemo } from "react";
import { Link } from "react-router";
import { useAnswerOffer, useRequest } from "@/assist/requests/queries";
import { titleOf } from "@/assist/requests/states";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Rows } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { ProblemNotice } from "@/kit/notices";
import { useOffer } from "@/kit/verbs";
import type { OfferView } from "@/wire/assist";

/** Offers that wait for this person's answer, each with its clock; the palette answers them too. */
export function OfferRows({ offers }: { offers: readonly OfferView[] }) {
  return (
    <Rows label="Offers">
      {offers.map((offer) => (
        <OfferRow key={offer.offerId} offer={offer} />
      ))}
    </Rows>
  );
}

function OfferRow({ offer }: { offer: OfferView }) {
  const { mutate, isPending, error } = useAnswerOffer();
  const request = useRequest(offer.requestId);
  const title = request.data === undefined ? "A request for help" : titleOf(request.data);
  const { offerId } = offer;
  const verbs = useMemo(() => {
    const say = (answer: "accept" | "decline", told: string) => () =>
      mutate({ offerId, answer }, { onSuccess: () => announce(told) });
    return [
      { id: `accept ${offerId}`, group: "Offers", name: `Accept: ${title}`, run: say("accept", "A session is open.") },
      { id: `decline ${offerId}`, group: "Offers", name: `Decline: ${title}`, run: say("decline", "Declined.") },
    ] as const;
  }, [mutate, offerId, title]);
  useOffer(verbs);
  const [accept, decline] = verbs;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <Link
          to={`/problems/${encodeURIComponent(offer.requestId)}`}
          className="font-medium break-words hover:underline"
        >
          {title}
        </Link>
        <p className="text-small text-muted">
          <Moment at={offer.expiresAt} prefix="answer needed " />
        </p>
      </div>
      <span className="flex gap-2">
        <Button look="quiet" isPending={isPending} onPress={decline.run}>
          Decline
        </Button>
        <Button look="primary" isPending={isPending} onPress={accept.run}>
          Accept and open a session
        </Button>
      </span>
      {error && (
        <div className="basis-full">
          <ProblemNotice error={error} />
        </div>
      )}
    </li>
  );
}
