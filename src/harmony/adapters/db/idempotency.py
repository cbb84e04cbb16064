"""Idempotency keys: one key has one effect and one answer, kept in the transaction that had the effect.

The key's row is inserted first, so a twin in flight waits on it: it then finds the finished answer, or, when the
first attempt was rolled back, does the work itself.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg

from harmony.adapters.db.errors import KeyInvalid, KeyReused, TwinInFlight
from harmony.adapters.db.unit_of_work import UnitOfWork

KEPT_HOURS = 24
_FORM = re.compile(r"[\x21-\x7e]{1,200}\Z")

_CLAIM = """
INSERT INTO idempotency_keys (principal, route, key, body_hash, claimed_at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (principal, route, key) DO NOTHING RETURNING true
"""
_FORGET_OLD = "DELETE FROM idempotency_keys WHERE principal = $1 AND route = $2 AND key = $3 AND claimed_at < $4"
_FIND = "SELECT body_hash, status, answer FROM idempotency_keys WHERE principal = $1 AND route = $2 AND key = $3"
_STORE = "UPDATE idempotency_keys SET status = $4, answer = $5 WHERE principal = $1 AND route = $2 AND key = $3"
_PRUNE = "DELETE FROM idempotency_keys WHERE claimed_at < $1"


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose key it is: the scope is the principal and the route."""

    principal: str
    route: str
    key: str

    def __post_init__(self) -> None:
        if not _FORM.match(self.key):
            raise KeyInvalid("the Idempotency-Key cannot be used", field="Idempotency-Key")


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer: HTTP status and JSON body."""

    status: int
    body: Any


async def claim(uow: UnitOfWork, claim: Claim, body: bytes) -> Answer | None:
    """Take the key for this transaction; the earlier answer when the key has been used with the same body.

    Raises ``KeyReused`` for another body and ``TwinInFlight`` when a twin holds the key too long.
    """
    body_hash = hashlib.sha256(body).digest()
    scope = (claim.principal, claim.route, claim.key)
    try:
        await uow.connection.execute(_FORGET_OLD, *scope, uow.now - timedelta(hours=KEPT_HOURS))
        if await uow.connection.fetchval(_CLAIM, *scope, body_hash, uow.now):
            return None
    except asyncpg.LockNotAvailableError as error:
        raise TwinInFlight("a request with this Idempotency-Key is in flight") from error
    row = await uow.connection.fetchrow(_FIND, *scope)
    if row is None or row["status"] is None:
        raise TwinInFlight("a request with this Idempotency-Key is in flight")
    if row["body_hash"] != body_hash:
        raise KeyReused("this Idempotency-Key was used with another body", field="Idempotency-Key")
    return Answer(row["status"], row["answer"])


async def store(uow: UnitOfWork, claim: Claim, answer: Answer) -> None:
    """Keep the answer beside its effect; both commit together."""
    await uow.connection.execute(_STORE, claim.principal, claim.route, claim.key, answer.status, answer.body)


async def prune(uow: UnitOfWork) -> None:
    """Forget keys older than ``KEPT_HOURS``."""
    await uow.connection.execute(_PRUNE, uow.now - timedelta(hours=KEPT_HOURS))
