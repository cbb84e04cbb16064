import { ArticleBody } from "@/assist/knowledge/chapters";
import { useArticle } from "@/assist/knowledge/queries";
import { EvidenceLines } from "@/assist/problems/evidence";
import { Meter } from "@/kit/meter";
import { Card, Chapter } from "@/kit/timeline";
import { count, sentenceCase, words } from "@/kit/words";
import type { KnownSolution, ProblemView } from "@/wire/assist";

/** What failed, as what it was classed, how sure Harmony is, and the lines that say so. */
export function ProblemChapter({ problem }: { problem: ProblemView }) {
  const { classification, evidence } = problem;
  return (
    <Chapter
      title="Problem detected"
      meaning={problem.problemDetected ? "good" : "attention"}
      at={problem.createdAt}
      aside={<Meter share={problem.confidenceScore} label="sure" />}
    >
      <p>
        <span className="font-medium">{sentenceCase(classification.category)}</span>
        {classification.subcategory !== "" && `, ${words(classification.subcategory)}`}
        <span className="text-muted">
          {" "}
          · {classification.complexity} complexity · {classification.urgency} urgency
          {problem.occurrences > 1 && ` · seen ${problem.occurrences} times`}
        </span>
      </p>
      {problem.command !== null && (
        <p className="text-small text-muted">
          <code className="font-mono break-words text-ink">{problem.command}</code>
          {problem.exitCode !== null && ` ended with code ${problem.exitCode}`}
        </p>
      )}
      {evidence.length === 0 ? (
        <p className="text-muted">No line of the report speaks for any known class.</p>
      ) : (
        <EvidenceLines evidence={evidence}>
          {count(evidence.length, "line")} of evidence. What was private was taken out before it was sent.
        </EvidenceLines>
      )}
    </Chapter>
  );
}

/** What is known already, looked for before anybody is asked. */
export function KnownChapter({ known }: { known: readonly KnownSolution[] }) {
  if (known.length === 0) {
    return (
      <Chapter title="No known solution" meaning="over">
        <p className="text-muted">Nothing that is remembered answers this, so somebody has to be asked.</p>
      </Chapter>
    );
  }
  return (
    <Chapter title="Known solutions" meaning="good">
      {known.map((solution) => (
        <Known key={solution.articleId} solution={solution} />
      ))}
    </Chapter>
  );
}

function Known({ solution }: { solution: KnownSolution }) {
  const exact = solution.matchedBy === "fingerprint";
  const article = useArticle(solution.articleId);
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">{solution.title}</h3>
        <Meter share={solution.relevanceScore} label="relevant" />
      </div>
      <p className="text-small text-muted">
        {exact ? "It answered exactly this failure before." : "Its text is close to this failure."}
      </p>
      {article.isLoading && <div aria-busy="true" className="skeleton h-24 w-full" />}
      {article.data !== undefined && <ArticleBody article={article.data} />}
    </Card>
  );
}
