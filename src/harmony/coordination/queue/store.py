"""The queue's SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from harmony.adapters.bus.bells import CHANNEL
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.queue.model import DEFAULT_GROUP, Ask, Delivery, Depth, Draft, Fate

QUEUES_LOCK_KEY = 0x51554555  # "QUEU": queues and groups are created one after the other, so that limits hold exactly

COLUMNS = """m.id, m.queue, m.group_name, m.sender, m.message_type, m.payload, m.priority, m.ordering_key, m.state,
    m.attempts, m.max_attempts, m.sent_at, m.available_at, m.expires_at, m.lease_id, m.consumer, m.leased_until,
    m.reason, m.died_at, m.trace, m.place"""

_LOCK = "SELECT pg_advisory_xact_lock($1)"
# Ring bells everywhere once the transaction has committed; equal names ring once.
_RING = "SELECT pg_notify($1, name) FROM unnest($2::text[]) AS name"
_QUEUES = "SELECT queue FROM queue_groups WHERE name = $1"
_ADD_QUEUES = """
INSERT INTO queue_groups (queue, name, created_at)
SELECT queue, $2, $3 FROM unnest($1::text[]) AS queue ON CONFLICT (queue, name) DO NOTHING
"""
_GROUPS = "SELECT name FROM queue_groups WHERE queue = $1 ORDER BY name"
_ADD_GROUP = """
INSERT INTO queue_groups (queue, name, created_at) VALUES ($1, $2, $3)
ON CONFLICT (queue, name) DO NOTHING RETURNING true
"""
_HAS_GROUP = "SELECT EXISTS (SELECT 1 FROM queue_groups WHERE queue = $1 AND name = $2)"
_END_GROUP = "DELETE FROM queue_groups WHERE queue = $1 AND name = $2 RETURNING true"
_DROP_GROUP = """
DELETE FROM queue_messages AS m WHERE m.queue = $1 AND m.group_name = $2
RETURNING m.id, m.group_name, m.queue, m.trace
"""
# Claim keys; those that come back are new, or older than they are kept.
_CLAIM_KEYS = """
INSERT INTO queue_keys (scope, key, body_hash, message_id, sent_at)
SELECT scope, key, body_hash, message_id, $5
FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[]) AS claimed (scope, key, body_hash, message_id)
ORDER BY scope, key
ON CONFLICT (scope, key) DO UPDATE
    SET body_hash = excluded.body_hash, message_id = excluded.message_id, sent_at = excluded.sent_at
    WHERE queue_keys.sent_at < $6
RETURNING message_id
"""
_KEYS = """
SELECT k.scope, k.key, k.body_hash, k.message_id FROM queue_keys AS k
JOIN unnest($1::text[], $2::text[]) AS wanted (scope, key) ON k.scope = wanted.scope AND k.key = wanted.key
"""
_FORGET_KEYS = "DELETE FROM queue_keys WHERE sent_at < $1"
# A copy for each group of the queue, in the order of the sendings.
_ADD = """
INSERT INTO queue_messages (id, queue, group_name, sender, message_type, payload, priority, ordering_key, state,
    max_attempts, sent_at, available_at, expires_at, trace)
SELECT d.id, d.queue, g.name, d.sender, d.message_type, d.payload, d.priority, d.ordering_key,
    CASE WHEN d.available_at > $12 THEN 'scheduled' ELSE 'ready' END,
    d.max_attempts, $12, coalesce(d.available_at, $12), d.expires_at, d.trace
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::text[], $8::integer[],
            $9::timestamptz[], $10::timestamptz[], $11::text[])
     WITH ORDINALITY AS d (id, queue, sender, message_type, payload, priority, ordering_key, max_attempts,
                           available_at, expires_at, trace, n)
