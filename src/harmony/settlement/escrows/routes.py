"""``/api/v1/harmony/escrow``: create, accept, submit, approve, reject, resolve, look."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.edge import Edge, requires
from harmony.kernel.ids import looks_like_id
from harmony.kernel.money import PRACTICE_USDC, parse
from harmony.settlement.escrows import schemas
from harmony.settlement.escrows.errors import EscrowUnknown
from harmony.settlement.escrows.model import PAGE_LIMIT
from harmony.settlement.escrows.service import accept as accepting
from harmony.settlement.escrows.service import create as creating
from harmony.settlement.escrows.service import judge, look
from harmony.settlement.escrows.service import resolve as resolving
from harmony.settlement.escrows.service import submit as submitting
from harmony.settlement.ledger.routes import ExactNumbers
from harmony.settlement.ledger.schemas import PrincipalId
from harmony.settlement.ports import Consultations

OVERSEES = "escrows.resolve"
LIMIT_DEFAULT_ITEMS, LIMIT_ITEMS = 20, 100

router = APIRouter(prefix="/api/v1/harmony/escrow", tags=["escrows"], route_class=ExactNumbers)


@router.post("/create", status_code=201, response_model=schemas.Created)
async def create(body: schemas.CreateEscrow, edge: Annotated[Edge, requires("escrows.create")]) -> JSONResponse:
    """Hold the price (and on a direct escrow the buyer's fee) until the work is judged."""
    consultations = edge.house.port(Consultations)

    async def hold(uow: UnitOfWork) -> schemas.Created:
        escrow = await creating.create(
            uow,
            consultations,
            parse(body.amount_usdc, PRACTICE_USDC, field="amount_usdc"),
            body.terms.model_dump(mode="json"),
            body.terms.delivery_deadline,
            buyer_address=body.buyer_address,
            session_id=body.session_id,
        )
        return schemas.created(escrow)

    return await edge.once(body, hold, status=201, key_required=True)


@router.post("/accept", response_model=schemas.Accepted)
async def accept(body: schemas.AcceptEscrow, edge: Annotated[Edge, requires("escrows.fulfil")]) -> JSONResponse:
    """Become the seller: the session's expert, or whoever holds the invitation."""

    async def work(uow: UnitOfWork) -> schemas.Accepted:
        escrow = await accepting.accept(
            uow,
            _known(body.escrow_id),
            body.invitation_token,
            seller_address=body.seller_address,
            estimated_delivery=body.estimated_delivery,
        )
        return schemas.accepted(escrow)

    return await edge.once(body, work)


@router.post("/submit", response_model=schemas.Submitted)
async def submit(body: schemas.SubmitWork, edge: Annotated[Edge, requires("escrows.fulfil")]) -> JSONResponse:
    """Deliver the work; acceptance cases of the terms are run."""

    async def work(uow: UnitOfWork) -> schemas.Submitted:
        escrow, check = await submitting.submit(
            uow,
            _known(body.escrow_id),
            body.deliverable_url,
            body.deliverable_hash,
            notes=body.completion_notes,
            request_verification=body.request_verification,
        )
        return schemas.submitted(escrow, check)

    return await edge.once(body, work)


@router.post("/approve", response_model=schemas.Decided)
async def approve(body: schemas.ApproveWork, edge: Annotated[Edge, requires("escrows.judge")]) -> JSONResponse:
    """Pay the seller, whatever the score."""

    async def work(uow: UnitOfWork) -> schemas.Decided:
        return schemas.decided(await judge.approve(uow, _known(body.escrow_id)))

    return await edge.once(body, work, key_required=True)


@router.post("/reject", response_model=schemas.Decided)
async def reject(body: schemas.RejectWork, edge: Annotated[Edge, requires("escrows.judge")]) -> JSONResponse:
    """Refuse the work: refunded when it scored below the agreement, disputed when it was not scored."""

    async def work(uow: UnitOfWork) -> schemas.Decided:
        return schemas.decided(await judge.reject(uow, _known(body.escrow_id), body.reason))

    return await edge.once(body, work, key_required=True)


@router.post("/resolve", response_model=schemas.Decided)
async def resolve(body: schemas.ResolveDispute, edge: Annotated[Edge, requires(OVERSEES)]) -> JSONResponse:
    """Decide a dispute."""

    async def work(uow: UnitOfWork) -> schemas.Decided:
        return schemas.decided(await resolving.resolve(uow, _known(body.escrow_id), body.decision, body.notes))

    return await edge.once(body, work, key_required=True)


@router.get("/list", response_model=schemas.EscrowList)
async def list_escrows(
    edge: Annotated[Edge, requires("escrows.read")],
    address: Annotated[PrincipalId | None, Query(description="Another's: coordinators and administrators.")] = None,
    status: look.Filter = "all",
    page: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 1,
    limit: Annotated[int, Query(ge=1, le=LIMIT_ITEMS)] = LIMIT_DEFAULT_ITEMS,
) -> schemas.EscrowList:
    """The caller's escrows, newest first."""
    async with edge.reading() as connection:
        found, total, summary = await look.list_escrows(
            connection, edge.caller.id, address, status, page, limit, oversees=edge.caller.may(OVERSEES)
        )
    return schemas.escrow_list(found, page, limit, total, summary)


@router.get("/{escrow_id}", response_model=schemas.EscrowView)
async def read(
    escrow_id: str,
    edge: Annotated[Edge, requires("escrows.read")],
    invitation: Annotated[schemas.Id | None, Query(description="Lets whoever is invited read the terms.")] = None,
) -> schemas.EscrowView:
    """An escrow with its terms, history and deadlines."""
    async with edge.reading() as connection:
        escrow, history = await look.see(
            connection, _known(escrow_id), edge.caller.id, invitation, oversees=edge.caller.may(OVERSEES)
        )
    return schemas.view(escrow, history, edge.caller.id)


def _known(escrow_id: str) -> str:
    """The id, when it can be one at all; the database is not asked about anything else."""
    if not looks_like_id(escrow_id, "escrow"):
        raise EscrowUnknown("there is no such escrow", field="escrow_id")
    return escrow_id
