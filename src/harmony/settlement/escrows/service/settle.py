"""How an escrow moves: state, money, history and message in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.service import append
from harmony.kernel.money import decimal
from harmony.messages.settlement import (
    EscrowAccepted,
    EscrowDisputed,
    EscrowExpired,
    EscrowFact,
    EscrowRefunded,
    EscrowReleased,
    EscrowSubmitted,
)
from harmony.settlement.escrows import store
from harmony.settlement.escrows.errors import EscrowUnknown, WrongState
from harmony.settlement.escrows.model import CAUSES, Actor, Escrow, Move, Status, account, after, hold_id, payout_id
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Account, Post, Transfer, Void, available

MESSAGES: Mapping[Status, type[EscrowFact]] = {
    "accepted": EscrowAccepted,
    "submitted": EscrowSubmitted,
    "released": EscrowReleased,
    "refunded": EscrowRefunded,
    "expired": EscrowExpired,
    "disputed": EscrowDisputed,
}


async def locked(uow: UnitOfWork, escrow_id: str) -> Escrow:
    """The escrow, held against other changes, for a party of it; raises ``EscrowUnknown`` for anybody else."""
    escrow = await store.lock(uow, escrow_id)
    if escrow is None or not escrow.is_party(uow.actor):
        raise EscrowUnknown("there is no such escrow", field="escrow_id")
    return escrow


async def advance(uow: UnitOfWork, before: Escrow, changed: Escrow, move: Move, actor: Actor, message: str) -> Escrow:
    """Make ``move`` on ``before`` and write what else ``changed`` says; the money follows the state.

    Raises ``WrongState`` when the move cannot be made, or when another change was quicker.
    """
    status = after(before.status, move)
    now = replace(
        changed,
        status=status,
        invitation_token=None,
        release_cause=CAUSES.get(move),
        completed_at=uow.now if status in ("released", "refunded", "expired") else None,
    )
    if not await store.move(uow, before, now):
        raise WrongState("the escrow has changed in the meantime", details={"was": before.status})
    if status == "released":
        await _pay(uow, now)
    elif status in ("refunded", "expired"):
        await ledger.post(uow, [Void(f"{now.id}:refund", hold_id(now.id), "escrow.refund", now.id)])
    await store.note(uow, now, actor, ACTIONS[move], message)
    await append(uow, fact(MESSAGES[status], now), subject=now.id)
    return now


ACTIONS: Mapping[Move, str] = {
    "accept": "accepted",
    "submit": "submitted",
    "approve": "approved",
    "release_by_score": "released",
    "reject_scored": "rejected",
    "reject_unscored": "rejected",
    "resolve_release": "resolved",
    "resolve_refund": "resolved",
    "expire": "expired",
    "review_release": "released",
    "review_refund": "refunded",
    "dispute_refund": "refunded",
}
"""How the history names a move."""


def fact(kind: type[EscrowFact], escrow: Escrow) -> EscrowFact:
    """The message of ``kind`` about the escrow as it is."""
    return kind(
        escrow_id=escrow.id,
        session_id=escrow.session_id,
        buyer=escrow.buyer,
        seller=escrow.seller,
        amount=decimal(escrow.amount),
        asset=escrow.amount.asset.code,
        score=escrow.quality_score,
        payout=decimal(escrow.payout) if escrow.status == "released" else None,
    )


async def _pay(uow: UnitOfWork, escrow: Escrow) -> None:
    """Post the hold, then share what it held out: the seller's part and the platform's."""
    assert escrow.seller is not None, "only an accepted escrow is released"
    asset, source = escrow.amount.asset, account(escrow.id)
    await ledger.open_accounts(uow, [Account(available(escrow.seller), asset), Account(escrow.income_account, asset)])
    moves: list[Post | Transfer] = [
        Post(f"{escrow.id}:release", hold_id(escrow.id), "escrow.release", reference=escrow.id),
        Transfer(payout_id(escrow.id), source, available(escrow.seller), escrow.payout, "escrow.payout", escrow.id),
    ]
    income = escrow.buyer_fee + escrow.seller_fee
    if income.minor:
        moves.append(Transfer(f"{escrow.id}:income", source, escrow.income_account, income, "escrow.income", escrow.id))
    await ledger.post(uow, moves)
