"""Submit the work: it is checked by running it where the terms say how."""

from __future__ import annotations

from dataclasses import replace

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.settlement.escrows.errors import DeadlinePassed, DeliverableElsewhere, DeliverableMismatch, NotYourPart
from harmony.settlement.escrows.model import REVIEW_WINDOW, Escrow, after
from harmony.settlement.escrows.service.settle import advance, locked
from harmony.settlement.verifiers.errors import DeliverableUnknown
from harmony.settlement.verifiers.model import Verification, delivered_here
from harmony.settlement.verifiers.service import request as verification
from harmony.settlement.verifiers.service import upload


async def submit(
    uow: UnitOfWork,
    escrow_id: str,
    url: str,
    sha256: str,
    *,
    notes: str | None = None,
    request_verification: bool = True,
) -> tuple[Escrow, Verification | None]:
    """Deliver by the seller. Acceptance cases of the terms are always run; without any, checking is the seller's wish.

    Raises ``EscrowUnknown``, ``NotYourPart``, ``WrongState``, ``DeadlinePassed``, ``DeliverableMismatch``, and
    ``DeliverableUnknown`` for content that the seller has not uploaded.
    """
    escrow = await locked(uow, escrow_id)
    if escrow.seller != uow.actor:
        raise NotYourPart("the seller submits the work", field="escrow_id")
    after(escrow.status, "submit")
    if uow.now >= escrow.delivery_deadline:
        raise DeadlinePassed("the delivery deadline has passed", field="escrow_id")
    await _check_content(uow, escrow, url, sha256)
    check = None
    if escrow.cases or request_verification:
        check = await verification.request(uow, escrow.id, url, sha256, escrow.cases)
    delivered = replace(
        escrow,
        deliverable_url=url,
        deliverable_hash=sha256,
        completion_notes=notes,
        submission_time=uow.now,
        review_deadline=min(escrow.review_deadline, uow.now + REVIEW_WINDOW),
        verification_id=check.id if check else None,
    )
    return await advance(uow, escrow, delivered, "submit", "seller", "work submitted"), check


async def _check_content(uow: UnitOfWork, escrow: Escrow, url: str, sha256: str) -> None:
    """What is kept here must be what is claimed, and the seller's own; what lies elsewhere is never fetched.

    Where the terms say how the work is run, it must be here: nobody gets past the agreed check by leaving it elsewhere.
    """
    kept = delivered_here(url)
    if kept is None and escrow.cases:
        raise DeliverableElsewhere("the agreed cases can only be run on what is uploaded here", field="deliverable_url")
    if kept is None:
        return
    if kept != sha256:
        raise DeliverableMismatch("the hash is not that of the address", field="deliverable_hash")
    if not await upload.was_uploaded_by(uow.connection, kept, uow.actor):
        raise DeliverableUnknown("you have not uploaded this", field="deliverable_url")
