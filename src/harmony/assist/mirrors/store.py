"""The mirrors' SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.mirrors.model import Remote, Repository, Run, State

LIMIT_LOCK_KEY = 0x4D495252  # "MIRR": who counts towards a limit counts alone

_LOCK = "SELECT pg_advisory_xact_lock($1)"
_ADD = """
INSERT INTO mirror_repositories (name, branch, created_by, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING name
"""
_COUNT = "SELECT count(*) FROM mirror_repositories"
_REPOSITORY = "SELECT name, branch, syncs_total, errors_total, created_at FROM mirror_repositories WHERE name = $1"
_REPOSITORIES = "SELECT name, branch, syncs_total, errors_total, created_at FROM mirror_repositories ORDER BY name"
_REMOVE = "DELETE FROM mirror_repositories WHERE name = $1 RETURNING name"
_ADD_REMOTE = """
INSERT INTO mirror_remotes (repository, name, url, added_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING name
"""
_REMOTES = """
SELECT name, url, online, last_result, last_error, seen_at FROM mirror_remotes WHERE repository = $1 ORDER BY name
"""
_REMOVE_REMOTE = "DELETE FROM mirror_remotes WHERE repository = $1 AND name = $2 RETURNING name"
_SEE_REMOTE = """
UPDATE mirror_remotes SET online = $3, last_result = $4, last_error = $5,
                          seen_at = CASE WHEN $3 THEN $6::timestamptz ELSE seen_at END
WHERE repository = $1 AND name = $2
"""
_INTERRUPT = """
UPDATE mirror_runs SET state = 'interrupted', ended_at = $2 WHERE repository = $1 AND state = 'running' RETURNING id
"""
_ADD_RUN = """
INSERT INTO mirror_runs (id, repository, request_id, dry_run, state, started_at, report)
VALUES ($1, $2, $3, $4, 'running', $5, '{}')
"""
_END_RUN = """
UPDATE mirror_runs SET state = $2, ended_at = $3, report = $4 WHERE id = $1 AND state = 'running' RETURNING id
"""
_COUNT_RUN = """
UPDATE mirror_repositories SET syncs_total = syncs_total + 1, errors_total = errors_total + $2::integer WHERE name = $1
"""
_PRUNE_RUNS = """
DELETE FROM mirror_runs WHERE repository = $1 AND id < (
    SELECT id FROM mirror_runs WHERE repository = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)
"""
_LAST_RUN = "SELECT * FROM mirror_runs WHERE repository = $1 ORDER BY id DESC LIMIT 1"
_LAST_PROOF = """
SELECT * FROM mirror_runs WHERE repository = $1 AND report ? 'hash' AND report->>'hash' IS NOT NULL
ORDER BY id DESC LIMIT 1
"""
_RUNS = "SELECT * FROM mirror_runs WHERE repository = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3"
_ANSWERED = """
SELECT EXISTS (SELECT 1 FROM mirror_runs WHERE request_id = $1 AND state IN ('synced', 'diverged', 'refused'))
"""
_TOTALS = """
SELECT coalesce(sum(syncs_total), 0)::bigint AS syncs, coalesce(sum(errors_total), 0)::bigint AS errors
FROM mirror_repositories
"""


async def lock(uow: UnitOfWork) -> None:
    await uow.connection.execute(_LOCK, LIMIT_LOCK_KEY)


async def add(uow: UnitOfWork, name: str, branch: str) -> bool:
    """False when there is one of this name."""
    return await uow.connection.fetchval(_ADD, name, branch, uow.actor, uow.now) is not None


async def count(connection: Connection) -> int:
    return int(await connection.fetchval(_COUNT))


async def repository(connection: Connection, name: str) -> Repository | None:
    row = await connection.fetchrow(_REPOSITORY, name)
    return None if row is None else Repository(**row)


async def repositories(connection: Connection) -> list[Repository]:
    return [Repository(**row) for row in await connection.fetch(_REPOSITORIES)]


async def remove(uow: UnitOfWork, name: str) -> bool:
    return await uow.connection.fetchval(_REMOVE, name) is not None


async def add_remote(uow: UnitOfWork, repository: str, name: str, url: str) -> bool:
    """False when there is one of this name."""
    return await uow.connection.fetchval(_ADD_REMOTE, repository, name, url, uow.now) is not None


async def remotes(connection: Connection, repository: str) -> list[Remote]:
    return [Remote(**row) for row in await connection.fetch(_REMOTES, repository)]


async def remove_remote(uow: UnitOfWork, repository: str, name: str) -> bool:
    return await uow.connection.fetchval(_REMOVE_REMOTE, repository, name) is not None


async def see_remote(uow: UnitOfWork, repository: str, name: str, online: bool, result: str, error: str | None) -> None:
    await uow.connection.execute(_SEE_REMOTE, repository, name, online, result, error, uow.now)


async def interrupt(uow: UnitOfWork, repository: str) -> bool:
    """End what a killed process began; whether there was any. Only for who holds the repository."""
    return bool(await uow.connection.fetch(_INTERRUPT, repository, uow.now))


async def add_run(uow: UnitOfWork, run_id: str, repository: str, request_id: str | None, dry_run: bool) -> None:
    await uow.connection.execute(_ADD_RUN, run_id, repository, request_id, dry_run, uow.now)


async def end_run(uow: UnitOfWork, run_id: str, state: State, report: Mapping[str, Any]) -> bool:
    """False when the run is no longer there: its repository was removed meanwhile."""
    return await uow.connection.fetchval(_END_RUN, run_id, state, uow.now, dict(report)) is not None


async def count_run(uow: UnitOfWork, repository: str, failed: bool, kept: int) -> None:
    await uow.connection.execute(_COUNT_RUN, repository, int(failed))
    await uow.connection.execute(_PRUNE_RUNS, repository, kept - 1)


async def last_run(connection: Connection, repository: str) -> Run | None:
    row = await connection.fetchrow(_LAST_RUN, repository)
    return None if row is None else Run(**row)


async def last_proof(connection: Connection, repository: str) -> Run | None:
    """The last run after which all remotes were alike."""
    row = await connection.fetchrow(_LAST_PROOF, repository)
    return None if row is None else Run(**row)


async def runs(connection: Connection, repository: str, before: str | None, limit: int) -> list[Run]:
    return [Run(**row) for row in await connection.fetch(_RUNS, repository, before, limit)]


async def is_answered(connection: Connection, request_id: str) -> bool:
    """Whether a run for this wish came to an end that asking again would not change."""
    return bool(await connection.fetchval(_ANSWERED, request_id))


async def totals(connection: Connection) -> tuple[int, int]:
    """Runs, and those of them that failed."""
    row = await connection.fetchrow(_TOTALS)
    assert row is not None
    return int(row["syncs"]), int(row["errors"])
