import { Fact, Facts } from "@/kit/layout";
import { Money } from "@/kit/money";
import { State } from "@/kit/state";
import { Card, Chapter } from "@/kit/timeline";
import { sentenceCase } from "@/kit/words";
import type { ContributionView } from "@/wire/assist";

const PARTS = ["expert", "maintenance", "governance"] as const;

/** What the help was worth, by which formula, and who got which part of it. */
export function RewardChapter({ contribution }: { contribution: ContributionView }) {
  const { asset, value, shares } = contribution;
  const distributed = contribution.distributedAt !== null;
  return (
    <Chapter
      title="Contribution valued"
      meaning={distributed ? "good" : "information"}
      at={contribution.distributedAt ?? contribution.valuedAt}
      aside={
        <State word={distributed ? "Distributed" : "To be distributed"} meaning={distributed ? "good" : "waiting"} />
      }
    >
      <Card>
        <table className="w-full max-w-md text-small">
          <caption className="sr-only">How the contribution was shared out</caption>
          <tbody className="divide-y">
            {PARTS.map((part) => (
              <tr key={part}>
                <th scope="row" className="py-1 text-left font-normal">
                  {sentenceCase(part)}
                </th>
                <td className="py-1 text-right">
                  <Money amount={shares[part] ?? "–"} asset={asset} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t border-line-strong">
              <th scope="row" className="py-1 text-left font-medium">
                Whole
              </th>
              <td className="py-1 text-right">
                <Money amount={value} asset={asset} />
              </td>
            </tr>
          </tfoot>
        </table>
        <Why contribution={contribution} />
      </Card>
    </Chapter>
  );
}

function Why({ contribution }: { contribution: ContributionView }) {
  const { base, asset, complexity, score, rating, qualityFactor, responseFactor, capped } = contribution;
  const rated = rating === null ? "not rated" : `rated ${rating} of 5`;
  return (
    <div className="border-t pt-3">
      <Facts>
        <Fact name="Base">
          <Money amount={base} asset={asset} /> for {complexity} complexity
        </Fact>
        <Fact name="Quality">
          × {qualityFactor} for a score of {score} of 100, {rated}
        </Fact>
        <Fact name="Response">
          × {responseFactor}
          {capped && ", held to the formula's limit"}
        </Fact>
        <Fact name="Reputation">{contribution.reputationPoints} points, which are never money</Fact>
        <Fact name="Formula">version {contribution.formula}</Fact>
      </Facts>
    </div>
  );
}
