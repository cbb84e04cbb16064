import { Code } from "@/kit/code";
import { Id } from "@/kit/copy";
import { State } from "@/kit/state";
import { Card, Chapter } from "@/kit/timeline";
import { sentenceCase } from "@/kit/words";
import type { ArticleView } from "@/wire/assist";

/** The solution as it is remembered. */
export function ArticleChapter({ article }: { article: ArticleView }) {
  const approved = article.status === "approved";
  return (
    <Chapter
      title={approved ? "Remembered" : "Being written down"}
      meaning={approved ? "good" : "information"}
      at={article.approvedAt ?? article.createdAt}
      aside={<State word={sentenceCase(article.status)} meaning={approved ? "good" : "information"} />}
    >
      <Card>
        <div className="flex flex-wrap items-baseline justify-between gap-2">
          <h3 className="font-semibold">{article.title}</h3>
          <Id value={article.articleId} what="the article's id" />
        </div>
        <ArticleBody article={article} />
      </Card>
    </Chapter>
  );
}

/** What an article says, without its title. */
export function ArticleBody({ article }: { article: ArticleView }) {
  return (
    <>
      <Part name="Problem" text={article.problem} />
      <Part name="Cause" text={article.cause} />
      {article.steps.length > 0 && (
        <div>
          <h4 className="text-small text-muted">Steps</h4>
          <ol className="max-w-[72ch] list-decimal pl-5">
            {article.steps.map((step) => (
              <li key={step} className="break-words">
                {step}
              </li>
            ))}
          </ol>
        </div>
      )}
      {article.code !== "" && <Code text={article.code} what="the article's code" />}
      <Part name="Checked by" text={article.verification} />
    </>
  );
}

function Part({ name, text }: { name: string; text: string }) {
  if (text === "") return null;
  return (
    <div>
      <h4 className="text-small text-muted">{name}</h4>
      <p className="max-w-[72ch] break-words whitespace-pre-wrap">{text}</p>
    </div>
  );
}
