"""Reported failures, their fingerprints, and what a person decided about those."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems.model import (
    Classification,
    Correction,
    Environment,
    Evidence,
    Grouping,
    Judgement,
    ProblemContext,
)
from harmony.assist.problems.similarity import Sketch

_COLUMNS = """
id, user_id, space_id, trace, problem_detected, confidence_percent, category, subcategory, complexity, urgency,
suggested_action, fingerprint, error_type, error_message, language, evidence, environment, occurrences, command,
exit_code, log, created_at
"""
_ADD = f"""
INSERT INTO problem_contexts ({_COLUMNS})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
"""
_CONTEXT = f"SELECT {_COLUMNS} FROM problem_contexts WHERE id = $1"
_CONTEXTS = f"""
SELECT {_COLUMNS} FROM problem_contexts
WHERE user_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
"""
# Whether a trace is that of somebody else's story.
_IS_ANOTHERS = "SELECT EXISTS (SELECT 1 FROM problem_contexts WHERE trace = $1 AND user_id <> $2)"
# How often somebody has met this failure, under any of its fingerprints, since.
_REPEATS = "SELECT count(*) FROM problem_contexts WHERE user_id = $1 AND fingerprint = ANY($2) AND created_at >= $3"
# A failure met again keeps its number; only a new one returns it, and only then its keys are written.
_KNOW = """
INSERT INTO problem_fingerprints (user_id, fingerprint, failure, kind, words, steps, first_seen_at, last_seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
ON CONFLICT (user_id, fingerprint) DO UPDATE SET last_seen_at = excluded.last_seen_at
RETURNING number, first_seen_at = last_seen_at AS is_new
"""
_KNOW_KEYS = """
INSERT INTO problem_fingerprint_keys (user_id, place, key, number)
SELECT $1, place, key, $3 FROM unnest($2::bigint[]) WITH ORDINALITY AS given (key, place) WHERE key <> 0
ON CONFLICT DO NOTHING
"""
_KNOWN = "SELECT failure FROM problem_fingerprints WHERE user_id = $1 AND fingerprint = $2"
# The newest failures that share a key, of each key as many as $3; only those of the same kind are compared.
_CANDIDATES = """
SELECT fingerprint, kind, words, steps FROM problem_fingerprints
WHERE kind = $4 AND number IN (
    SELECT near.number FROM unnest($2::bigint[]) WITH ORDINALITY AS given (key, place)
    CROSS JOIN LATERAL (
        SELECT number FROM problem_fingerprint_keys
        WHERE user_id = $1 AND place = given.place AND key = given.key AND given.key <> 0
        ORDER BY number DESC LIMIT $3
    ) AS near
)
"""
_GROUPING_COLUMNS = "id, user_id, one, other, verdict, reason, decided_at"
_DECIDE = f"""
INSERT INTO problem_groupings ({_GROUPING_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (user_id, one, other)
DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, decided_at = excluded.decided_at
RETURNING {_GROUPING_COLUMNS}
"""
_GROUPINGS = f"""
SELECT {_GROUPING_COLUMNS} FROM problem_groupings
WHERE user_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
"""
# The decisions that speak of any of these fingerprints.
_ABOUT = f"""
SELECT {_GROUPING_COLUMNS} FROM problem_groupings WHERE user_id = $1 AND (one = ANY($2) OR other = ANY($2))
"""
_UNDO = "DELETE FROM problem_groupings WHERE user_id = $1 AND id = $2 RETURNING id"
# One person's decisions are taken one after the other, so that no two of them contradict.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('problem_groupings ' || $1, 0))"


async def is_anothers_trace(uow: UnitOfWork, user_id: str) -> bool:
    """Whether the trace of this unit of work is that of a story of somebody else than ``user_id``."""
    return bool(await uow.connection.fetchval(_IS_ANOTHERS, uow.trace, user_id))


async def add(uow: UnitOfWork, context: ProblemContext) -> None:
    judgement, classification = context.judgement, context.judgement.classification
    await uow.connection.execute(
        _ADD,
        context.id,
        context.user_id,
        context.space_id,
        context.trace,
        judgement.problem_detected,
        judgement.confidence_percent,
        classification.category,
        classification.subcategory,
        classification.complexity,
        classification.urgency,
        context.suggested_action,
        context.fingerprint,
        context.error_type,
        context.error_message,
        context.language,
        [asdict(item) for item in judgement.evidence],
        asdict(context.environment),
        judgement.occurrences,
        context.command,
        context.exit_code,
        context.log,
        context.created_at,
    )


async def context(connection: Connection, context_id: str) -> ProblemContext | None:
    row = await connection.fetchrow(_CONTEXT, context_id)
    return None if row is None else _context(row)


async def contexts(connection: Connection, user_id: str, before: str | None, limit: int) -> list[ProblemContext]:
    return [_context(row) for row in await connection.fetch(_CONTEXTS, user_id, before, limit)]


async def repeats(connection: Connection, user_id: str, fingerprints: list[str], since: datetime) -> int:
    return int(await connection.fetchval(_REPEATS, user_id, fingerprints, since))


async def know(
    uow: UnitOfWork, user_id: str, fingerprint: str, failure: dict[str, Any], sketch: Sketch, keys: list[int]
) -> None:
    """Keep a failure as it is compared, and its keys when it is new."""
    words, steps = list(sketch.words), list(sketch.steps)
    rows = await uow.connection.fetch(_KNOW, user_id, fingerprint, failure, sketch.kind, words, steps, uow.now)
    for row in rows:
        if row["is_new"]:
            await uow.connection.execute(_KNOW_KEYS, user_id, keys, row["number"])


async def known(connection: Connection, user_id: str, fingerprint: str) -> dict[str, Any] | None:
    """What ``know`` kept as ``failure``."""
    found: dict[str, Any] | None = await connection.fetchval(_KNOWN, user_id, fingerprint)
    return found


async def candidates(
    connection: Connection, user_id: str, keys: list[int], kind: int, a_key: int
) -> list[tuple[str, Sketch]]:
    rows = await connection.fetch(_CANDIDATES, user_id, keys, a_key, kind)
    return [(row["fingerprint"], Sketch(row["kind"], tuple(row["words"]), tuple(row["steps"]))) for row in rows]


async def decide(uow: UnitOfWork, grouping: Grouping) -> Grouping:
    """Remember a decision; an earlier one about the same two gives way and keeps its id."""
    row = await uow.connection.fetchrow(
        _DECIDE,
        grouping.id,
        grouping.user_id,
        grouping.one,
        grouping.other,
        grouping.verdict,
        grouping.reason,
        grouping.decided_at,
    )
    return _grouping(row)


async def groupings(connection: Connection, user_id: str, before: str | None, limit: int) -> list[Grouping]:
    return [_grouping(row) for row in await connection.fetch(_GROUPINGS, user_id, before, limit)]


async def groupings_about(connection: Connection, user_id: str, fingerprints: list[str]) -> list[Grouping]:
    return [_grouping(row) for row in await connection.fetch(_ABOUT, user_id, fingerprints)]


async def undo(uow: UnitOfWork, user_id: str, grouping_id: str) -> bool:
    return await uow.connection.fetchval(_UNDO, user_id, grouping_id) is not None


async def one_at_a_time(uow: UnitOfWork, user_id: str) -> None:
    """Wait until no other transaction decides for this person."""
    await uow.connection.execute(_ONE_AT_A_TIME, user_id)


def _grouping(row: Any) -> Grouping:
    return Grouping(**dict(row))


def _context(row: Any) -> ProblemContext:
    return ProblemContext(
        id=row["id"],
        user_id=row["user_id"],
        space_id=row["space_id"],
        trace=row["trace"],
        judgement=Judgement(
            problem_detected=row["problem_detected"],
            confidence_percent=row["confidence_percent"],
            classification=Classification(row["category"], row["subcategory"], row["complexity"], row["urgency"]),
            evidence=tuple(Evidence(**item) for item in row["evidence"]),
            occurrences=row["occurrences"],
        ),
        suggested_action=row["suggested_action"],
        fingerprint=row["fingerprint"],
        error_type=row["error_type"],
        error_message=row["error_message"],
        language=row["language"],
        environment=Environment(**row["environment"]),
        command=row["command"],
        exit_code=row["exit_code"],
        log=row["log"],
        created_at=row["created_at"],
    )


# What a person said of a class; the same word again changes nothing and returns no row.
_CORRECT = """
INSERT INTO problem_corrections (context_id, corrected_by, category, subcategory, reason, corrected_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (context_id) DO UPDATE SET corrected_by = excluded.corrected_by, category = excluded.category,
    subcategory = excluded.subcategory, reason = excluded.reason, corrected_at = excluded.corrected_at
WHERE (problem_corrections.corrected_by, problem_corrections.category, problem_corrections.subcategory,
    problem_corrections.reason)
    IS DISTINCT FROM (excluded.corrected_by, excluded.category, excluded.subcategory, excluded.reason)
RETURNING context_id
"""
_CORRECTION = """
SELECT context_id, corrected_by, category, subcategory, reason, corrected_at FROM problem_corrections
WHERE context_id = $1
"""
# Kept failures of everybody, the newest first.
_EVERYBODYS = f"SELECT {_COLUMNS} FROM problem_contexts WHERE ($1::text IS NULL OR id < $1) ORDER BY id DESC LIMIT $2"
_CORRECTIONS = """
SELECT context_id, corrected_by, category, subcategory, reason, corrected_at FROM problem_corrections
WHERE context_id = ANY($1)
"""


async def correct(uow: UnitOfWork, correction: Correction) -> bool:
    """Keep the correction; whether it says something new."""
    row = await uow.connection.fetchrow(
        _CORRECT,
        correction.context_id,
        correction.corrected_by,
        correction.category,
        correction.subcategory,
        correction.reason,
        correction.corrected_at,
    )
    return row is not None


async def correction(connection: Connection, context_id: str) -> Correction | None:
    row = await connection.fetchrow(_CORRECTION, context_id)
    return None if row is None else Correction(**dict(row))


async def everybodys(connection: Connection, before: str | None, limit: int) -> list[ProblemContext]:
    return [_context(row) for row in await connection.fetch(_EVERYBODYS, before, limit)]


async def corrections(connection: Connection, context_ids: list[str]) -> dict[str, Correction]:
    """By context, for those that were corrected."""
    rows = await connection.fetch(_CORRECTIONS, context_ids)
    return {row["context_id"]: Correction(**dict(row)) for row in rows}