JOIN queue_groups AS g ON g.queue = d.queue
ORDER BY d.n
"""
_BY_SENDER = """
SELECT queue, sender, count(*) AS many FROM queue_messages
WHERE queue = ANY ($1::text[]) AND state <> 'dead' GROUP BY queue, sender
"""
_PROMOTE = """
UPDATE queue_messages SET state = 'ready'
WHERE state = 'scheduled' AND available_at <= $1 AND (queue = $2 OR $2 IS NULL)
RETURNING queue
"""
_IN_FLIGHT = "SELECT count(*) FROM queue_messages WHERE consumer = $1 AND state = 'leased' AND queue = $2"
# The next messages that nobody has in hand: the most urgent first, then in the order of acceptance. Of an ordering key
# only the first unfinished one is next; a finished one never comes back before it, so this snapshot suffices.
_LEASE = f"""
WITH picked AS (
    SELECT m.id, m.group_name, row_number() OVER () AS n FROM (
        SELECT m.id, m.group_name FROM queue_messages AS m
        WHERE m.queue = $1 AND m.group_name = $2 AND m.state = 'ready' AND (m.expires_at IS NULL OR m.expires_at > $3)
          AND (m.ordering_key IS NULL OR NOT EXISTS (
              SELECT 1 FROM queue_messages AS e
              WHERE e.queue = m.queue AND e.group_name = m.group_name AND e.ordering_key = m.ordering_key
                AND e.state <> 'dead' AND e.place < m.place))
        ORDER BY m.priority DESC, m.place LIMIT $4 FOR UPDATE OF m SKIP LOCKED
    ) AS m
)
UPDATE queue_messages AS m SET state = 'leased', attempts = m.attempts + 1, consumer = $5, consumer_lives = $6,
    leased_at = $3, leased_until = $7, lease_id = ($8::text[])[picked.n]
FROM picked WHERE m.id = picked.id AND m.group_name = picked.group_name
RETURNING {COLUMNS}
"""
# When the queue may have something again by itself: a delay that ends.
_NEXT_DUE = """
SELECT min(available_at) FROM queue_messages WHERE state = 'scheduled' AND queue = $1 AND group_name = $2
"""
_ACKNOWLEDGE = f"""
DELETE FROM queue_messages AS m USING unnest($1::text[], $2::text[]) AS done (id, lease_id)
WHERE m.id = done.id AND m.lease_id = done.lease_id RETURNING {COLUMNS}
"""
_HELD = f"SELECT {COLUMNS} FROM queue_messages AS m WHERE m.id = $1 AND m.lease_id = $2 FOR UPDATE"
_EXTEND = "UPDATE queue_messages SET leased_until = $3 WHERE id = $1 AND lease_id = $2 RETURNING leased_until"
_LEASES_ENDED = f"""
SELECT {COLUMNS} FROM queue_messages AS m WHERE m.state = 'leased' AND m.leased_until <= $1
ORDER BY m.leased_until LIMIT $2 FOR UPDATE SKIP LOCKED
"""
# What a consumer had in hand before it died or began anew; what it took since is left alone.
_OF_CONSUMER = f"""
SELECT {COLUMNS} FROM queue_messages AS m
WHERE m.consumer = $1 AND m.consumer_lives AND m.state = 'leased' AND m.leased_at < $2
ORDER BY m.place LIMIT $3 FOR UPDATE
"""
_LIVING_CONSUMERS = "SELECT DISTINCT consumer FROM queue_messages WHERE state = 'leased' AND consumer_lives"
_EXPIRED = f"""
SELECT {COLUMNS} FROM queue_messages AS m WHERE m.expires_at <= $1 AND m.state IN ('scheduled', 'ready')
ORDER BY m.expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
"""
_SETTLE = """
UPDATE queue_messages AS m SET state = f.state, available_at = f.available_at, reason = f.reason,
    lease_id = NULL, consumer = NULL, consumer_lives = NULL, leased_at = NULL, leased_until = NULL,
    died_at = CASE WHEN f.state = 'dead' THEN $6::timestamptz END
FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
     AS f (id, group_name, state, available_at, reason)
