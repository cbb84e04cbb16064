"""The SQL of heartbeats."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.heartbeats.model import MISSED_BEATS_LIMIT, Beat, Lease, State

# A registration begins the lease anew: healthy, and its metrics forgotten.
_GRANT = """
INSERT INTO component_leases (component_id, holder, state, reported_status, interval_seconds, last_beat_at, since,
    expires_at, metrics, trace)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (component_id) DO UPDATE SET
    holder = excluded.holder, state = excluded.state, reported_status = excluded.reported_status,
    interval_seconds = excluded.interval_seconds, last_beat_at = excluded.last_beat_at, since = excluded.since,
    expires_at = excluded.expires_at, metrics = excluded.metrics, trace = excluded.trace
"""
# One beat in one round trip: take the row, renew it, tell the state before. Instants never go back, whichever of two
# beats commits first. ``$7`` is the caller, ``$8`` the holder of leases that were made without proof.
_BEAT = """
WITH before AS (
    SELECT component_id, state FROM component_leases
    WHERE component_id = $1 AND (holder = $7 OR holder = $8) FOR UPDATE
)
UPDATE component_leases AS lease SET
    state = $2,
    reported_status = $3,
    metrics = coalesce($4::jsonb, lease.metrics),
    last_beat_at = greatest(lease.last_beat_at, $5),
    since = CASE WHEN lease.state = $2 THEN lease.since ELSE $5 END,
    expires_at = greatest(lease.last_beat_at, $5) + make_interval(secs => lease.interval_seconds * $6::integer)
FROM before WHERE lease.component_id = before.component_id
RETURNING before.state AS previous, lease.interval_seconds
"""
_EXISTS = "SELECT EXISTS (SELECT 1 FROM component_leases WHERE component_id = $1)"
_LEASES = """
SELECT component_id, holder, state, reported_status, interval_seconds, last_beat_at, since, expires_at, metrics, trace
FROM component_leases WHERE component_id = ANY ($1::text[])
"""
_LEASE = """
SELECT component_id, holder, state, reported_status, interval_seconds, last_beat_at, since, expires_at, metrics, trace
FROM component_leases WHERE component_id = $1
"""
# What has expired, the longest first.
_EXPIRED = """
SELECT component_id, trace FROM component_leases WHERE expires_at <= $1 ORDER BY expires_at, component_id LIMIT $2
"""
# Take an expired lease unless somebody else has it in hand.
_TAKE_EXPIRED = """
SELECT component_id, holder, state, reported_status, interval_seconds, last_beat_at, since, expires_at, metrics, trace
FROM component_leases WHERE component_id = $1 AND expires_at <= $2 FOR UPDATE SKIP LOCKED
"""
_MOVE = "UPDATE component_leases SET state = $2, since = $3, expires_at = $4 WHERE component_id = $1"
# The Conductor's turn to watch: the row is held until the transaction ends.
_WATCHED_AT = "SELECT watched_at FROM conductor_watch FOR UPDATE"
_SET_WATCHED = "UPDATE conductor_watch SET watched_at = greatest(watched_at, $1)"
_POSTPONE = """
WITH moved AS (
    UPDATE component_leases SET expires_at = expires_at + $1::interval WHERE expires_at IS NOT NULL RETURNING 1
)
SELECT count(*) FROM moved
"""
_LONG_OFFLINE = """
SELECT component_id, trace FROM component_leases WHERE state = 'offline' AND since <= $1
ORDER BY since, component_id LIMIT $2
"""
_END = "DELETE FROM component_leases WHERE component_id = $1 AND state = 'offline' AND since <= $2 RETURNING true"


async def grant(uow: UnitOfWork, lease: Lease) -> None:
    await uow.connection.execute(_GRANT, *asdict(lease).values())


async def beat(uow: UnitOfWork, beat: Beat, state: State, unproven: str) -> tuple[State, int] | None:
    """The state before and the interval in seconds; None when there is no such lease of the caller."""
    row = await uow.connection.fetchrow(
        _BEAT,
        beat.component_id,
        state,
        beat.reported_status,
        beat.metrics,
        uow.now,
        MISSED_BEATS_LIMIT,
        uow.actor,
        unproven,
    )
    return None if row is None else (row["previous"], row["interval_seconds"])


async def exists(connection: Connection, component_id: str) -> bool:
    return bool(await connection.fetchval(_EXISTS, component_id))


async def lease(connection: Connection, component_id: str) -> Lease | None:
    row = await connection.fetchrow(_LEASE, component_id)
    return None if row is None else _lease(row)


async def leases(connection: Connection, component_ids: Collection[str]) -> dict[str, Lease]:
    """The leases of these components, by id."""
    return {row["component_id"]: _lease(row) for row in await connection.fetch(_LEASES, list(component_ids))}


async def expired(connection: Connection, now: datetime, limit: int) -> list[tuple[str, str]]:
    """The id and trace of leases that silence must move."""
    return [(row["component_id"], row["trace"]) for row in await connection.fetch(_EXPIRED, now, limit)]


async def take_expired(uow: UnitOfWork, component_id: str) -> Lease | None:
    """The lease, locked; None when it was renewed meanwhile or another has it in hand."""
    row = await uow.connection.fetchrow(_TAKE_EXPIRED, component_id, uow.now)
    return None if row is None else _lease(row)


async def move(uow: UnitOfWork, lease: Lease) -> None:
    await uow.connection.execute(_MOVE, lease.component_id, lease.state, lease.since, lease.expires_at)


async def watched_at(uow: UnitOfWork) -> datetime | None:
    """When leases were last watched; holds the watch's row."""
    found: datetime | None = await uow.connection.fetchval(_WATCHED_AT)
    return found


async def set_watched(uow: UnitOfWork) -> None:
    await uow.connection.execute(_SET_WATCHED, uow.now)


async def postpone(uow: UnitOfWork, absence: timedelta) -> int:
    """Let every running lease expire later by ``absence``; how many."""
    return int(await uow.connection.fetchval(_POSTPONE, absence))


async def long_offline(connection: Connection, before: datetime, limit: int) -> list[tuple[str, str]]:
    """The id and trace of components that went offline before an instant."""
    return [(row["component_id"], row["trace"]) for row in await connection.fetch(_LONG_OFFLINE, before, limit)]


async def end(uow: UnitOfWork, component_id: str, before: datetime) -> bool:
    """Whether the lease was still offline since before an instant, and is now gone."""
    return bool(await uow.connection.fetchval(_END, component_id, before))


def _lease(row: Any) -> Lease:
    return Lease(**dict(row))
