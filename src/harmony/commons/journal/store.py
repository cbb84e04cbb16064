"""The journal's SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.model import READ_LIMIT_ENTRIES, STAMP_LIMIT_ENTRIES, Entry, Head, Selection, Told

STAMPER_LOCK_KEY = 0x4A4F5552  # "JOUR": whoever holds it stamps; everyone else's turn comes after the commit
WAKE_CHANNEL = "harmony_journal"

# Append one fact; it stays unreadable until it is stamped.
_APPEND = """
INSERT INTO journal_entries (kind, version, subject, payload, actor, trace, occurred_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
# Append many facts of one transaction, in their order.
_APPEND_MANY = """
INSERT INTO journal_entries (kind, version, subject, payload, actor, trace, occurred_at)
SELECT kind, version, subject, payload, actor, trace, $7
FROM unnest($1::text[], $2::integer[], $3::text[], $4::jsonb[], $5::text[], $6::text[])
     WITH ORDINALITY AS told (kind, version, subject, payload, actor, trace, n)
ORDER BY n
"""
_LOCK_STAMPER = "SELECT pg_advisory_xact_lock($1)"
# Number what has committed since, in order of insertion. A row that commits later gets a later revision, whatever its
# position: no reader has passed it.
_STAMP = """
WITH fresh AS (
    SELECT position, row_number() OVER (ORDER BY position) AS n
    FROM (SELECT position FROM journal_entries WHERE revision IS NULL ORDER BY position LIMIT $1) AS unstamped
), stamped AS (
    UPDATE journal_entries AS entry SET revision = head.revision + fresh.n
    FROM fresh, journal_head AS head WHERE entry.position = fresh.position
    RETURNING entry.revision
)
UPDATE journal_head SET revision = newest.revision
FROM (SELECT max(revision) AS revision, count(*) AS many FROM stamped) AS newest
WHERE newest.revision IS NOT NULL
RETURNING newest.revision, newest.many
"""
_WAKE = "SELECT pg_notify($1, $2)"
_HEAD = "SELECT epoch, revision, compacted_revision FROM journal_head"
_READ = """
SELECT revision, kind, version, subject, payload, actor, trace, occurred_at FROM journal_entries
WHERE revision > $1
  AND ($2::text[] IS NULL OR kind LIKE ANY ($2::text[]))
  AND ($3::text IS NULL OR subject = $3)
  AND ($4::text IS NULL OR trace = $4)
  AND ($5::text IS NULL OR starts_with(subject, $5))
ORDER BY revision LIMIT $6
"""
# The last matching revision at or before a position: lets a follower prove that it has no gap.
_PREVIOUS = """
SELECT coalesce(max(revision), 0) FROM journal_entries
WHERE revision <= $1
  AND ($2::text[] IS NULL OR kind LIKE ANY ($2::text[]))
  AND ($3::text IS NULL OR subject = $3)
  AND ($4::text IS NULL OR trace = $4)
  AND ($5::text IS NULL OR starts_with(subject, $5))
"""
_UNSTAMPED = "SELECT EXISTS (SELECT 1 FROM journal_entries WHERE revision IS NULL)"
_CONSUMED = "SELECT revision FROM journal_consumers WHERE name = $1"
_CONSUMERS = "SELECT name, revision FROM journal_consumers ORDER BY name"
_MOVE_CONSUMER = """
INSERT INTO journal_consumers (name, revision, moved_at) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET revision = greatest(journal_consumers.revision, excluded.revision), moved_at = $3
"""
# Prune what is old or more than is kept, but never what a consumer has yet to read.
_PRUNE = """
WITH bound AS (
    SELECT least(greatest(old.revision, head.revision - $2), (SELECT min(revision) FROM journal_consumers)) AS revision
    FROM (SELECT coalesce(max(revision), 0) AS revision FROM journal_entries WHERE occurred_at < $1) AS old,
         journal_head AS head
), gone AS (
    DELETE FROM journal_entries USING bound WHERE journal_entries.revision <= bound.revision
    RETURNING journal_entries.revision
)
UPDATE journal_head SET compacted_revision = greatest(compacted_revision, pruned.revision)
FROM (SELECT max(revision) AS revision, count(*) AS many FROM gone) AS pruned
WHERE pruned.revision IS NOT NULL
RETURNING pruned.many
"""
# The last revision before an instant, among what is kept. Revisions follow the commits, instants the beginnings of
# transactions, so the first later one is looked for, not the last earlier one.
_BEFORE = """
SELECT coalesce((SELECT min(revision) - 1 FROM journal_entries WHERE occurred_at >= $1 AND revision IS NOT NULL),
                (SELECT revision FROM journal_head))
"""


async def append(uow: UnitOfWork, told: Told) -> None:
    message = told.message
    await uow.connection.execute(
        _APPEND, told.kind, message.VERSION, told.subject, message.payload(), told.actor, told.trace, uow.now
    )


async def append_many(uow: UnitOfWork, told: Sequence[Told]) -> None:
    await uow.connection.execute(
        _APPEND_MANY,
        [one.kind for one in told],
        [one.message.VERSION for one in told],
        [one.subject for one in told],
        [one.message.payload() for one in told],
        [one.actor for one in told],
        [one.trace for one in told],
        uow.now,
    )


async def stamp(uow: UnitOfWork) -> int:
    """Number what is committed and wake the followers; how many entries were numbered."""
    await uow.connection.execute(_LOCK_STAMPER, STAMPER_LOCK_KEY)
    row = await uow.connection.fetchrow(_STAMP, STAMP_LIMIT_ENTRIES)
    if row is None:
        return 0
    await uow.connection.execute(_WAKE, WAKE_CHANNEL, str(row["revision"]))
    return int(row["many"])


async def head(connection: Connection) -> Head:
    row = await connection.fetchrow(_HEAD)
    assert row is not None
    return Head(row["epoch"], row["revision"], row["compacted_revision"])


async def read(
    connection: Connection, after: int, selection: Selection, limit: int = READ_LIMIT_ENTRIES
) -> list[Entry]:
    rows = await connection.fetch(_READ, after, *_wanted(selection), limit)
    return [_entry(row) for row in rows]


async def previous(connection: Connection, revision: int, selection: Selection) -> int:
    return int(await connection.fetchval(_PREVIOUS, revision, *_wanted(selection)))


def _wanted(selection: Selection) -> tuple[list[str] | None, str | None, str | None, str | None]:
    return selection.patterns(), selection.subject, selection.trace, selection.subject_prefix


async def has_unstamped(connection: Connection) -> bool:
    return bool(await connection.fetchval(_UNSTAMPED))


async def consumed(connection: Connection, name: str) -> int | None:
    found = await connection.fetchval(_CONSUMED, name)
    return None if found is None else int(found)


async def consumers(connection: Connection) -> list[tuple[str, int]]:
    return [(row["name"], row["revision"]) for row in await connection.fetch(_CONSUMERS)]


async def move_consumer(uow: UnitOfWork, name: str, revision: int) -> None:
    await uow.connection.execute(_MOVE_CONSUMER, name, revision, uow.now)


async def before(connection: Connection, instant: datetime) -> int:
    return int(await connection.fetchval(_BEFORE, instant))


async def prune(uow: UnitOfWork, before: datetime, kept_entries: int) -> int:
    return int(await uow.connection.fetchval(_PRUNE, before, kept_entries) or 0)


def _entry(row: Any) -> Entry:
    return Entry(
        revision=row["revision"],
        kind=row["kind"],
        version=row["version"],
        subject=row["subject"],
        payload=row["payload"],
        actor=row["actor"],
        trace=row["trace"],
        occurred_at=row["occurred_at"],
    )
