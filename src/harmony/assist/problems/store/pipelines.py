"""Sources of web hooks, deliveries that were taken, how jobs ended."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime
from typing import Any, Literal

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems.pipelines import CiSource, JobOutcome

_SOURCE_COLUMNS = "id, user_id, provider, name, key_id, generation, created_at, delivered_at"
_ADD_SOURCE = f"INSERT INTO ci_sources ({_SOURCE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
_SOURCE = f"SELECT {_SOURCE_COLUMNS} FROM ci_sources WHERE id = $1"
_SOURCES = f"SELECT {_SOURCE_COLUMNS} FROM ci_sources WHERE user_id = $1 ORDER BY id DESC"
_RENEW = f"""
UPDATE ci_sources SET key_id = $3, generation = generation + 1 WHERE id = $1 AND user_id = $2
RETURNING {_SOURCE_COLUMNS}
"""
_DELIVERED = "UPDATE ci_sources SET delivered_at = $2 WHERE id = $1"
_REMOVE = "DELETE FROM ci_sources WHERE id = $1 AND user_id = $2 RETURNING true"
_TAKE = """
INSERT INTO ci_deliveries (source_id, delivery_id, body_hash, received_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING true
"""
_TAKEN = "SELECT body_hash = $3 FROM ci_deliveries WHERE source_id = $1 AND delivery_id = $2"
_TAKEN_SINCE = "SELECT count(*) FROM ci_deliveries WHERE source_id = $1 AND received_at > $2"
_OUTCOME_COLUMNS = """
object_id, repository, workflow, job, branch, is_main, commit_id, passed, ended_at, url
"""
_ADD_OUTCOME = f"""
INSERT INTO ci_outcomes (source_id, {_OUTCOME_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING RETURNING true
"""
_HISTORY = f"""
SELECT {_OUTCOME_COLUMNS} FROM ci_outcomes
WHERE source_id = $1 AND repository = $2 AND workflow = $3 AND job = $4
ORDER BY ended_at DESC, object_id DESC LIMIT $5
"""
# Whether a workflow's jobs speak for themselves.
_HAS_JOBS = """
SELECT EXISTS (SELECT 1 FROM ci_outcomes
    WHERE source_id = $1 AND repository = $2 AND workflow = $3 AND job <> '' AND commit_id = $4)
"""
_FIGURES = """
SELECT s.provider, count(DISTINCT s.id) AS sources, count(o.object_id) AS outcomes,
    count(o.object_id) FILTER (WHERE NOT o.passed) AS failed
FROM ci_sources s LEFT JOIN ci_outcomes o ON o.source_id = s.id GROUP BY s.provider ORDER BY s.provider
"""
_OLD_DELIVERIES = "DELETE FROM ci_deliveries WHERE received_at < $1"
_OLD_OUTCOMES = "DELETE FROM ci_outcomes WHERE ended_at < $1"
_CROWDED = """
DELETE FROM ci_outcomes o USING (
    SELECT source_id, object_id, row_number() OVER (PARTITION BY source_id ORDER BY ended_at DESC, object_id) AS place
    FROM ci_outcomes
) AS ranked
WHERE ranked.place > $1 AND o.source_id = ranked.source_id AND o.object_id = ranked.object_id
"""
_FORGET_OUTCOMES = """
DELETE FROM ci_outcomes USING ci_sources s WHERE s.id = ci_outcomes.source_id AND s.user_id = $1
"""

Taken = Literal["taken", "repeated", "replayed"]


async def add_source(uow: UnitOfWork, source: CiSource) -> None:
    await uow.connection.execute(_ADD_SOURCE, *astuple(source))


async def source(connection: Connection, source_id: str) -> CiSource | None:
    row = await connection.fetchrow(_SOURCE, source_id)
    return None if row is None else CiSource(**row)


async def sources(connection: Connection, user_id: str) -> list[CiSource]:
    return [CiSource(**row) for row in await connection.fetch(_SOURCES, user_id)]


async def renew(uow: UnitOfWork, source_id: str, user_id: str, key_id: str) -> CiSource | None:
    """The source with its next generation of secret; None when this person has no such source."""
    row = await uow.connection.fetchrow(_RENEW, source_id, user_id, key_id)
    return None if row is None else CiSource(**row)


async def delivered(uow: UnitOfWork, source_id: str) -> None:
    await uow.connection.execute(_DELIVERED, source_id, uow.now)


async def remove(uow: UnitOfWork, source_id: str, user_id: str) -> bool:
    """Remove a source with all that it delivered."""
    return bool(await uow.connection.fetchval(_REMOVE, source_id, user_id))


async def take(uow: UnitOfWork, source_id: str, delivery_id: str, body_hash: bytes) -> Taken:
    """Take a delivery once. ``repeated``: the same again; ``replayed``: the id with another body, or the reverse."""
    if await uow.connection.fetchval(_TAKE, source_id, delivery_id, body_hash, uow.now):
        return "taken"
    same = await uow.connection.fetchval(_TAKEN, source_id, delivery_id, body_hash)
    return "repeated" if same else "replayed"


async def taken_since(connection: Connection, source_id: str, since: datetime) -> int:
    return int(await connection.fetchval(_TAKEN_SINCE, source_id, since))


async def add_outcome(uow: UnitOfWork, source_id: str, outcome: JobOutcome) -> bool:
    """False when this end was told before."""
    return bool(await uow.connection.fetchval(_ADD_OUTCOME, source_id, *astuple(outcome)))


async def history(connection: Connection, source_id: str, of: JobOutcome, limit: int) -> list[JobOutcome]:
    """The newest outcomes of the same job, oldest first."""
    rows = await connection.fetch(_HISTORY, source_id, of.repository, of.workflow, of.job, limit)
    return [_outcome(row) for row in reversed(rows)]


async def has_jobs(connection: Connection, source_id: str, of: JobOutcome) -> bool:
    return bool(await connection.fetchval(_HAS_JOBS, source_id, of.repository, of.workflow, of.commit_id))


async def figures(connection: Connection) -> list[dict[str, Any]]:
    """For each provider: sources, and how the jobs ended that they told of."""
    return [dict(row) for row in await connection.fetch(_FIGURES)]


async def forget_old(
    uow: UnitOfWork, deliveries_before: datetime, outcomes_before: datetime, outcomes_kept: int
) -> None:
    """Forget what is older, and of each source's outcomes all but the newest ``outcomes_kept``."""
    await uow.connection.execute(_CROWDED, outcomes_kept)
    await uow.connection.execute(_OLD_DELIVERIES, deliveries_before)
    await uow.connection.execute(_OLD_OUTCOMES, outcomes_before)


async def forget_outcomes(uow: UnitOfWork, user_id: str) -> None:
    """Forget how the jobs of all of a person's sources ended."""
    await uow.connection.execute(_FORGET_OUTCOMES, user_id)


def _outcome(row: Any) -> JobOutcome:
    return JobOutcome(**row)
