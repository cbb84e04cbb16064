"""The nouns of sessions, their states and moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from harmony.assist.problems.model import ProblemContext

SessionState = Literal["open", "resolved", "abandoned"]
Scope = Literal["error", "evidence", "environment", "command", "log", "snippet"]

SESSION_STATES: tuple[SessionState, ...] = ("open", "resolved", "abandoned")
SESSION_MOVES: frozenset[tuple[SessionState, SessionState]] = frozenset({("open", "resolved"), ("open", "abandoned")})

MESSAGE_LIMIT_BYTES = 8 * 1024
MESSAGES_LIMIT_ITEMS = 10_000
RECENT_MESSAGES_ITEMS = 50
SNIPPET_LIMIT_CHARS = 32_000
SHARES_SHOWN_ITEMS = 100
SHARE_LIFE_LIMIT_MINUTES = 7 * 24 * 60
SHARE_LIFE_DEFAULT_MINUTES = 24 * 60
WIPE_BATCH_ITEMS = 100
RATINGS = (1, 5)


@dataclass(frozen=True, slots=True)
class Session:
    """``expert_id`` is the expert's principal, ``profile_id`` their profile."""

    id: str
    request_id: str
    offer_id: str
    context_id: str
    seeker_id: str
    expert_id: str
    profile_id: str
    space_id: str | None
    trace: str
    state: SessionState
    response_seconds: int
    rating: int | None
    publication_consented: bool
    messages: int
    opened_at: datetime
    ended_at: datetime | None

    @property
    def parties(self) -> tuple[str, str]:
        return self.seeker_id, self.expert_id


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """``hidden`` counts what redaction took out."""

    session_id: str
    position: int
    id: str
    author_id: str
    body: str
    hidden: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """What the seeker consented to show; ``content`` is None once it is over and wiped."""

    id: str
    session_id: str
    scope: tuple[Scope, ...]
    content: Mapping[str, Any] | None
    granted_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def may_move(before: SessionState, after: SessionState) -> bool:
    return (before, after) in SESSION_MOVES


def is_over(share: Share, now: datetime) -> bool:
    """At its very instant of expiry a share is over."""
    return share.revoked_at is not None or now >= share.expires_at


def shared_content(context: ProblemContext, scope: tuple[Scope, ...], snippet: str) -> dict[str, Any]:
    """Exactly what is named, and nothing else of the context."""
    parts: dict[Scope, Any] = {
        "error": {"errorType": context.error_type, "message": context.error_message},
        "evidence": [asdict(item) for item in context.judgement.evidence],
        "environment": {"os": context.environment.os, "previousEnvironment": context.environment.previous_environment},
        "command": {"command": context.command, "exitCode": context.exit_code},
        "log": context.log,
        "snippet": snippet,
    }
    return {name: parts[name] for name in scope}
