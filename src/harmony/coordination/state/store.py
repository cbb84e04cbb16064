"""The SQL of shared state."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from harmony.adapters.bus.bells import CHANNEL
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.state.model import KEYS_LIMIT, Lease, Lock, Past, Put, Value

KEY_LOCK_SEED = 0x53544154  # "STAT": changes of one key take turns, also while the key does not exist

_LOCK_KEYS = """
SELECT pg_advisory_xact_lock(hash) FROM (
    SELECT DISTINCT hashtextextended(key, $2) AS hash FROM unnest($1::text[]) AS key ORDER BY 1
) AS hashes
"""
_RING = "SELECT pg_notify($1, $2)"
_VERSIONS = """
SELECT key, version FROM state_entries WHERE key = ANY ($1::text[]) AND (expires_at IS NULL OR expires_at > $2)
"""
_GET = """
SELECT key, value, version, changed_by, changed_at, expires_at, lease_id FROM state_entries
WHERE key = $1 AND (expires_at IS NULL OR expires_at > $2)
"""
_LIST = """
SELECT key, value, version, changed_by, changed_at, expires_at, lease_id FROM state_entries
WHERE starts_with(key, $1) AND key >= $1 AND key > $2 AND (expires_at IS NULL OR expires_at > $3)
ORDER BY key LIMIT $4
"""
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM state_entries LIMIT $1) AS counted"
_PUT = """
INSERT INTO state_entries (key, value, version, changed_by, changed_at, expires_at, lease_id)
VALUES ($1, $2, nextval('state_version'), $3, $4, $5, $6)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version, changed_by = excluded.changed_by,
    changed_at = excluded.changed_at, expires_at = excluded.expires_at, lease_id = excluded.lease_id