WHERE m.id = f.id AND m.group_name = f.group_name
"""
_REDRIVE = f"""
WITH picked AS (
    SELECT id, group_name FROM queue_messages
    WHERE queue = $1 AND state = 'dead' AND ($2::text IS NULL OR group_name = $2)
      AND ($3::text[] IS NULL OR id = ANY ($3::text[]))
    ORDER BY died_at, place LIMIT $4 FOR UPDATE SKIP LOCKED
)
UPDATE queue_messages AS m SET state = 'ready', attempts = 0, reason = NULL, died_at = NULL, expires_at = NULL,
    available_at = $5, place = nextval(pg_get_serial_sequence('queue_messages', 'place'))
FROM picked WHERE m.id = picked.id AND m.group_name = picked.group_name
RETURNING {COLUMNS}
"""
_DEAD = f"""
SELECT {COLUMNS} FROM queue_messages AS m
WHERE m.queue = $1 AND m.state = 'dead' AND ($2::text IS NULL OR m.group_name = $2)
  AND ($3::bigint IS NULL OR m.place > $3)
ORDER BY m.place LIMIT $4
"""
_OF_MESSAGE = f"SELECT {COLUMNS} FROM queue_messages AS m WHERE m.id = $1 ORDER BY m.group_name"
_DEPTHS = """
SELECT g.queue, g.name AS group_name,
    count(*) FILTER (WHERE m.state = 'scheduled') AS scheduled, count(*) FILTER (WHERE m.state = 'ready') AS ready,
    count(*) FILTER (WHERE m.state = 'leased') AS leased, count(*) FILTER (WHERE m.state = 'dead') AS dead,
    min(m.sent_at) FILTER (WHERE m.state <> 'dead') AS oldest_sent_at
FROM queue_groups AS g LEFT JOIN queue_messages AS m ON m.queue = g.queue AND m.group_name = g.name
WHERE $1::text IS NULL OR g.queue = $1
GROUP BY g.queue, g.name ORDER BY g.queue, g.name LIMIT $2
"""
# What is dead for too long, or one of too many, or in a group that has ended while it was sent.
_DROP = """
DELETE FROM queue_messages AS m USING (
    SELECT id, group_name, row_number() OVER (PARTITION BY queue ORDER BY died_at DESC, place DESC) AS n, died_at, state
    FROM queue_messages WHERE state = 'dead'
) AS d
WHERE m.id = d.id AND m.group_name = d.group_name AND (d.died_at < $1 OR d.n > $2)
RETURNING m.id, m.group_name, m.queue, m.trace
"""
_ORPHANS = """
DELETE FROM queue_messages AS m
WHERE NOT EXISTS (SELECT 1 FROM queue_groups AS g WHERE g.queue = m.queue AND g.name = m.group_name)
RETURNING m.id, m.group_name, m.queue, m.trace
"""


async def lock(uow: UnitOfWork) -> None:
    """The turn to create queues and groups; it lasts until the transaction ends."""
    await uow.connection.execute(_LOCK, QUEUES_LOCK_KEY)


async def ring(uow: UnitOfWork, bells: Collection[str]) -> None:
    """Wake other processes' waiters at the commit."""
    await uow.connection.execute(_RING, CHANNEL, list(bells))


async def queues(connection: Connection) -> set[str]:
    return {row["queue"] for row in await connection.fetch(_QUEUES, DEFAULT_GROUP)}


async def add_queues(uow: UnitOfWork, names: Collection[str]) -> None:
    await uow.connection.execute(_ADD_QUEUES, sorted(names), DEFAULT_GROUP, uow.now)


async def groups(connection: Connection, queue: str) -> list[str]:
    return [row["name"] for row in await connection.fetch(_GROUPS, queue)]


async def add_group(uow: UnitOfWork, queue: str, group: str) -> bool:
    """Whether it is new."""
    return bool(await uow.connection.fetchval(_ADD_GROUP, queue, group, uow.now))


