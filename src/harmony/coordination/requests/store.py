"""The SQL of requests."""

from __future__ import annotations

from datetime import datetime

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.coordination.requests.model import Kept, Reply

_OPEN = """
INSERT INTO component_requests (principal, key, id, body_hash, state, created_at, deadline_at)
VALUES ($1, $2, $3, $4, 'open', $5, $6) ON CONFLICT (principal, key) DO NOTHING RETURNING true
"""
_FIND = """
SELECT id, body_hash, component_id, state, status, reply, deadline_at FROM component_requests
WHERE principal = $1 AND key = $2 FOR UPDATE
"""
_SENT = "UPDATE component_requests SET state = 'sent', component_id = $2 WHERE id = $1 AND state <> 'answered'"
_REOPEN = "UPDATE component_requests SET state = 'open', component_id = NULL WHERE id = $1 AND state <> 'answered'"
_ANSWER = "UPDATE component_requests SET state = 'answered', status = $2, reply = $3 WHERE id = $1"
_SET_DEADLINE = "UPDATE component_requests SET deadline_at = $2 WHERE id = $1"
_PRUNE = "DELETE FROM component_requests WHERE created_at < $1"


async def open_request(uow: UnitOfWork, key: str, request_id: str, body_hash: bytes, deadline: datetime) -> bool:
    """Whether the caller's key was new."""
    return bool(await uow.connection.fetchval(_OPEN, uow.actor, key, request_id, body_hash, uow.now, deadline))


async def find(uow: UnitOfWork, key: str) -> Kept | None:
    row = await uow.connection.fetchrow(_FIND, uow.actor, key)
    return None if row is None else Kept(**dict(row))


async def sent(uow: UnitOfWork, request_id: str, component_id: str) -> None:
    """It is about to go to this component, and may arrive from now on."""
    await uow.connection.execute(_SENT, request_id, component_id)


async def reopen(uow: UnitOfWork, request_id: str) -> None:
    """It certainly did not arrive."""
    await uow.connection.execute(_REOPEN, request_id)


async def answer(uow: UnitOfWork, request_id: str, reply: Reply) -> None:
    await uow.connection.execute(_ANSWER, request_id, reply.status, reply.body)


async def set_deadline(uow: UnitOfWork, request_id: str, deadline: datetime) -> None:
    """Until when an attempt may be under way."""
    await uow.connection.execute(_SET_DEADLINE, request_id, deadline)


async def prune(uow: UnitOfWork, before: datetime) -> None:
    await uow.connection.execute(_PRUNE, before)
