"""The verifiers' SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.settlement.verifiers.model import (
    ATTEMPTS_LIMIT,
    MODEL,
    MODEL_VERSION,
    Case,
    CaseResult,
    Deliverable,
    Reason,
    Template,
    Verification,
)

UPLOADER_LOCK_KEY = 0x55504C44  # "UPLD": uploads of one principal are counted one after the other

_LOCK_UPLOADER = "SELECT pg_advisory_xact_lock($1, hashtext($2))"
_UPLOADS_SINCE = """
SELECT count(*) AS many, min(uploaded_at) AS oldest FROM deliverable_uploads WHERE uploader = $1 AND uploaded_at > $2
"""
_ADD_CONTENT = """
INSERT INTO deliverables (sha256, content, uploader, uploaded_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
_ADD_UPLOAD = """
INSERT INTO deliverable_uploads (sha256, uploader, uploaded_at) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING RETURNING true
"""
_DELIVERABLE = """
SELECT sha256, length(content) AS size_bytes, uploader, uploaded_at FROM deliverables WHERE sha256 = $1
"""
_IS_UPLOADER = "SELECT EXISTS (SELECT FROM deliverable_uploads WHERE sha256 = $1 AND uploader = $2)"
_CONTENT = "SELECT content FROM deliverables WHERE sha256 = $1"
_COLUMNS = (
    "id, escrow_id, deliverable_url, deliverable_hash, criteria_json, status, reason, overall_score, criteria_scores,"
    " attempts, trace, created_at, started_at, completed_at"
)
_ADD = """
INSERT INTO harmony_verifications (id, escrow_id, deliverable_url, deliverable_hash, criteria_json, verifier_model,
    verifier_version, status, reason, trace, created_at, completed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""
_FIND = f"SELECT {_COLUMNS} FROM harmony_verifications WHERE id = $1"
_FINISHED_AMONG = f"""
SELECT {_COLUMNS} FROM harmony_verifications WHERE id = ANY ($1) AND status IN ('completed', 'failed')
"""
# Take the oldest that is due: never begun, or begun by somebody whose lease is over.
_TAKE = f"""
UPDATE harmony_verifications
SET status = 'in_progress', attempts = attempts + 1, lease_until = $2, started_at = coalesce(started_at, $1)
WHERE id = (
    SELECT id FROM harmony_verifications
    WHERE (status = 'pending' OR (status = 'in_progress' AND lease_until <= $1)) AND attempts < $3
    ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING {_COLUMNS}
"""
# Give up what was begun as often as it may be and never ended.
_GIVE_UP = f"""
UPDATE harmony_verifications SET status = 'failed', reason = 'attempts_spent', completed_at = $1
WHERE id = (
    SELECT id FROM harmony_verifications
    WHERE status = 'in_progress' AND lease_until <= $1 AND attempts >= $2
    ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING {_COLUMNS}
"""
# Keep a result, unless somebody else has taken the verification up since: the attempt is the fence.
_COMPLETE = """
UPDATE harmony_verifications
SET status = 'completed', overall_score = $3, criteria_scores = $4, strengths = $5, improvements = $6,
    detailed_feedback = $7, confidence_score = 1, completed_at = $8, processing_time_seconds = $9
WHERE id = $1 AND status = 'in_progress' AND attempts = $2 RETURNING true
"""
_FAIL = """
UPDATE harmony_verifications SET status = 'failed', reason = $3, completed_at = $4
WHERE id = $1 AND status = 'in_progress' AND attempts = $2 RETURNING true
"""
_TEMPLATES = """
SELECT id, template_name, deliverable_type, description, criteria_json, times_used, average_score
FROM verifier_templates WHERE is_public ORDER BY id
"""


async def lock_uploader(uow: UnitOfWork) -> None:
    await uow.connection.execute(_LOCK_UPLOADER, UPLOADER_LOCK_KEY, uow.actor)


async def uploads_since(uow: UnitOfWork, since: datetime) -> tuple[int, datetime | None]:
    """How many the actor has uploaded after ``since``, and when the first of them."""
    row = await uow.connection.fetchrow(_UPLOADS_SINCE, uow.actor, since)
    assert row is not None
    return row["many"], row["oldest"]


async def add_deliverable(uow: UnitOfWork, sha256: str, content: bytes) -> bool:
    """Keep content brought by the actor; False when the actor had brought it before."""
    await uow.connection.execute(_ADD_CONTENT, sha256, content, uow.actor, uow.now)
    return bool(await uow.connection.fetchval(_ADD_UPLOAD, sha256, uow.actor, uow.now))


async def deliverable(connection: Connection, sha256: str) -> Deliverable | None:
    row = await connection.fetchrow(_DELIVERABLE, sha256)
    return None if row is None else Deliverable(**row)


async def is_uploader(connection: Connection, sha256: str, principal_id: str) -> bool:
    return bool(await connection.fetchval(_IS_UPLOADER, sha256, principal_id))


async def content(connection: Connection, sha256: str) -> bytes | None:
    found: bytes | None = await connection.fetchval(_CONTENT, sha256)
    return found


async def add(uow: UnitOfWork, verification: Verification) -> None:
    await uow.connection.execute(
        _ADD,
        verification.id,
        verification.escrow_id,
        verification.deliverable_url,
        verification.deliverable_hash,
        {"cases": [asdict(case) for case in verification.cases]},
        MODEL,
        MODEL_VERSION,
        verification.status,
        verification.reason,
        verification.trace,
        verification.created_at,
        verification.completed_at,
    )


async def find(connection: Connection, verification_id: str) -> Verification | None:
    row = await connection.fetchrow(_FIND, verification_id)
    return None if row is None else _verification(row)


async def finished_among(connection: Connection, verification_ids: Sequence[str]) -> list[Verification]:
    return [_verification(row) for row in await connection.fetch(_FINISHED_AMONG, list(verification_ids))]


async def take(uow: UnitOfWork, lease: timedelta) -> Verification | None:
    row = await uow.connection.fetchrow(_TAKE, uow.now, uow.now + lease, ATTEMPTS_LIMIT)
    return None if row is None else _verification(row)


async def give_up(uow: UnitOfWork) -> Verification | None:
    row = await uow.connection.fetchrow(_GIVE_UP, uow.now, ATTEMPTS_LIMIT)
    return None if row is None else _verification(row)


async def complete(uow: UnitOfWork, taken: Verification, score: int, results: Sequence[CaseResult]) -> bool:
    """False when another attempt has taken the verification up since."""
    passed = [result.name for result in results if result.passed]
    failed = [f"{result.name}: {result.reasoning}" for result in results if not result.passed]
    seconds = Decimal((uow.now - (taken.started_at or uow.now)) // timedelta(milliseconds=1)) / 1000
    kept = await uow.connection.fetchval(
        _COMPLETE,
        taken.id,
        taken.attempts,
        score,
        {"results": [asdict(result) for result in results]},
        passed,
        failed,
        f"{len(passed)} of {len(results)} cases passed when the delivered program was run.",
        uow.now,
        seconds,
    )
    return bool(kept)


async def fail(uow: UnitOfWork, taken: Verification, reason: Reason) -> bool:
    """False when another attempt has taken the verification up since."""
    return bool(await uow.connection.fetchval(_FAIL, taken.id, taken.attempts, reason, uow.now))


async def templates(connection: Connection) -> list[Template]:
    return [
        Template(
            row["id"],
            row["template_name"],
            row["deliverable_type"],
            row["description"],
            row["criteria_json"],
            row["times_used"],
            None if row["average_score"] is None else str(row["average_score"]),
        )
        for row in await connection.fetch(_TEMPLATES)
    ]


def _verification(row: Any) -> Verification:
    results = (row["criteria_scores"] or {}).get("results", [])
    return Verification(
        id=row["id"],
        escrow_id=row["escrow_id"],
        deliverable_url=row["deliverable_url"],
        deliverable_hash=row["deliverable_hash"],
        cases=tuple(Case(**{**case, "argv": tuple(case["argv"])}) for case in row["criteria_json"]["cases"]),
        status=row["status"],
        reason=row["reason"],
        score=row["overall_score"],
        results=tuple(CaseResult(**result) for result in results),
        attempts=row["attempts"],
        trace=row["trace"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        completed_at=row["completed_at"],
    )