async def has_group(connection: Connection, queue: str, group: str) -> bool:
    return bool(await connection.fetchval(_HAS_GROUP, queue, group))


async def end_group(uow: UnitOfWork, queue: str, group: str) -> list[tuple[str, str, str, str]] | None:
    """Id, group, queue and trace of each copy that went with it; None when there is no such group."""
    if not await uow.connection.fetchval(_END_GROUP, queue, group):
        return None
    return [tuple(row) for row in await uow.connection.fetch(_DROP_GROUP, queue, group)]


async def claim_keys(uow: UnitOfWork, drafts: Sequence[Draft], before: datetime) -> set[str]:
    """Ids of the drafts whose keys are theirs now; no key may be there twice."""
    rows = await uow.connection.fetch(
        _CLAIM_KEYS,
        [draft.scope for draft in drafts],
        [draft.key for draft in drafts],
        [draft.body_hash for draft in drafts],
        [draft.id for draft in drafts],
        uow.now,
        before,
    )
    return {row["message_id"] for row in rows}


async def keys(uow: UnitOfWork, drafts: Sequence[Draft]) -> dict[tuple[str, str], tuple[bytes, str]]:
    """Scope and key -> hash of the body and id of the message that has it."""
    rows = await uow.connection.fetch(_KEYS, [draft.scope for draft in drafts], [draft.key for draft in drafts])
    return {(row["scope"], row["key"]): (row["body_hash"], row["message_id"]) for row in rows}


async def forget_keys(uow: UnitOfWork, before: datetime) -> None:
    await uow.connection.execute(_FORGET_KEYS, before)


async def add(uow: UnitOfWork, drafts: Sequence[Draft]) -> int:
    """Accept the messages; how many copies were made."""
    status = await uow.connection.execute(
        _ADD,
        [draft.id for draft in drafts],
        [draft.queue for draft in drafts],
        [draft.sender for draft in drafts],
        [draft.message_type for draft in drafts],
        [draft.payload for draft in drafts],
        [draft.priority for draft in drafts],
        [draft.ordering_key for draft in drafts],
        [draft.max_attempts for draft in drafts],
        [draft.available_at for draft in drafts],
        [draft.expires_at for draft in drafts],
        [draft.trace for draft in drafts],
        uow.now,
    )
    return int(status.rpartition(" ")[2])


async def by_sender(connection: Connection, names: Collection[str]) -> dict[str, dict[str, int]]:
    """Queue -> sender -> unfinished messages."""
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    for row in await connection.fetch(_BY_SENDER, list(names)):
        found[row["queue"]][row["sender"]] = row["many"]
    return found


async def promote(uow: UnitOfWork, queue: str | None) -> set[str]:
    """Make ready what was delayed until now, in one queue or in all; which queues have something."""
    return {row["queue"] for row in await uow.connection.fetch(_PROMOTE, uow.now, queue)}


async def in_flight(uow: UnitOfWork, consumer: str, queue: str) -> int:
    return int(await uow.connection.fetchval(_IN_FLIGHT, consumer, queue))


async def lease(uow: UnitOfWork, ask: Ask, until: datetime, lease_ids: list[str]) -> list[Delivery]:
    """Up to ``len(lease_ids)`` messages, leased, the next first."""
    rows = await uow.connection.fetch(
        _LEASE,
        ask.queue,
        ask.group,
        uow.now,
        len(lease_ids),
        ask.consumer,
        ask.consumer_lives,
        until,
        lease_ids,
    )
    return [delivery(row) for row in sorted(rows, key=lambda row: (-row["priority"], row["place"]))]


async def next_due(connection: Connection, queue: str, group: str) -> datetime | None:
    found: datetime | None = await connection.fetchval(_NEXT_DUE, queue, group)
    return found


async def acknowledge(uow: UnitOfWork, held: Sequence[tuple[str, str]]) -> list[Delivery]:
    """What was held with these ids and leases is gone."""
    rows = await uow.connection.fetch(_ACKNOWLEDGE, [one for one, _ in held], [lease for _, lease in held])
    return [delivery(row) for row in rows]


