import { Code } from "@/kit/code";
import { Id } from "@/kit/copy";
import { Fact, Facts } from "@/kit/layout";
import { Meter } from "@/kit/meter";
import { Moment } from "@/kit/moment";
import { Money } from "@/kit/money";
import { Shape, State } from "@/kit/state";
import { Card, Chapter } from "@/kit/timeline";
import { capital, sentenceCase, words } from "@/kit/words";
import { assetOf, causeOf, isOpen, meaningOf, running, thresholdOf } from "@/settlement/escrows/states";
import type { Criterion, EscrowView, VerificationView } from "@/wire/settlement";

interface Names {
  buyer: string;
  seller: string;
}

/** The price, held until the work is checked: every state with its time, and the deadline that runs. */
export function EscrowChapter({ escrow, names }: { escrow: EscrowView; names: Names }) {
  const deadline = running(escrow);
  return (
    <Chapter
      title="Escrow"
      meaning={meaningOf(escrow.status)}
      at={escrow.created_at}
      aside={<State word={sentenceCase(escrow.status)} meaning={meaningOf(escrow.status)} />}
    >
      <Card>
        <Facts>
          <Fact name={isOpen(escrow) ? "Held" : "Price"}>
            <Money amount={escrow.amount_usdc} asset={assetOf(escrow)} />
          </Fact>
          <Fact name="From">{capital(names.buyer)}</Fact>
          <Fact name="For">{capital(names.seller)}</Fact>
          <Fact name="Work">{escrow.title}</Fact>
          <Fact name="Pays at">a score of {thresholdOf(escrow)} of 100</Fact>
          {deadline !== null && (
            <Fact name="Deadline">
              <Moment at={deadline.at} />; then {deadline.after}
            </Fact>
          )}
          <Fact name="Escrow">
            <Id value={escrow.escrow_id} what="the escrow's id" />
          </Fact>
        </Facts>
        <ol aria-label="What happened to the escrow" className="flex flex-col gap-1 border-t pt-3 text-small">
          {escrow.negotiation_history.map((step) => (
            <li key={step.timestamp + step.action} className="flex flex-wrap gap-x-3">
              <span className="font-medium">{sentenceCase(step.action)}</span>
              <span className="min-w-0 flex-1 break-words text-muted">
                by {words(step.actor)}
                {step.message !== "" && `: ${step.message}`}
              </span>
              <span className="text-muted">
                <Moment at={step.timestamp} />
              </span>
            </li>
          ))}
        </ol>
      </Card>
    </Chapter>
  );
}

/** How the delivered work was checked, and what was seen. */
export function CheckChapter({ verification, threshold }: { verification: VerificationView; threshold: number }) {
  const { results } = verification;
  if (results === null) return <Unscored verification={verification} />;
  const passed = results.overall_score >= threshold;
  return (
    <Chapter
      title={passed ? "Checked by running it" : "Checked, and below the score"}
      meaning={passed ? "good" : "attention"}
      aside={
        <Meter share={results.overall_score / 100} goal={threshold / 100} label={`score, ${threshold} % needed`} />
      }
    >
      <Card>
        <p className="break-words whitespace-pre-wrap">{results.detailed_feedback}</p>
        <ul aria-label="Criteria" className="flex flex-col gap-3 border-t pt-3">
          {Object.entries(results.criteria_scores).map(([name, criterion]) => (
            <li key={name} className="flex flex-col gap-2">
              <CriterionLine name={name} criterion={criterion} />
            </li>
          ))}
        </ul>
      </Card>
    </Chapter>
  );
}

function CriterionLine({ name, criterion }: { name: string; criterion: Criterion }) {
  const { score, weight, reasoning, evidence } = criterion;
  return (
    <>
      <p className="flex gap-2 text-small">
        <span className="pt-0.5">
          <Shape meaning={score === 100 ? "good" : "attention"} size={14} />
        </span>
        <span className="min-w-0 break-words">
          <span className="font-medium">{name}</span>: {reasoning}{" "}
          <span className="text-muted">
            ({score} of 100, weight {weight})
          </span>
        </span>
      </p>
      {evidence !== "" && <Code text={evidence} what={`what the program wrote for ${name}`} />}
    </>
  );
}

function Unscored({ verification }: { verification: VerificationView }) {
  if (verification.status !== "failed") {
    return (
      <Chapter title="Being checked" meaning="information">
        <p className="text-muted">The delivered program is being run in a closed room.</p>
      </Chapter>
    );
  }
  return (
    <Chapter title="Not checked by running" meaning="attention">
      <p>The buyer reviews the work instead{verification.reason !== null && `: ${words(verification.reason)}`}.</p>
    </Chapter>
  );
}

/** Where the money went in the end. */
export function PaymentChapter({ escrow, names }: { escrow: EscrowView; names: Names }) {
  const asset = assetOf(escrow);
  const paid = escrow.payout_usdc !== null;
  return (
    <Chapter title={paid ? "Paid" : "Refunded"} meaning={paid ? "good" : "over"} at={escrow.completed_at}>
      <Card>
        <p>
          <Money amount={escrow.payout_usdc ?? escrow.amount_usdc} asset={asset} />{" "}
          {paid ? `released to ${names.seller} ${causeOf(escrow)}`.trim() : `returned to ${names.buyer}`}.
        </p>
        <Facts>
          {paid && (
            <Fact name={escrow.session_id === null ? "Fee" : "Commission"}>
              <Money amount={escrow.seller_fee_usdc} asset={asset} />
            </Fact>
          )}
          <Fact name="Hold">
            <Id value={escrow.payment_tx_hash} what="the hold's id" />
          </Fact>
        </Facts>
      </Card>
    </Chapter>
  );
}
