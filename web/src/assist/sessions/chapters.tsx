import { EyeOff, ShieldCheck } from "lucide-react";
import { Moment } from "@/kit/moment";
import { type Meaning, State } from "@/kit/state";
import { Chapter } from "@/kit/timeline";
import { capital, count, sentenceCase, words } from "@/kit/words";
import type { MessageView, SessionView, ShareItem } from "@/wire/assist";

const MEANINGS: Record<string, Meaning> = { open: "information", resolved: "good", abandoned: "attention" };

interface Names {
  seeker: string;
  expert: string;
}

/** What seeker and expert told and showed one another, in the order in which they did. */
export function SessionChapter({ session, names }: { session: SessionView; names: Names }) {
  const said = [
    ...session.messages.map((message) => ({ at: message.sentAt, message, share: null })),
    ...session.shares.map((share) => ({ at: share.grantedAt, message: null, share })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <Chapter
      title="Session"
      meaning={MEANINGS[session.state] ?? "information"}
      at={session.openedAt}
      aside={<State word={sentenceCase(session.state)} meaning={MEANINGS[session.state] ?? "information"} />}
    >
      {session.messageCount > session.messages.length && (
        <p className="text-small text-muted">
          The newest {session.messages.length} of {session.messageCount} messages.
        </p>
      )}
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
        <span className="font-medium text-ink">{capital(bySeeker ? names.seeker : names.expert)}</span>
        <span>{bySeeker ? "seeker" : "expert"}</span>
        <span className="ml-auto">
          <Moment at={message.sentAt} />
        </span>
      </p>
      <p className="break-words whitespace-pre-wrap">{message.body}</p>
      {message.hidden > 0 && (
        <p className="text-small text-muted">{count(message.hidden, "private detail")} taken out before it was kept.</p>
      )}
    </div>
  );
}

function Share({ share }: { share: ShareItem }) {
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
    </div>
  );
}
