import { EyeOff, ShieldCheck } from "lucide-react";
import { Code } from "@/kit/code";
import { Moment } from "@/kit/moment";
import { type Meaning, State } from "@/kit/state";
import { Chapter } from "@/kit/timeline";
import { sentenceCase, words } from "@/kit/words";
import type { MessageView, SessionView, ShareView } from "@/wire/assist";

const MEANINGS: Record<string, Meaning> = { open: "information", resolved: "good", abandoned: "attention" };

interface Names {
  seeker: string;
  expert: string;
}

/** What seeker and expert told and showed one another, in the order in which they did. */
export function SessionChapter({ session, names }: { session: SessionView; names: Names }) {
  const said = [
    ...session.messages.map((message) => ({ at: message.createdAt, message, share: null })),
    ...session.shares.map((share) => ({ at: share.createdAt, message: null, share })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <Chapter
      title="Session"
      meaning={MEANINGS[session.status] ?? "information"}
      at={session.openedAt}
      aside={<State word={sentenceCase(session.status)} meaning={MEANINGS[session.status] ?? "information"} />}
    >
      {said.length === 0 && <p className="text-muted">Nobody has written yet.</p>}
      <ul className="flex flex-col gap-3">
        {said.map(({ message, share }) => (
          <li key={message?.messageId ?? share?.shareId}>
            {message !== null && <Message message={message} session={session} names={names} />}
            {share !== null && <Share share={share} />}
          </li>
        ))}
      </ul>
      {session.rating !== null && (
        <p className="text-small text-muted">The seeker rated the help {session.rating} of 5.</p>
      )}
    </Chapter>
  );
}

function Message({ message, session, names }: { message: MessageView; session: SessionView; names: Names }) {
  const bySeeker = message.authorId === session.seekerId;
  return (
    <div
      className={`flex max-w-[64ch] flex-col gap-1 rounded-l border px-4 py-3 ${bySeeker ? "bg-surface" : "bg-accent-soft"}`}
    >
      <p className="flex flex-wrap gap-x-2 text-small text-muted">
        <span className="font-medium text-ink">{bySeeker ? names.seeker : names.expert}</span>
        <span>{bySeeker ? "seeker" : "expert"}</span>
        <span className="ml-auto">
          <Moment at={message.createdAt} />
        </span>
      </p>
      <p className="break-words whitespace-pre-wrap">{message.text}</p>
    </div>
  );
}

function Share({ share }: { share: ShareView }) {
  const revoked = share.revokedAt !== null;
  const Icon = revoked ? EyeOff : ShieldCheck;
  return (
    <div className="flex flex-col gap-2 rounded-l border border-dashed p-4">
      <p className="flex flex-wrap items-center gap-2 text-small">
        <Icon aria-hidden size={16} className="text-muted" />
        <span className="font-medium">Context shared by consent</span>
        <span className="text-muted">{share.scope.map(words).join(", ")}, redacted</span>
        <span className="ml-auto text-muted">
          {revoked ? (
            <Moment at={share.revokedAt ?? ""} prefix="revoked " />
          ) : (
            <Moment at={share.expiresAt} prefix="ends " />
          )}
        </span>
      </p>
      {!revoked && share.content !== "" && <Code text={share.content} what="shared context" />}
    </div>
  );
}
