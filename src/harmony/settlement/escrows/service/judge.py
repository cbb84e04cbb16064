"""The buyer's judgement: approve pays, reject refunds what was scored too low and disputes what was not scored."""

from __future__ import annotations

from dataclasses import replace

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.settlement.escrows.errors import CheckRunning, DeadlinePassed, NotYourPart, ScoreReached
from harmony.settlement.escrows.model import Escrow, after
from harmony.settlement.escrows.service.settle import advance, locked
from harmony.settlement.verifiers.service import request as verification


async def approve(uow: UnitOfWork, escrow_id: str) -> Escrow:
    """Pay the seller whatever the score; raises ``EscrowUnknown``, ``NotYourPart``, ``WrongState``."""
    escrow = await _of_buyer(uow, escrow_id)
    after(escrow.status, "approve")
    score = escrow.quality_score
    if score is None and escrow.verification_id is not None:
        score = (await verification.find(uow.connection, escrow.verification_id)).score
    return await advance(uow, escrow, replace(escrow, quality_score=score), "approve", "buyer", "work approved")


async def reject(uow: UnitOfWork, escrow_id: str, reason: str) -> Escrow:
    """Refuse the work within the review window.

    Raises ``CheckRunning`` before the check has ended, ``ScoreReached`` at or above the agreed score,
    ``DeadlinePassed`` after the window, ``EscrowUnknown``, ``NotYourPart``, ``WrongState``.
    """
    escrow = await _of_buyer(uow, escrow_id)
    after(escrow.status, "reject_unscored")
    if uow.now >= escrow.review_deadline:
        raise DeadlinePassed("the review window is over", field="escrow_id")
    score = None
    if escrow.verification_id is not None:
        check = await verification.find(uow.connection, escrow.verification_id)
        if not check.finished:
            raise CheckRunning("the delivered program is being checked", field="escrow_id")
        score = check.score
    if score is None:
        disputed = replace(
            escrow, dispute_reason=reason, dispute_initiated_by=uow.actor, disputed_at=uow.now, quality_score=None
        )
        return await advance(uow, escrow, disputed, "reject_unscored", "buyer", reason)
    if score >= escrow.threshold:
        raise ScoreReached(f"the score {score} reaches the agreed {escrow.threshold}", field="escrow_id")
    return await advance(uow, escrow, replace(escrow, quality_score=score), "reject_scored", "buyer", reason)


async def _of_buyer(uow: UnitOfWork, escrow_id: str) -> Escrow:
    escrow = await locked(uow, escrow_id)
    if escrow.buyer != uow.actor:
        raise NotYourPart("the buyer judges the work", field="escrow_id")
    return escrow
