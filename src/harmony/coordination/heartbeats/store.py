"""The SQL of heartbeats."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.heartbeats.doubt import Grace
from harmony.coordination.heartbeats.model import (
    CHANGES_LIMIT,
    MISSED_BEATS_LIMIT,
    RECOVERY_SECONDS,
    Change,
    Command,
    Lease,
)

_COLUMNS = """component_id, holder, state, reported_status, interval_seconds, last_beat_at, since, expires_at, metrics,
    trace, incarnation, good_beats, penalty, penalty_at, damped_until"""
# A lease as it is from now on, whether it is new or not.
_SAVE = f"""
INSERT INTO component_leases ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (component_id) DO UPDATE SET
    holder = excluded.holder, state = excluded.state, reported_status = excluded.reported_status,
    interval_seconds = excluded.interval_seconds, last_beat_at = excluded.last_beat_at, since = excluded.since,
    expires_at = excluded.expires_at, metrics = excluded.metrics, trace = excluded.trace,
    incarnation = excluded.incarnation, good_beats = excluded.good_beats, penalty = excluded.penalty,
    penalty_at = excluded.penalty_at, damped_until = excluded.damped_until
"""
_LEASES = f"SELECT {_COLUMNS} FROM component_leases WHERE component_id = ANY ($1::text[])"
_EVERY_LEASE = f"SELECT {_COLUMNS} FROM component_leases"
_LEASE = f"SELECT {_COLUMNS} FROM component_leases WHERE component_id = $1"
_TAKE = f"SELECT {_COLUMNS} FROM component_leases WHERE component_id = $1 FOR UPDATE"
# Take a lease unless somebody else has it in hand.
_TAKE_FREE = f"SELECT {_COLUMNS} FROM component_leases WHERE component_id = $1 FOR UPDATE SKIP LOCKED"
# The last beats of many; a lease that was moved meanwhile has been written whole.
_SAVE_BEATS = """
UPDATE component_leases AS lease SET
    last_beat_at = greatest(lease.last_beat_at, heard.last_beat_at), metrics = heard.metrics::jsonb,
    reported_status = heard.reported_status, expires_at = greatest(lease.expires_at, heard.expires_at)
FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[])
    AS heard (component_id, state, last_beat_at, expires_at, metrics, reported_status)
WHERE lease.component_id = heard.component_id AND lease.state = heard.state
"""
# The clock went back: nobody was heard in the future, and nobody has longer than its time.
_STEP_BACK = """
UPDATE component_leases SET last_beat_at = least(last_beat_at, $1), expires_at = CASE state
    WHEN 'offline' THEN NULL
    WHEN 'missing' THEN least(expires_at, $1::timestamptz + make_interval(secs => $2))
    ELSE least(expires_at, $1::timestamptz + make_interval(secs => interval_seconds * $3)) END
"""
# When the leases were last watched: none yet at the first start of all.
_WATCHED_AT = "SELECT watched_at FROM conductor_watch FOR UPDATE"
_SET_WATCHED = "UPDATE conductor_watch SET watched_at = greatest(watched_at, $1)"
_LONG_OFFLINE = """
SELECT component_id, trace FROM component_leases WHERE state = 'offline' AND since <= $1
ORDER BY since, component_id LIMIT $2
"""
_END_OFFLINE = (
    "DELETE FROM component_leases WHERE component_id = $1 AND state = 'offline' AND since <= $2 RETURNING true"
)
_END = "DELETE FROM component_leases WHERE component_id = $1"

_ADD_CHANGE = """
INSERT INTO component_changes (component_id, at, previous, state, cause, facts, trace)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_PRUNE_CHANGES = """
DELETE FROM component_changes WHERE component_id = $1 AND number <=
    (SELECT number FROM component_changes WHERE component_id = $1 ORDER BY number DESC OFFSET $2 LIMIT 1)
"""
_CHANGES = """
SELECT component_id, at, previous, state, cause, facts, trace FROM component_changes
WHERE component_id = $1 ORDER BY number DESC LIMIT $2
"""
_ADD_COMMAND = """
INSERT INTO component_commands (id, component_id, command, arguments, issued_by, issued_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_OPEN_COMMANDS = """
SELECT id, component_id, command, arguments, issued_by, issued_at, expires_at FROM component_commands
WHERE acknowledged_at IS NULL AND expires_at > $1 AND ($2::text IS NULL OR component_id = $2) ORDER BY number
"""
_ACKNOWLEDGE = """
UPDATE component_commands SET acknowledged_at = $3
WHERE component_id = $1 AND id = ANY ($2::text[]) AND acknowledged_at IS NULL RETURNING id
"""
_FORGET_COMMANDS = "DELETE FROM component_commands WHERE expires_at < $1"
_GRACE_COLUMNS = "id, cause, facts, leases, spares_from, began_at, ends_at, ended_at, ended_by"
_ADD_GRACE = f"INSERT INTO conductor_graces ({_GRACE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
_GRACES = f"SELECT {_GRACE_COLUMNS} FROM conductor_graces ORDER BY began_at DESC, id DESC LIMIT $1"
_END_GRACE = f"""
UPDATE conductor_graces SET ended_at = $1, ended_by = $2 WHERE ended_at IS NULL RETURNING {_GRACE_COLUMNS}
"""


async def save(uow: UnitOfWork, lease: Lease) -> None:
    await uow.connection.execute(_SAVE, *asdict(lease).values())


async def save_beats(uow: UnitOfWork, leases: Sequence[Lease]) -> None:
    """Write down what was heard of many."""
    await uow.connection.execute(
        _SAVE_BEATS,
        [lease.component_id for lease in leases],
        [lease.state for lease in leases],
        [lease.last_beat_at for lease in leases],
        [lease.expires_at for lease in leases],
        [json.dumps(lease.metrics) for lease in leases],
        [lease.reported_status for lease in leases],
    )


async def lease(connection: Connection, component_id: str) -> Lease | None:
    return _lease(await connection.fetchrow(_LEASE, component_id))


async def take(uow: UnitOfWork, component_id: str) -> Lease | None:
    """The lease, locked until the transaction ends."""
    return _lease(await uow.connection.fetchrow(_TAKE, component_id))


async def take_free(uow: UnitOfWork, component_id: str) -> Lease | None:
    """The lease, locked; None when there is none or another has it in hand."""
    return _lease(await uow.connection.fetchrow(_TAKE_FREE, component_id))


async def leases(connection: Connection, component_ids: Collection[str]) -> dict[str, Lease]:
    """The leases of these components, by id."""
    rows = await connection.fetch(_LEASES, list(component_ids))
    return {row["component_id"]: Lease(**dict(row)) for row in rows}


async def every_lease(connection: Connection) -> list[Lease]:
    return [Lease(**dict(row)) for row in await connection.fetch(_EVERY_LEASE)]


async def step_back(uow: UnitOfWork) -> None:
    await uow.connection.execute(_STEP_BACK, uow.now, RECOVERY_SECONDS, MISSED_BEATS_LIMIT)


async def watched_at(uow: UnitOfWork) -> datetime | None:
    """When leases were last watched; holds the watch's row."""
    found: datetime | None = await uow.connection.fetchval(_WATCHED_AT)
    return found