RETURNING key, value, version, changed_by, changed_at, expires_at, lease_id
"""
_DELETE = "DELETE FROM state_entries WHERE key = $1 RETURNING nextval('state_version')"
_REMEMBER = "INSERT INTO state_history (key, version, value, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)"
_HISTORY = """
SELECT key, version, value, changed_by, changed_at FROM state_history WHERE key = $1 ORDER BY version DESC LIMIT $2
"""
_PAST = "SELECT key, version, value, changed_by, changed_at FROM state_history WHERE key = $1 AND version = $2"
_EXPIRED = "SELECT key FROM state_entries WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2"
_IS_OVER = "SELECT EXISTS (SELECT 1 FROM state_entries WHERE key = $1 AND expires_at <= $2)"
_FORGET = """
DELETE FROM state_history AS h USING (
    SELECT key, version, row_number() OVER (PARTITION BY key ORDER BY version DESC) AS n, changed_at FROM state_history
) AS o WHERE h.key = o.key AND h.version = o.version AND (o.n > $2 OR o.changed_at < $1)
"""
_ADD_LEASE = "INSERT INTO state_leases (id, holder, ttl_seconds, expires_at) VALUES ($1, $2, $3, $4)"
_COUNT_LEASES = "SELECT count(*) FROM state_leases"
_RENEW_LEASE = """
UPDATE state_leases SET expires_at = greatest(expires_at, $3::timestamptz + make_interval(secs => ttl_seconds))
WHERE id = $1 AND holder = $2 AND expires_at > $3 RETURNING id, holder, ttl_seconds, expires_at
"""
_LIVE_UNTIL = "UPDATE state_entries SET expires_at = $2 WHERE lease_id = $1"
_LEASE = """
SELECT id, holder, ttl_seconds, expires_at FROM state_leases WHERE id = $1 AND holder = $2 AND expires_at > $3 FOR SHARE
"""
_END_LEASE = "DELETE FROM state_leases WHERE id = $1 AND holder = $2 RETURNING true"
_END_LEASES = "DELETE FROM state_leases WHERE expires_at <= $1"
_LOCK = "SELECT name, token, owner, holder, expires_at FROM state_locks WHERE name = $1"
_ACQUIRE = """
INSERT INTO state_locks (name, token, owner, holder, expires_at) VALUES ($1, 1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET
    token = state_locks.token + 1, owner = excluded.owner, holder = excluded.holder, expires_at = excluded.expires_at
    WHERE state_locks.owner IS NULL OR state_locks.expires_at <= $5
RETURNING name, token, owner, holder, expires_at
"""
_RENEW_LOCK = """
UPDATE state_locks SET expires_at = greatest(expires_at, $4)
WHERE name = $1 AND token = $2 AND holder = $3 AND expires_at > $5 RETURNING name, token, owner, holder, expires_at
"""
_RELEASE = """
UPDATE state_locks SET owner = NULL, holder = NULL, expires_at = NULL
WHERE name = $1 AND token = $2 AND holder = $3 AND owner IS NOT NULL RETURNING true
"""
_FREE_ENDED = """
WITH ended AS (SELECT name, owner FROM state_locks WHERE expires_at <= $1 FOR UPDATE SKIP LOCKED)
UPDATE state_locks AS l SET owner = NULL, holder = NULL, expires_at = NULL FROM ended WHERE l.name = ended.name
RETURNING l.name, l.token, ended.owner
"""
_HOLDS = "SELECT true FROM state_locks WHERE name = $1 AND token = $2 AND expires_at > $3 FOR SHARE"


async def lock_keys(uow: UnitOfWork, keys: Collection[str]) -> None:
    """The turn to change these keys, until the transaction ends."""
    await uow.connection.execute(_LOCK_KEYS, list(keys), KEY_LOCK_SEED)


async def ring(uow: UnitOfWork, bell: str) -> None:
    await uow.connection.execute(_RING, CHANNEL, bell)


async def versions(uow: UnitOfWork, keys: Collection[str]) -> dict[str, int]:
    rows = await uow.connection.fetch(_VERSIONS, list(keys), uow.now)
    return {row["key"]: row["version"] for row in rows}


async def get(connection: Connection, key: str, now: datetime) -> Value | None:
    row = await connection.fetchrow(_GET, key, now)
    return None if row is None else Value(*row)


async def values(connection: Connection, prefix: str, after: str, now: datetime, limit: int) -> list[Value]:
    return [Value(*row) for row in await connection.fetch(_LIST, prefix, after, now, limit)]


async def count(uow: UnitOfWork) -> int:
    """How many keys there are, counted no further than the limit."""
    return int(await uow.connection.fetchval(_COUNT, KEYS_LIMIT + 1))


async def put(uow: UnitOfWork, put: Put, expires_at: datetime | None) -> Value:
    row = await uow.connection.fetchrow(_PUT, put.key, put.value, uow.actor, uow.now, expires_at, put.lease_id)
    assert row is not None
    value = Value(*row)
    await uow.connection.execute(_REMEMBER, value.key, value.version, value.value, uow.actor, uow.now)
    return value


async def delete(uow: UnitOfWork, key: str) -> int | None:
    """The version of the key's end; None when it did not exist."""
    version: int | None = await uow.connection.fetchval(_DELETE, key)
    if version is not None:
        await uow.connection.execute(_REMEMBER, key, version, None, uow.actor, uow.now)
    return version


async def history(connection: Connection, key: str, limit: int) -> list[Past]:
    return [Past(*row) for row in await connection.fetch(_HISTORY, key, limit)]


async def past(connection: Connection, key: str, version: int) -> Past | None:
    row = await connection.fetchrow(_PAST, key, version)
    return None if row is None else Past(*row)


async def expired(connection: Connection, now: datetime, limit: int) -> list[str]:
    return [row["key"] for row in await connection.fetch(_EXPIRED, now, limit)]


async def is_over(uow: UnitOfWork, key: str) -> bool:
    return bool(await uow.connection.fetchval(_IS_OVER, key, uow.now))


async def forget(uow: UnitOfWork, before: datetime, versions_limit: int) -> None:
    await uow.connection.execute(_FORGET, before, versions_limit)


async def add_lease(uow: UnitOfWork, lease: Lease) -> None:
    await uow.connection.execute(_ADD_LEASE, lease.id, lease.holder, lease.ttl_seconds, lease.expires_at)


async def count_leases(uow: UnitOfWork) -> int:
    return int(await uow.connection.fetchval(_COUNT_LEASES))


async def renew_lease(uow: UnitOfWork, lease_id: str, holder: str) -> Lease | None:
    row = await uow.connection.fetchrow(_RENEW_LEASE, lease_id, holder, uow.now)
    if row is None:
        return None
    lease = Lease(*row)
    await uow.connection.execute(_LIVE_UNTIL, lease.id, lease.expires_at)
    return lease


async def lease(uow: UnitOfWork, lease_id: str, holder: str) -> Lease | None:
    row = await uow.connection.fetchrow(_LEASE, lease_id, holder, uow.now)
    return None if row is None else Lease(*row)


async def end_lease(uow: UnitOfWork, lease_id: str, holder: str) -> bool:
    ended = await uow.connection.fetchval(_END_LEASE, lease_id, holder)
    if ended:
        await uow.connection.execute(_LIVE_UNTIL, lease_id, uow.now)
    return bool(ended)


async def end_leases(uow: UnitOfWork) -> None:
    await uow.connection.execute(_END_LEASES, uow.now)


async def lock(connection: Connection, name: str) -> Lock | None:
    row = await connection.fetchrow(_LOCK, name)
    return None if row is None else Lock(*row)


async def acquire(uow: UnitOfWork, name: str, owner: str, life: timedelta) -> Lock | None:
    """The lock with a new token; None when somebody holds it."""
    row = await uow.connection.fetchrow(_ACQUIRE, name, owner, uow.actor, uow.now + life, uow.now)
    return None if row is None else Lock(*row)


async def renew_lock(uow: UnitOfWork, name: str, token: int, until: datetime) -> Lock | None:
    row = await uow.connection.fetchrow(_RENEW_LOCK, name, token, uow.actor, until, uow.now)
    return None if row is None else Lock(*row)


async def release(uow: UnitOfWork, name: str, token: int) -> bool:
    return bool(await uow.connection.fetchval(_RELEASE, name, token, uow.actor))


async def free_ended(uow: UnitOfWork) -> Sequence[tuple[str, int, str]]:
    """Name, token and last owner of the locks whose time was over."""
    rows = await uow.connection.fetch(_FREE_ENDED, uow.now)
    return [(row["name"], row["token"], row["owner"]) for row in rows]


async def holds(uow: UnitOfWork, name: str, token: int) -> bool:
    return bool(await uow.connection.fetchval(_HOLDS, name, token, uow.now))
