"""``/api/v1/harmony/deliverables`` and ``/api/v1/harmony/verifier``."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.edge import Edge, public, requires
from harmony.kernel.ids import looks_like_id
from harmony.settlement.verifiers import schemas
from harmony.settlement.verifiers.errors import DeliverableUnknown, VerificationUnknown
from harmony.settlement.verifiers.ports import Carriers
from harmony.settlement.verifiers.service import request as verification
from harmony.settlement.verifiers.service import upload as uploading

OVERSEES = "escrows.resolve"
"""Whoever decides disputes may look at what they are about."""
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


router = APIRouter(prefix="/api/v1/harmony", tags=["verifiers"])


@router.post(
    "/deliverables",
    status_code=201,
    response_model=schemas.DeliverableView,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "minLength": 1}}},
        }
    },
)
async def upload(
    request: Request,
    edge: Annotated[Edge, requires("deliverables.upload")],
    sha256: Annotated[schemas.Sha256 | None, Query(description="Refused when the bytes have another.")] = None,
) -> JSONResponse:
    """Keep the bytes of the body, at most 10 MB; the answer is the address to submit."""
    announced = request.headers.get("content-length", "0")
    content = await uploading.collect(request.stream(), int(announced) if announced.isdecimal() else 0)

    async def keep(uow: UnitOfWork) -> schemas.DeliverableView:
        return schemas.deliverable_view(await uploading.upload(uow, content, sha256))

    return await edge.once(hashlib.sha256(content).digest(), keep, status=201)


@router.get(
    "/deliverables/{sha256}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def download(sha256: str, edge: Annotated[Edge, requires("deliverables.read")]) -> Response:
    """The bytes, for whoever uploaded them, the parties of an escrow that carries them, and who oversees."""
    if not _SHA256.match(sha256):
        raise DeliverableUnknown("there is no such deliverable", field="sha256")
    carriers = edge.house.port(Carriers)
    async with edge.reading() as connection:
        _, content = await uploading.read(
            connection, sha256, edge.caller.id, carriers, oversees=edge.caller.may(OVERSEES)
        )
    # What somebody delivered must never be shown or run as if it were this page's own.
    headers = {"Content-Disposition": f'attachment; filename="{sha256}"', "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.get("/verifier/templates", response_model=schemas.Templates)
async def templates(edge: Annotated[Edge, public()]) -> schemas.Templates:
    """Criteria that a buyer can begin with."""
    async with edge.reading() as connection:
        return schemas.templates_view(await verification.templates(connection))


@router.get("/verifier/{verification_id}/status", response_model=schemas.VerificationView)
async def status(verification_id: str, edge: Annotated[Edge, requires("escrows.read")]) -> schemas.VerificationView:
    """How far the check is, its score and evidence, and what it led to."""
    if not looks_like_id(verification_id, "verification"):
        raise VerificationUnknown("there is no such verification", field="verification_id")
    carriers = edge.house.port(Carriers)
    async with edge.reading() as connection:
        found, size_bytes, payment = await verification.see(
            connection,
            verification_id,
            edge.caller.id,
            carriers,
            oversees=edge.caller.may(OVERSEES),
        )
    return schemas.verification_view(found, size_bytes, payment)
