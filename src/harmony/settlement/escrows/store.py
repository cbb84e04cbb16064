"""The escrows' SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.kernel.money import PRACTICE_USDC, Amount, decimal, parse
from harmony.settlement.escrows.model import (
    ACTIVE,
    Actor,
    Escrow,
    HistoryEntry,
    Status,
    Summary,
    account,
    hold_id,
)

_COLUMNS = """
id, buyer_address, seller_address, amount_usdc, buyer_fee_usdc, seller_fee_usdc, terms_json, terms_hash, status,
session_id, invitation_token, acceptance_deadline, delivery_deadline, review_deadline, created_at, trace,
deliverable_url, deliverable_hash, completion_notes, submission_time, verification_id, quality_score, verified_at,
dispute_reason, dispute_initiated_by, dispute_resolved_by, arbitrator_notes, disputed_at, release_cause, completed_at
"""
_ADD = """
INSERT INTO harmony_escrows (id, escrow_address, chain, buyer_address, seller_address, amount_usdc, buyer_fee_usdc,
    seller_fee_usdc, payment_tx_hash, terms_json, terms_hash, session_id, invitation_token, acceptance_deadline,
    delivery_deadline, review_deadline, created_at, updated_at, trace)
VALUES ($1, $2, 'ledger', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $17)
"""
_FIND = f"SELECT {_COLUMNS} FROM harmony_escrows WHERE id = $1"
_LOCK = _FIND + " FOR UPDATE"
_LOCK_UNLESS_BUSY = _FIND + " FOR UPDATE SKIP LOCKED"
# A move: only from the state that it was decided in.
_MOVE = """
UPDATE harmony_escrows
SET status = $3, seller_address = $4, invitation_token = $5, review_deadline = $6, deliverable_url = $7,
    deliverable_hash = $8, completion_notes = $9, submission_time = $10, verification_id = $11, quality_score = $12,
    verified_at = $13, dispute_reason = $14, dispute_initiated_by = $15, dispute_resolved_by = $16,
    arbitrator_notes = $17, disputed_at = $18, release_cause = $19, completed_at = $20, updated_at = $21
WHERE id = $1 AND status = $2 RETURNING true
"""
_CREATED_SINCE = """
SELECT count(*) AS many, min(created_at) AS oldest FROM harmony_escrows WHERE buyer_address = $1 AND created_at > $2
"""
# Delivered work whose check has not been taken notice of.
_UNVERIFIED = """
SELECT id, verification_id, trace FROM harmony_escrows
WHERE status = 'submitted' AND verification_id IS NOT NULL AND verified_at IS NULL AND id > $1
ORDER BY id LIMIT $2
"""
# Escrows that some deadline may have ended; what it means is decided by the model.
_OVERDUE = """
SELECT id, trace FROM harmony_escrows
WHERE id > $1 AND (
    (status = 'pending' AND least(acceptance_deadline, delivery_deadline) <= $2)
    OR (status = 'accepted' AND delivery_deadline <= $2)
    OR (status = 'submitted' AND review_deadline <= $2)
    OR (status = 'disputed' AND disputed_at <= $3)
)
ORDER BY id LIMIT $4
"""
_NOTE = """
INSERT INTO escrow_negotiations (escrow_id, sender_address, message_type, message_content, proposed_terms_json,
    is_accepted, created_at, actor, action)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_HISTORY = """
SELECT created_at AS timestamp, actor, action, message_content AS message
FROM escrow_negotiations WHERE escrow_id = $1 ORDER BY id
"""
_CARRIES_FOR = """
SELECT EXISTS (
    SELECT FROM harmony_escrows
    WHERE deliverable_hash = $1 AND deliverable_url = $2 AND (buyer_address = $3 OR seller_address = $3)
)
"""
_LIST = f"""
SELECT {_COLUMNS} FROM harmony_escrows
WHERE (buyer_address = $1 OR seller_address = $1) AND status = ANY ($2)
ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4
"""
# What was first paid for a session: the escrow that says what its help was worth.
_RELEASED_OF_SESSION = f"""
SELECT {_COLUMNS} FROM harmony_escrows
WHERE session_id = $1 AND status = 'released' ORDER BY completed_at, id LIMIT 1
"""
_COUNT = """
SELECT count(*) FROM harmony_escrows WHERE (buyer_address = $1 OR seller_address = $1) AND status = ANY ($2)
"""
_SUMMARY = """
SELECT count(*) FILTER (WHERE status = ANY ($2) AND buyer_address = $1) AS active_as_buyer,
    count(*) FILTER (WHERE status = ANY ($2) AND seller_address = $1) AS active_as_seller,
    count(*) FILTER (WHERE status IN ('released', 'refunded', 'expired')) AS completed,
    count(*) FILTER (WHERE status = 'disputed') AS disputed,
    coalesce(sum(amount_usdc) FILTER (WHERE status = 'released'), 0) AS total_volume
FROM harmony_escrows WHERE buyer_address = $1 OR seller_address = $1
"""


