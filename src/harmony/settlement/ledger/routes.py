"""``/api/v1/harmony/ledger``: own balance, the proof, practice money."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import AwareDatetime

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.edge import Edge, requires
from harmony.kernel.money import LARGEST_MINOR, PRACTICE_USDC, parse
from harmony.kernel.paging import PAGE_DEFAULT_ITEMS, PAGE_LIMIT_ITEMS
from harmony.settlement.ledger import schemas, service, statements
from harmony.settlement.ledger.errors import BalanceHidden
from harmony.settlement.ledger.model import asset_of, available

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


Whose = Annotated[schemas.PrincipalId | None, Query(description="Another's: administrators only.")]

router = APIRouter(prefix="/api/v1/harmony/ledger", tags=["ledger"], route_class=ExactNumbers)


@router.get("/balance", response_model=schemas.Balances)
async def balance(
    edge: Annotated[Edge, requires("ledger.read")],
    principal: Whose = None,
    revision: Annotated[int | None, Query(ge=0, le=LARGEST_MINOR, description="As of this sealed revision.")] = None,
) -> schemas.Balances:
    """What the caller can spend and what is held, by asset: now, or as of a revision."""
    asked = _own(edge, principal)
    account = available(asked)
    async with edge.reading() as connection:
        if revision is None:
            found = await service.balances(connection, account)
        else:
            found = await statements.balances_at(connection, account, revision)
    return schemas.balances_view(asked, account, found)


@router.get("/statement", response_model=schemas.StatementView)
async def statement(
    edge: Annotated[Edge, requires("ledger.read")],
    principal: Whose = None,
    asset: Annotated[Literal["practice-USDC", "ETHIK"], Query()] = "practice-USDC",
    revision: Annotated[int | None, Query(ge=0, le=LARGEST_MINOR, description="As of this sealed revision.")] = None,
    since: Annotated[AwareDatetime | None, Query(description="Posted at or after.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Posted before.")] = None,
    cursor: Annotated[str | None, Query(max_length=100, description="Of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT_ITEMS)] = PAGE_DEFAULT_ITEMS,
) -> schemas.StatementView:
    """The entries of the caller's account with opening and closing balance, oldest first."""
    account = available(_own(edge, principal))
    after = 0
    if cursor is not None:
        revision, after = schemas.statement_cursor(cursor)
    async with edge.reading() as connection:
        found = await statements.statement(
            connection, account, asset_of(asset), asked=revision, since=since, until=until, after=after, limit=limit
        )
    return schemas.statement_view(found)


@router.get("/export", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
async def export(
    edge: Annotated[Edge, requires("ledger.export")],
    form: Annotated[statements.Format, Query(alias="format")] = "jsonl",
    after: Annotated[int, Query(ge=0, le=LARGEST_MINOR, description="Begin after this revision.")] = 0,
    revision: Annotated[int | None, Query(ge=0, le=LARGEST_MINOR, description="End with this revision.")] = None,
) -> StreamingResponse:
    """Every sealed transfer, streamed: JSON lines that `harmony inspect ledger --verify` checks, or CSV."""
    async with edge.reading() as connection:
        last = await statements.revision(connection, revision)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl"
    headers = {"Content-Disposition": f'attachment; filename="harmony-ledger-{last}.{form}"'}
    return StreamingResponse(
        statements.export(edge.house.database, form, after + 1, last), media_type=kind, headers=headers
    )


@router.get("/signed-proof", response_model=dict[str, Any])
async def signed_proof(
    edge: Annotated[Edge, requires("ledger.prove")],
    day: Annotated[date | None, Query(description="Left out: the newest.")] = None,
) -> dict[str, Any]:
    """The proof of a day, signed with this installation's key: it can be verified without Harmony."""
    async with edge.reading() as connection:
        found: dict[str, Any] = json.loads(await statements.proof_of_day(connection, day))
    return found


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


def _own(edge: Edge, principal: str | None) -> str:
    """Whose account is asked for; raises ``BalanceHidden`` for another's."""
    asked = principal or edge.caller.id
    if asked != edge.caller.id and not edge.caller.may(SEE_ANY):
        raise BalanceHidden("this is another principal's balance", field="principal")
    return asked
