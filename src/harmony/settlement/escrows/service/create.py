"""Create an escrow: the price and the buyer's fee are held from this moment on."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.service import append
from harmony.kernel.money import Amount, decimal
from harmony.messages.settlement import EscrowCreated
from harmony.settlement.escrows import store
from harmony.settlement.escrows.errors import AddressForeign, EscrowsTooMany, SessionUnknown, TermsInvalid
from harmony.settlement.escrows.model import (
    ACCEPTANCE_WINDOW,
    AMOUNT_LEAST,
    AMOUNT_LIMIT,
    CREATED_PER_HOUR_LIMIT,
    DELIVERY_LIMIT,
    REVIEW_WINDOW,
    TOKEN_BYTES,
    Escrow,
    account,
    fees,
    hold_id,
    terms_hash,
)
from harmony.settlement.escrows.service.settle import fact
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Account, Pending, available
from harmony.settlement.ports import Consultations

CREATED_WINDOW = timedelta(hours=1)


async def create(
    uow: UnitOfWork,
    consultations: Consultations,
    amount: Amount,
    terms: Mapping[str, Any],
    delivery_deadline: datetime,
    *,
    buyer_address: str | None = None,
    session_id: str | None = None,
) -> Escrow:
    """Hold the price from the actor. With a session its expert is the seller, otherwise whoever is invited.

    Raises ``FundsInsufficient``, ``TermsInvalid``, ``AddressForeign``, ``SessionUnknown``, ``EscrowsTooMany``.
    """
    if buyer_address not in (None, uow.actor):
        raise AddressForeign("the buyer is whoever asks", field="buyer_address")
    _check(uow.now, amount, delivery_deadline)
    seller = None if session_id is None else await _expert(uow, consultations, session_id)
    costs = fees(amount, consultation=session_id is not None)
    escrow = Escrow(
        id=uow.ids.new("escrow"),
        buyer=uow.actor,
        seller=seller,
        amount=amount,
        buyer_fee=costs.buyer,
        seller_fee=costs.seller,
        terms=terms,
        terms_hash=terms_hash(terms),
        status="pending",
        session_id=session_id,
        invitation_token=None if seller else _token(uow),
        acceptance_deadline=uow.now + ACCEPTANCE_WINDOW,
        delivery_deadline=delivery_deadline,
        review_deadline=delivery_deadline + REVIEW_WINDOW,
        created_at=uow.now,
        trace=uow.trace,
    )
    await _hold(uow, escrow)
    # The hold has locked the buyer's account until the commit, so escrows of one buyer are counted one by one.
    await _refuse_too_many(uow)
    await store.add(uow, escrow)
    await store.note(uow, escrow, "buyer", "created", f"{escrow.held} held")
    await append(uow, fact(EscrowCreated, escrow), subject=escrow.id)
    return escrow


def _check(now: datetime, amount: Amount, delivery_deadline: datetime) -> None:
    if not AMOUNT_LEAST <= amount <= AMOUNT_LIMIT:
        raise TermsInvalid(
            f"the amount is {decimal(AMOUNT_LEAST)} to {decimal(AMOUNT_LIMIT)} USDC", field="amount_usdc"
        )
    if not now < delivery_deadline <= now + DELIVERY_LIMIT:
        raise TermsInvalid(
            f"the delivery deadline is ahead, by {DELIVERY_LIMIT.days} days at most", field="terms.delivery_deadline"
        )


async def _expert(uow: UnitOfWork, consultations: Consultations, session_id: str) -> str:
    parties = await consultations.parties(uow.connection, session_id)
    if parties is None or parties.seeker != uow.actor or parties.expert == uow.actor:
        raise SessionUnknown("there is no session in which you are the seeker", field="session_id")
    return parties.expert


async def _hold(uow: UnitOfWork, escrow: Escrow) -> None:
    asset = escrow.amount.asset
    payer, through = available(escrow.buyer), account(escrow.id)
    await ledger.open_accounts(uow, [Account(payer, asset), Account(through, asset)])
    await ledger.post(uow, [Pending(hold_id(escrow.id), payer, through, escrow.held, "escrow.hold", escrow.id)])


async def _refuse_too_many(uow: UnitOfWork) -> None:
    many, oldest = await store.created_since(uow, uow.actor, uow.now - CREATED_WINDOW)
    if many >= CREATED_PER_HOUR_LIMIT:
        wait_seconds = int((oldest + CREATED_WINDOW - uow.now).total_seconds()) + 1
        raise EscrowsTooMany(
            f"at most {CREATED_PER_HOUR_LIMIT} escrows an hour", details={"retry_after_seconds": wait_seconds}
        )


def _token(uow: UnitOfWork) -> str:
    return base64.urlsafe_b64encode(uow.chance.secret_bytes(TOKEN_BYTES)).decode()