async def add(uow: UnitOfWork, escrow: Escrow) -> None:
    await uow.connection.execute(
        _ADD,
        escrow.id,
        account(escrow.id),
        escrow.buyer,
        escrow.seller,
        _numeric(escrow.amount),
        _numeric(escrow.buyer_fee),
        _numeric(escrow.seller_fee),
        hold_id(escrow.id),
        dict(escrow.terms),
        escrow.terms_hash,
        escrow.session_id,
        escrow.invitation_token,
        escrow.acceptance_deadline,
        escrow.delivery_deadline,
        escrow.review_deadline,
        uow.now,
        escrow.trace,
    )


async def find(connection: Connection, escrow_id: str) -> Escrow | None:
    row = await connection.fetchrow(_FIND, escrow_id)
    return None if row is None else _escrow(row)


async def released_of_session(connection: Connection, session_id: str) -> Escrow | None:
    row = await connection.fetchrow(_RELEASED_OF_SESSION, session_id)
    return None if row is None else _escrow(row)


async def lock(uow: UnitOfWork, escrow_id: str) -> Escrow | None:
    """The escrow, held against every other change until the commit."""
    row = await uow.connection.fetchrow(_LOCK, escrow_id)
    return None if row is None else _escrow(row)


async def lock_unless_busy(uow: UnitOfWork, escrow_id: str) -> Escrow | None:
    """None when somebody else is changing it: a job comes again."""
    row = await uow.connection.fetchrow(_LOCK_UNLESS_BUSY, escrow_id)
    return None if row is None else _escrow(row)


async def move(uow: UnitOfWork, before: Escrow, after: Escrow) -> bool:
    """Write ``after`` if the escrow is still in the state of ``before``; whether it was."""
    moved = await uow.connection.fetchval(
        _MOVE,
        before.id,
        before.status,
        after.status,
        after.seller,
        after.invitation_token,
        after.review_deadline,
        after.deliverable_url,
        after.deliverable_hash,
        after.completion_notes,
        after.submission_time,
        after.verification_id,
        after.quality_score,
        after.verified_at,
        after.dispute_reason,
        after.dispute_initiated_by,
        after.dispute_resolved_by,
        after.arbitrator_notes,
        after.disputed_at,
        after.release_cause,
        after.completed_at,
        uow.now,
    )
    return bool(moved)


async def created_since(uow: UnitOfWork, buyer: str, since: datetime) -> tuple[int, datetime]:
    """How many the buyer has created after ``since``, and when the first of them."""
    row = await uow.connection.fetchrow(_CREATED_SINCE, buyer, since)
    assert row is not None
    return row["many"], row["oldest"] or uow.now


async def unverified(connection: Connection, after_id: str, limit: int) -> list[tuple[str, str, str]]:
    """Ids of escrows, of their verifications, and the traces that began them."""
    rows = await connection.fetch(_UNVERIFIED, after_id, limit)
    return [(row["id"], row["verification_id"], row["trace"]) for row in rows]


async def overdue(
    connection: Connection, after_id: str, now: datetime, disputed_before: datetime, limit: int
) -> list[tuple[str, str]]:
    """Ids of escrows with the traces that began them."""
    rows = await connection.fetch(_OVERDUE, after_id, now, disputed_before, limit)
    return [(row["id"], row["trace"]) for row in rows]


async def note(uow: UnitOfWork, escrow: Escrow, actor: Actor, action: str, message: str) -> None:
    """Add a line to the escrow's history; a proposal carries the terms."""
    message_type = {"created": "proposal", "accepted": "acceptance", "rejected": "rejection"}.get(
        action, "clarification"
    )
    await uow.connection.execute(
        _NOTE,
        escrow.id,
        uow.actor,
        message_type,
        message,
        dict(escrow.terms) if action == "created" else None,
        action == "accepted",
        uow.now,
        actor,
        action,
    )


async def history(connection: Connection, escrow_id: str) -> list[HistoryEntry]:
    return [HistoryEntry(**row) for row in await connection.fetch(_HISTORY, escrow_id)]


async def carries_for(connection: Connection, sha256: str, url: str, principal_id: str) -> bool:
    return bool(await connection.fetchval(_CARRIES_FOR, sha256, url, principal_id))


async def listed(
    connection: Connection, principal_id: str, statuses: Sequence[Status], limit: int, offset: int
) -> tuple[list[Escrow], int]:
    """A page of a principal's escrows, newest first, and how many there are in all."""
    rows = await connection.fetch(_LIST, principal_id, list(statuses), limit, offset)
    total = await connection.fetchval(_COUNT, principal_id, list(statuses))
    return [_escrow(row) for row in rows], int(total)


async def summary(connection: Connection, principal_id: str) -> Summary:
    row = await connection.fetchrow(_SUMMARY, principal_id, list(ACTIVE))
    assert row is not None
    return Summary(
        row["active_as_buyer"],
        row["active_as_seller"],
        row["completed"],
        row["disputed"],
        _amount(row["total_volume"]),
    )


def _numeric(amount: Amount) -> Decimal:
    return Decimal(decimal(amount))


def _amount(value: Decimal) -> Amount:
    return parse(format(value, "f"), PRACTICE_USDC)


def _escrow(row: Any) -> Escrow:
    fields = dict(row)
    fields["buyer"] = fields.pop("buyer_address")
    fields["seller"] = fields.pop("seller_address")
    fields["terms"] = fields.pop("terms_json")
    for name in ("amount", "buyer_fee", "seller_fee"):
        fields[name] = _amount(fields.pop(f"{name}_usdc"))
    return Escrow(**fields)
