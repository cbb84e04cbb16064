"""Jobs of the escrows: take notice of finished checks, and decide what nobody decided in time."""

from __future__ import annotations

from dataclasses import replace

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.service import append
from harmony.messages.settlement import EscrowVerified
from harmony.settlement.escrows import store
from harmony.settlement.escrows.model import DISPUTE_WINDOW, Escrow, Move, by_score, overdue
from harmony.settlement.escrows.service.settle import advance, fact
from harmony.settlement.verifiers.model import Verification
from harmony.settlement.verifiers.service import request as verification

BATCH_LIMIT_ESCROWS = 100

WORDS: dict[Move, str] = {
    "expire": "a deadline has passed; the buyer is refunded",
    "review_release": "the review window is over; the seller is paid",
    "review_refund": "the review window is over below the agreed score; the buyer is refunded",
    "dispute_refund": "nobody decided the dispute in time; the buyer is refunded",
}


async def settle_verified(database: Database) -> int:
    """Take notice of every finished check, and pay where it reached the agreed score; how many were noticed."""
    noticed, after_id = 0, ""
    while True:
        async with database.reading() as connection:
            waiting = await store.unverified(connection, after_id, BATCH_LIMIT_ESCROWS)
            checks = await verification.finished_among(connection, [check_id for _, check_id, _ in waiting])
        for escrow_id, check_id, trace in waiting:
            if check_id in checks:
                async with database.begin(trace=trace) as uow:
                    noticed += await _notice(uow, escrow_id, checks[check_id])
        if len(waiting) < BATCH_LIMIT_ESCROWS:
            return noticed
        after_id = waiting[-1][0]


async def expire_overdue(database: Database) -> int:
    """Decide every escrow whose deadline has passed; how many were decided."""
    decided, after_id = 0, ""
    while True:
        now = database.clock.now()
        async with database.reading() as connection:
            late = await store.overdue(connection, after_id, now, now - DISPUTE_WINDOW, BATCH_LIMIT_ESCROWS)
        for escrow_id, trace in late:
            async with database.begin(trace=trace) as uow:
                decided += await _decide(uow, escrow_id)
        if len(late) < BATCH_LIMIT_ESCROWS:
            return decided
        after_id = late[-1][0]


async def _notice(uow: UnitOfWork, escrow_id: str, check: Verification) -> bool:
    escrow = await store.lock_unless_busy(uow, escrow_id)
    if escrow is None or escrow.status != "submitted" or escrow.verified_at is not None:
        return False
    scored = replace(escrow, quality_score=check.score, verified_at=uow.now)
    await store.move(uow, escrow, scored)
    words = f"checked: {check.score} of 100" if check.score is not None else f"not scored: {check.reason}"
    await store.note(uow, scored, "system", "verified", words)
    await append(uow, fact(EscrowVerified, scored), subject=escrow.id)
    move = by_score(scored, check)
    if move is not None:
        await advance(uow, scored, scored, move, "system", f"the score reaches the agreed {escrow.threshold}")
    return True


async def _decide(uow: UnitOfWork, escrow_id: str) -> bool:
    escrow = await store.lock_unless_busy(uow, escrow_id)
    check = await _check_of(uow, escrow) if escrow is not None else None
    move = overdue(escrow, check, uow.now) if escrow is not None else None
    if escrow is None or move is None:
        return False
    changed = escrow
    if check is not None:
        changed = replace(changed, quality_score=check.score)
    if move == "dispute_refund":
        changed = replace(changed, dispute_resolved_by="timeout")
    await advance(uow, escrow, changed, move, "system", WORDS[move])
    return True


async def _check_of(uow: UnitOfWork, escrow: Escrow) -> Verification | None:
    if escrow.status != "submitted" or escrow.verification_id is None:
        return None
    return await verification.find(uow.connection, escrow.verification_id)
