"""Identity's SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.identity.model import ApiToken, Principal

_ADD_PRINCIPAL = """
INSERT INTO principals (id, kind, name, roles, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO NOTHING RETURNING true
"""
_PRINCIPAL = "SELECT id, kind, name, roles FROM principals WHERE id = $1 AND disabled_at IS NULL"
_PRINCIPALS = "SELECT id, kind, name, roles FROM principals WHERE id > $1 AND disabled_at IS NULL ORDER BY id LIMIT $2"
_ADD_TOKEN = """
INSERT INTO api_tokens (id, principal_id, label, secret_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
"""
_TOKENS = """
SELECT id, principal_id, label, created_at, expires_at, revoked_at FROM api_tokens
WHERE ($1::text IS NULL OR principal_id = $1) ORDER BY created_at DESC LIMIT $2
"""
# The principal's row is locked, so that two that are made at once are counted.
_LOCK_PRINCIPAL = "SELECT 1 FROM principals WHERE id = $1 FOR UPDATE"
_LIVE_TOKENS = """
SELECT count(*) FROM api_tokens WHERE principal_id = $1 AND revoked_at IS NULL AND expires_at > $2
"""
_REVOKE_TOKEN = """
UPDATE api_tokens SET revoked_at = coalesce(revoked_at, $3)
WHERE id = $1 AND ($2::text IS NULL OR principal_id = $2) RETURNING principal_id
"""
_BY_TOKEN = """
SELECT p.id, p.kind, p.name, p.roles FROM api_tokens t JOIN principals p ON p.id = t.principal_id
WHERE t.secret_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 AND p.disabled_at IS NULL
"""
_ADD_LINK = "INSERT INTO sign_in_links (secret_hash, principal_id, created_at, expires_at) VALUES ($1, $2, $3, $4)"
# The update takes the row: of two that present the same link one finds it used.
_USE_LINK = """
UPDATE sign_in_links SET used_at = $2
WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING principal_id
"""
_ADD_BROWSER = (
    "INSERT INTO browser_sessions (secret_hash, principal_id, created_at, expires_at) VALUES ($1, $2, $3, $4)"
)
_BY_BROWSER = """
SELECT p.id, p.kind, p.name, p.roles FROM browser_sessions b JOIN principals p ON p.id = b.principal_id
WHERE b.secret_hash = $1 AND b.ended_at IS NULL AND b.expires_at > $2 AND p.disabled_at IS NULL
"""
_END_BROWSER = "UPDATE browser_sessions SET ended_at = $2 WHERE secret_hash = $1 AND ended_at IS NULL"
_SIGNING_KEYS = "SELECT id, secret FROM signing_keys ORDER BY created_at DESC, id"
_ADD_SIGNING_KEY = "INSERT INTO signing_keys (id, secret, created_at) VALUES ($1, $2, $3)"
_FORGET = """
WITH links AS (DELETE FROM sign_in_links WHERE expires_at < $1)
DELETE FROM browser_sessions WHERE expires_at < $1
"""


async def add_principal(uow: UnitOfWork, principal: Principal) -> bool:
    """False when the id is taken."""
    added = await uow.connection.fetchval(
        _ADD_PRINCIPAL, principal.id, principal.kind, principal.name, list(principal.roles), uow.now
    )
    return bool(added)


async def principal(connection: Connection, principal_id: str) -> Principal | None:
    return _principal(await connection.fetchrow(_PRINCIPAL, principal_id))


async def principals(connection: Connection, after: str, limit: int) -> list[Principal]:
    rows = await connection.fetch(_PRINCIPALS, after, limit)
    return [found for row in rows if (found := _principal(row)) is not None]


async def add_token(uow: UnitOfWork, token: ApiToken, secret_hash: bytes) -> None:
    await uow.connection.execute(
        _ADD_TOKEN, token.id, token.principal_id, token.label, secret_hash, token.created_at, token.expires_at
    )


async def tokens(connection: Connection, principal_id: str | None, limit: int) -> list[ApiToken]:
    return [ApiToken(**row) for row in await connection.fetch(_TOKENS, principal_id, limit)]


async def live_tokens(uow: UnitOfWork, principal_id: str) -> int:
    """How many valid tokens there are; nobody else makes one before this transaction ends."""
    await uow.connection.execute(_LOCK_PRINCIPAL, principal_id)
    return int(await uow.connection.fetchval(_LIVE_TOKENS, principal_id, uow.now))


async def revoke_token(uow: UnitOfWork, token_id: str, principal_id: str | None) -> str | None:
    """The owner of the revoked token; None when there is no such token of ``principal_id`` (None: of anyone)."""
    owner = await uow.connection.fetchval(_REVOKE_TOKEN, token_id, principal_id, uow.now)
    return None if owner is None else str(owner)


async def by_token(connection: Connection, secret_hash: bytes, now: datetime) -> Principal | None:
    return _principal(await connection.fetchrow(_BY_TOKEN, secret_hash, now))


async def add_link(uow: UnitOfWork, secret_hash: bytes, principal_id: str, expires_at: datetime) -> None:
    await uow.connection.execute(_ADD_LINK, secret_hash, principal_id, uow.now, expires_at)


async def use_link(uow: UnitOfWork, secret_hash: bytes) -> str | None:
    owner = await uow.connection.fetchval(_USE_LINK, secret_hash, uow.now)
    return None if owner is None else str(owner)


async def add_browser(uow: UnitOfWork, secret_hash: bytes, principal_id: str, expires_at: datetime) -> None:
    await uow.connection.execute(_ADD_BROWSER, secret_hash, principal_id, uow.now, expires_at)


async def by_browser(connection: Connection, secret_hash: bytes, now: datetime) -> Principal | None:
    return _principal(await connection.fetchrow(_BY_BROWSER, secret_hash, now))


async def end_browser(uow: UnitOfWork, secret_hash: bytes) -> None:
    await uow.connection.execute(_END_BROWSER, secret_hash, uow.now)


async def signing_keys(connection: Connection) -> list[tuple[str, bytes]]:
    return [(row["id"], row["secret"]) for row in await connection.fetch(_SIGNING_KEYS)]


async def add_signing_key(uow: UnitOfWork, key_id: str, secret: bytes) -> None:
    await uow.connection.execute(_ADD_SIGNING_KEY, key_id, secret, uow.now)


async def forget_expired(uow: UnitOfWork) -> None:
    await uow.connection.execute(_FORGET, uow.now)


def _principal(row: Any) -> Principal | None:
    if row is None:
        return None
    return Principal(row["id"], row["kind"], row["name"], tuple(row["roles"]))
