"""Accept an escrow: from now on the seller owes the work and the buyer the price."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.settlement.escrows import store
from harmony.settlement.escrows.errors import AddressForeign, DeadlinePassed, EscrowUnknown, OwnEscrow, TermsInvalid
from harmony.settlement.escrows.model import Escrow, acceptance_ends, after
from harmony.settlement.escrows.service.settle import advance


async def accept(
    uow: UnitOfWork,
    escrow_id: str,
    invitation: str | None = None,
    *,
    seller_address: str | None = None,
    estimated_delivery: datetime | None = None,
) -> Escrow:
    """Become the seller: the one whom the session names, otherwise whoever holds the invitation and is not the buyer.

    Raises ``EscrowUnknown`` without the right to it, ``OwnEscrow``, ``WrongState``, ``DeadlinePassed``.
    """
    if seller_address not in (None, uow.actor):
        raise AddressForeign("the seller is whoever accepts", field="seller_address")
    escrow = await store.lock(uow, escrow_id)
    if escrow is None or not (escrow.is_party(uow.actor) or invited(escrow, invitation)):
        raise EscrowUnknown("there is no such escrow", field="escrow_id")
    if escrow.buyer == uow.actor:
        raise OwnEscrow("the buyer cannot accept", field="escrow_id")
    after(escrow.status, "accept")
    if uow.now >= acceptance_ends(escrow):
        raise DeadlinePassed("the acceptance deadline has passed", field="escrow_id")
    words = "terms accepted"
    if estimated_delivery is not None:
        if not uow.now < estimated_delivery <= escrow.delivery_deadline:
            raise TermsInvalid("the estimate lies before the delivery deadline", field="estimated_delivery")
        words = f"terms accepted; delivery estimated for {estimated_delivery.isoformat()}"
    return await advance(uow, escrow, replace(escrow, seller=uow.actor), "accept", "seller", words)


def invited(escrow: Escrow, invitation: str | None) -> bool:
    """Whether the invitation is this escrow's and still open."""
    known = escrow.invitation_token
    return known is not None and invitation is not None and hmac.compare_digest(known.encode(), invitation.encode())
