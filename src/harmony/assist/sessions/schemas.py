"""The wire shapes of sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from harmony.assist.sessions.model import (
    MESSAGE_LIMIT_BYTES,
    RATINGS,
    SHARE_LIFE_DEFAULT_MINUTES,
    SHARE_LIFE_LIMIT_MINUTES,
    SNIPPET_LIMIT_CHARS,
    ChatMessage,
    Scope,
    Session,
    SessionState,
    Share,
)
from harmony.assist.wire import Wire, storable

SCOPES_LIMIT_ITEMS = 6

Body = Annotated[
    str,
    Field(min_length=1, max_length=MESSAGE_LIMIT_BYTES, description="at most 8 kB of UTF-8"),
    AfterValidator(storable),
]
Snippet = Annotated[str, Field(max_length=SNIPPET_LIMIT_CHARS), AfterValidator(storable)]


class Say(Wire):
    body: Body


class GrantShare(Wire):
    """The seeker's consent: what is shown, and for how long."""

    scope: tuple[Scope, ...] = Field(min_length=1, max_length=SCOPES_LIMIT_ITEMS)
    expires_in_minutes: int = Field(default=SHARE_LIFE_DEFAULT_MINUTES, ge=1, le=SHARE_LIFE_LIMIT_MINUTES)
    snippet: Snippet = ""

    @property
    def life(self) -> timedelta:
        return timedelta(minutes=self.expires_in_minutes)


class Resolve(Wire):
    rating: int = Field(ge=RATINGS[0], le=RATINGS[1])
    consent_to_publish: bool = False


class MessageView(Wire):
    """``hidden`` counts what redaction took out of it."""

    message_id: str
    position: int
    author_id: str
    body: str
    hidden: int
    sent_at: datetime

    @classmethod
    def of(cls, message: ChatMessage) -> MessageView:
        return cls(
            message_id=message.id,
            position=message.position,
            author_id=message.author_id,
            body=message.body,
            hidden=message.hidden,
            sent_at=message.sent_at,
        )


class MessageList(Wire):
    """``after`` goes on from here."""

    items: list[MessageView]
    after: int


class ShareItem(Wire):
    share_id: str
    scope: list[Scope]
    granted_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @classmethod
    def facts(cls, share: Share) -> dict[str, Any]:
        return {
            "share_id": share.id,
            "scope": list(share.scope),
            "granted_at": share.granted_at,
            "expires_at": share.expires_at,
            "revoked_at": share.revoked_at,
        }

    @classmethod
    def of(cls, share: Share) -> ShareItem:
        return cls(**cls.facts(share))


class ShareView(ShareItem):
    """``content`` holds one member for each named scope."""

    content: dict[str, Any]

    @classmethod
    def whole(cls, share: Share) -> ShareView:
        return cls(**cls.facts(share), content=dict(share.content or {}))


class SessionItem(Wire):
    session_id: str
    request_id: str
    context_id: str
    seeker_id: str
    expert_id: str
    expert_user_id: str
    space_id: str | None
    trace_id: str
    state: SessionState
    rating: int | None
    message_count: int
    opened_at: datetime
    ended_at: datetime | None

    @classmethod
    def facts(cls, session: Session) -> dict[str, Any]:
        return {
            "session_id": session.id,
            "request_id": session.request_id,
            "context_id": session.context_id,
            "seeker_id": session.seeker_id,
            "expert_id": session.profile_id,
            "expert_user_id": session.expert_id,
            "space_id": session.space_id,
            "trace_id": session.trace,
            "state": session.state,
            "rating": session.rating,
            "message_count": session.messages,
            "opened_at": session.opened_at,
            "ended_at": session.ended_at,
        }

    @classmethod
    def of(cls, session: Session) -> SessionItem:
        return cls(**cls.facts(session))


class SessionView(SessionItem):
    """With its newest messages, oldest first, and its newest shares, newest first."""

    messages: list[MessageView]
    shares: list[ShareItem]

    @classmethod
    def whole(cls, session: Session, messages: list[ChatMessage], shares: list[Share]) -> SessionView:
        return cls(
            **cls.facts(session),
            messages=[MessageView.of(message) for message in messages],
            shares=[ShareItem.of(share) for share in shares],
        )


class SessionList(Wire):
    items: list[SessionItem]
    next_cursor: str | None
