import { Money } from "@/kit/money";
import { Card, Chapter } from "@/kit/timeline";
import type { ContributionView } from "@/wire/assist";

/** What the help was worth in ETHIK, and who got which part of it. */
export function RewardChapter({ contribution }: { contribution: ContributionView }) {
  const { asset, amount, expert, maintenance, governance } = contribution;
  const parts = [
    ["Expert", "70 %", expert],
    ["Maintenance", "20 %", maintenance],
    ["Governance", "10 %", governance],
  ] as const;
  return (
    <Chapter
      title="Contribution valued"
      meaning="good"
      at={contribution.valuedAt}
      aside={<Money amount={amount} asset={asset} />}
    >
      <Card>
        <table className="w-full text-small">
          <caption className="sr-only">How the contribution was shared out</caption>
          <tbody className="divide-y">
            {parts.map(([who, share, part]) => (
              <tr key={who}>
                <th scope="row" className="py-1 text-left font-normal">
                  {who} <span className="text-muted">{share}</span>
                </th>
                <td className="py-1 text-right">
                  <Money amount={part} asset={asset} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="text-small text-muted">Valued by formula {contribution.formula}, which is kept as data.</p>
      </Card>
    </Chapter>
  );
}
