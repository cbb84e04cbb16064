"""Problems' SQL."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems.model import Classification, Environment, Evidence, Judgement, ProblemContext

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
# How often somebody has met this failure since.
_REPEATS = "SELECT count(*) FROM problem_contexts WHERE user_id = $1 AND fingerprint = $2 AND created_at >= $3"


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


async def repeats(connection: Connection, user_id: str, fingerprint: str, since: datetime) -> int:
    return int(await connection.fetchval(_REPEATS, user_id, fingerprint, since))


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