async def set_watched(uow: UnitOfWork) -> None:
    await uow.connection.execute(_SET_WATCHED, uow.now)


async def long_offline(connection: Connection, before: datetime, limit: int) -> list[tuple[str, str]]:
    """The id and trace of components that went offline before an instant."""
    return [(row["component_id"], row["trace"]) for row in await connection.fetch(_LONG_OFFLINE, before, limit)]


async def end_offline(uow: UnitOfWork, component_id: str, before: datetime) -> bool:
    """Whether the lease was still offline since before an instant, and is now gone."""
    return bool(await uow.connection.fetchval(_END_OFFLINE, component_id, before))


async def end(uow: UnitOfWork, component_id: str) -> None:
    await uow.connection.execute(_END, component_id)


async def add_change(uow: UnitOfWork, change: Change) -> None:
    """Keep a change with its evidence; the oldest beyond the limit go."""
    await uow.connection.execute(_ADD_CHANGE, *asdict(change).values())
    await uow.connection.execute(_PRUNE_CHANGES, change.component_id, CHANGES_LIMIT)


async def changes(connection: Connection, component_id: str) -> list[Change]:
    """The kept changes of a component, newest first."""
    return [Change(**dict(row)) for row in await connection.fetch(_CHANGES, component_id, CHANGES_LIMIT)]


async def add_command(uow: UnitOfWork, command: Command) -> None:
    await uow.connection.execute(_ADD_COMMAND, *asdict(command).values())


async def open_commands(connection: Connection, now: datetime, component_id: str | None = None) -> list[Command]:
    """What is to be done and not yet acknowledged, in the order it was issued."""
    return [Command(**dict(row)) for row in await connection.fetch(_OPEN_COMMANDS, now, component_id)]


async def acknowledge(uow: UnitOfWork, component_id: str, ids: Collection[str]) -> list[str]:
    """Which of the component's commands were open until now."""
    return [row["id"] for row in await uow.connection.fetch(_ACKNOWLEDGE, component_id, list(ids), uow.now)]


async def forget_commands(uow: UnitOfWork) -> None:
    await uow.connection.execute(_FORGET_COMMANDS, uow.now)


async def add_grace(uow: UnitOfWork, grace: Grace) -> None:
    await uow.connection.execute(_ADD_GRACE, *asdict(grace).values())


async def graces(connection: Connection, limit: int) -> list[Grace]:
    """The newest graces first."""
    return [Grace(**dict(row)) for row in await connection.fetch(_GRACES, limit)]


async def end_grace(uow: UnitOfWork, by: str) -> Grace | None:
    """The grace that ran until now; None when none did."""
    row = await uow.connection.fetchrow(_END_GRACE, uow.now, by)
    return None if row is None else Grace(**dict(row))


def _lease(row: Any) -> Lease | None:
    return None if row is None else Lease(**dict(row))