async def held(uow: UnitOfWork, message_id: str, lease_id: str) -> Delivery | None:
    row = await uow.connection.fetchrow(_HELD, message_id, lease_id)
    return None if row is None else delivery(row)


async def extend(uow: UnitOfWork, message_id: str, lease_id: str, until: datetime) -> bool:
    return await uow.connection.fetchval(_EXTEND, message_id, lease_id, until) is not None


async def leases_ended(uow: UnitOfWork, limit: int) -> list[Delivery]:
    return [delivery(row) for row in await uow.connection.fetch(_LEASES_ENDED, uow.now, limit)]


async def of_consumer(uow: UnitOfWork, consumer: str, until: datetime, limit: int) -> list[Delivery]:
    return [delivery(row) for row in await uow.connection.fetch(_OF_CONSUMER, consumer, until, limit)]


async def living_consumers(connection: Connection) -> list[str]:
    return [row["consumer"] for row in await connection.fetch(_LIVING_CONSUMERS)]


async def expired(uow: UnitOfWork, limit: int) -> list[Delivery]:
    return [delivery(row) for row in await uow.connection.fetch(_EXPIRED, uow.now, limit)]


async def settle(uow: UnitOfWork, settled: Sequence[tuple[Delivery, Fate, str | None]]) -> None:
    """Give each message its fate and the reason for it."""
    await uow.connection.execute(
        _SETTLE,
        [one.id for one, _, _ in settled],
        [one.group for one, _, _ in settled],
        [fate.state for _, fate, _ in settled],
        [fate.available_at for _, fate, _ in settled],
        [reason for _, _, reason in settled],
        uow.now,
    )


async def redrive(uow: UnitOfWork, queue: str, group: str | None, ids: list[str] | None, limit: int) -> list[Delivery]:
    return [delivery(row) for row in await uow.connection.fetch(_REDRIVE, queue, group, ids, limit, uow.now)]


async def dead(
    connection: Connection, queue: str, group: str | None, after: int | None, limit: int
) -> list[tuple[int, Delivery]]:
    """Dead messages with their places, in the order of acceptance."""
    rows = await connection.fetch(_DEAD, queue, group, after, limit)
    return [(row["place"], delivery(row)) for row in rows]


async def of_message(connection: Connection, message_id: str) -> list[Delivery]:
    return [delivery(row) for row in await connection.fetch(_OF_MESSAGE, message_id)]


async def depths(connection: Connection, queue: str | None, limit: int) -> list[Depth]:
    return [
        Depth(
            row["queue"],
            row["group_name"],
            row["scheduled"],
            row["ready"],
            row["leased"],
            row["dead"],
            row["oldest_sent_at"],
        )
        for row in await connection.fetch(_DEPTHS, queue, limit)
    ]


async def drop(uow: UnitOfWork, dead_before: datetime, dead_limit: int) -> list[tuple[str, str, str, str]]:
    """Id, group, queue and trace of what is kept no longer."""
    old = await uow.connection.fetch(_DROP, dead_before, dead_limit)
    return [tuple(row) for row in [*old, *await uow.connection.fetch(_ORPHANS)]]


def delivery(row: Any) -> Delivery:
    return Delivery(
        id=row["id"],
        queue=row["queue"],
        group=row["group_name"],
        sender=row["sender"],
        message_type=row["message_type"],
        payload=row["payload"],
        priority=row["priority"],
        ordering_key=row["ordering_key"],
        state=row["state"],
        attempts=row["attempts"],
        max_attempts=row["max_attempts"],
        sent_at=row["sent_at"],
        available_at=row["available_at"],
        expires_at=row["expires_at"],
        lease_id=row["lease_id"],
        consumer=row["consumer"],
        leased_until=row["leased_until"],
        reason=row["reason"],
        died_at=row["died_at"],
        trace=row["trace"],
    )
