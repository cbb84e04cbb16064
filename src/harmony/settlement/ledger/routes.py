"""``/api/v1/harmony/ledger``: own balance, the proof, practice money."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.edge import Edge, requires
from harmony.kernel.money import PRACTICE_USDC, parse
from harmony.settlement.ledger import schemas, service
from harmony.settlement.ledger.errors import BalanceHidden
from harmony.settlement.ledger.model import available

SEE_ANY = "ledger.read_any"
"""Granted to administrators only."""


class ExactRequest(Request):
    """A request whose JSON numbers keep every digit that was written: floats are read by ``exact_number``."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = json.loads(await self.body(), parse_float=schemas.exact_number)
        return self._json


class ExactNumbers(APIRoute):
    """A route that reads its body as an ``ExactRequest``: for every body that carries money."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def exact(request: Request) -> Response:
            return await handle(ExactRequest(request.scope, request.receive))

        return exact


router = APIRouter(prefix="/api/v1/harmony/ledger", tags=["ledger"], route_class=ExactNumbers)


@router.get("/balance", response_model=schemas.Balances)
async def balance(
    edge: Annotated[Edge, requires("ledger.read")],
    principal: Annotated[schemas.PrincipalId | None, Query(description="Another's: administrators only.")] = None,
) -> schemas.Balances:
    """What the caller can spend and what is held, by asset."""
    asked = principal or edge.caller.id
    if asked != edge.caller.id and not edge.caller.may(SEE_ANY):
        raise BalanceHidden("this is another principal's balance", field="principal")
    account = available(asked)
    async with edge.reading() as connection:
        return schemas.balances_view(asked, account, await service.balances(connection, account))


@router.get("/proof", response_model=schemas.ProofView)
async def proof(edge: Annotated[Edge, requires("ledger.prove")]) -> schemas.ProofView:
    """Recompute debits and credits, every balance and the whole chain; name what is wrong."""
    async with edge.reading() as connection:
        return schemas.proof_view(await service.prove(connection))


@router.post("/grant", status_code=201, response_model=schemas.Granted)
async def grant(body: schemas.Grant, edge: Annotated[Edge, requires("ledger.grant")]) -> JSONResponse:
    """Give a principal practice money from its issuer."""

    async def give(uow: UnitOfWork) -> schemas.Granted:
        amount = parse(body.amount_usdc, PRACTICE_USDC, field="amount_usdc")
        return schemas.granted(await service.grant(uow, body.principal, amount), body.principal)

    return await edge.once(body, give, status=201, key_required=True)
