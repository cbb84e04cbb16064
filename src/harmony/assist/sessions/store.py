"""Sessions' SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.sessions.model import ChatMessage, Session, SessionState, Share

_COLUMNS = """
id, request_id, offer_id, context_id, seeker_id, expert_id, profile_id, space_id, trace, state, response_seconds,
rating, publication_consented, messages, opened_at, ended_at
"""
_ADD = f"""
INSERT INTO help_sessions ({_COLUMNS})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
"""
_SESSION = f"SELECT {_COLUMNS} FROM help_sessions WHERE id = $1"
_LOCK = f"SELECT {_COLUMNS} FROM help_sessions WHERE id = $1 FOR UPDATE"
_SESSIONS = f"""
SELECT {_COLUMNS} FROM help_sessions
WHERE (seeker_id = $1 OR expert_id = $1) AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
"""
_END = """
UPDATE help_sessions SET state = $2, rating = $3, publication_consented = $4, ended_at = $5 WHERE id = $1
"""
# The session's counter gives the position: no two messages share one, none is skipped.
_NEXT_POSITION = "UPDATE help_sessions SET messages = messages + 1 WHERE id = $1 RETURNING messages"
_MESSAGE_COLUMNS = "session_id, position, id, author_id, body, hidden, sent_at"
_ADD_MESSAGE = f"INSERT INTO session_messages ({_MESSAGE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)"
_MESSAGES = f"""
SELECT {_MESSAGE_COLUMNS} FROM session_messages WHERE session_id = $1 AND position > $2 ORDER BY position LIMIT $3
"""
_SHARE_COLUMNS = "id, session_id, scope, content, granted_at, expires_at, revoked_at"
_ADD_SHARE = f"INSERT INTO session_shares ({_SHARE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)"
_SHARE = f"SELECT {_SHARE_COLUMNS} FROM session_shares WHERE id = $1 AND session_id = $2"
_SHARES = f"SELECT {_SHARE_COLUMNS} FROM session_shares WHERE session_id = $1 ORDER BY id DESC LIMIT $2"
_REVOKE = """
UPDATE session_shares SET revoked_at = coalesce(revoked_at, $2), content = NULL WHERE id = $1
"""
# What has expired is wiped, whoever might still ask for it.
_WIPE = """
UPDATE session_shares SET content = NULL WHERE id IN (
    SELECT id FROM session_shares WHERE content IS NOT NULL AND expires_at <= $1
    ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
"""


async def add(uow: UnitOfWork, session: Session) -> None:
    await uow.connection.execute(
        _ADD,
        session.id,
        session.request_id,
        session.offer_id,
        session.context_id,
        session.seeker_id,
        session.expert_id,
        session.profile_id,
        session.space_id,
        session.trace,
        session.state,
        session.response_seconds,
        session.rating,
        session.publication_consented,
        session.messages,
        session.opened_at,
        session.ended_at,
    )


async def session(connection: Connection, session_id: str) -> Session | None:
    row = await connection.fetchrow(_SESSION, session_id)
    return None if row is None else Session(**row)


async def lock(uow: UnitOfWork, session_id: str) -> Session | None:
    row = await uow.connection.fetchrow(_LOCK, session_id)
    return None if row is None else Session(**row)


async def sessions(connection: Connection, principal_id: str, before: str | None, limit: int) -> list[Session]:
    return [Session(**row) for row in await connection.fetch(_SESSIONS, principal_id, before, limit)]


async def end(uow: UnitOfWork, session_id: str, state: SessionState, rating: int | None, consented: bool) -> None:
    await uow.connection.execute(_END, session_id, state, rating, consented, uow.now)


async def next_position(uow: UnitOfWork, session_id: str) -> int:
    return int(await uow.connection.fetchval(_NEXT_POSITION, session_id))


async def add_message(uow: UnitOfWork, message: ChatMessage) -> None:
    await uow.connection.execute(
        _ADD_MESSAGE,
        message.session_id,
        message.position,
        message.id,
        message.author_id,
        message.body,
        message.hidden,
        message.sent_at,
    )


async def messages(connection: Connection, session_id: str, after: int, limit: int) -> list[ChatMessage]:
    return [ChatMessage(**row) for row in await connection.fetch(_MESSAGES, session_id, after, limit)]


async def add_share(uow: UnitOfWork, share: Share) -> None:
    await uow.connection.execute(
        _ADD_SHARE,
        share.id,
        share.session_id,
        list(share.scope),
        share.content,
        share.granted_at,
        share.expires_at,
        share.revoked_at,
    )


async def share(connection: Connection, session_id: str, share_id: str) -> Share | None:
    row = await connection.fetchrow(_SHARE, share_id, session_id)
    return None if row is None else _share(row)


async def shares(connection: Connection, session_id: str, limit: int) -> list[Share]:
    return [_share(row) for row in await connection.fetch(_SHARES, session_id, limit)]


async def revoke(uow: UnitOfWork, share_id: str) -> None:
    await uow.connection.execute(_REVOKE, share_id, uow.now)


async def wipe(uow: UnitOfWork, now: datetime, limit: int) -> int:
    """How many were wiped."""
    status = await uow.connection.execute(_WIPE, now, limit)
    return int(status.split()[-1])


def _share(row: Any) -> Share:
    return Share(
        id=row["id"],
        session_id=row["session_id"],
        scope=tuple(row["scope"]),
        content=row["content"],
        granted_at=row["granted_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
    )
