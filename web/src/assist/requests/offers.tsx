import { Link } from "react-router";
import { useAnswerOffer, useRequest } from "@/assist/requests/queries";
import { titleOf } from "@/assist/requests/states";
import { announce } from "@/kit/announce";
import { Button } from "@/kit/button";
import { Rows } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { ProblemNotice } from "@/kit/notices";
import type { OfferView } from "@/wire/assist";

/** Offers that wait for this person's answer, each with its clock. */
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
  const answer = useAnswerOffer();
  const request = useRequest(offer.requestId);
  const say = (word: "accept" | "decline") =>
    answer.mutate(
      { offerId: offer.offerId, answer: word },
      { onSuccess: () => announce(word === "accept" ? "Accepted. A session is open." : "Declined.") },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <Link
          to={`/problems/${encodeURIComponent(offer.requestId)}`}
          className="font-medium break-words hover:underline"
        >
          {request.data === undefined ? "A request for help" : titleOf(request.data)}
        </Link>
        <p className="text-small text-muted">
          <Moment at={offer.expiresAt} prefix="answer needed " />
        </p>
      </div>
      <span className="flex gap-2">
        <Button look="quiet" isPending={answer.isPending} onPress={() => say("decline")}>
          Decline
        </Button>
        <Button look="primary" isPending={answer.isPending} onPress={() => say("accept")}>
          Accept and open a session
        </Button>
      </span>
      {answer.error && (
        <div className="basis-full">
          <ProblemNotice error={answer.error} />
        </div>
      )}
    </li>
  );
}
