"""Experts over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.experts import service
from harmony.assist.experts.model import presence
from harmony.assist.experts.schemas import ExpertList, ExpertView, RegisterExpert
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, on_behalf, position
from harmony.commons.identity.edge import Edge, requires

router = APIRouter(prefix="/v1/experts", tags=["experts"])


@router.post("", status_code=201, response_model=ExpertView)
async def register(body: RegisterExpert, edge: Annotated[Edge, requires("experts.register")]) -> JSONResponse:
    user_id = await on_behalf(edge, body.user_id)

    async def work(uow: UnitOfWork) -> ExpertView:
        expert = await service.register(uow, user_id, body.noun())
        return ExpertView.of(expert, presence(expert.availability, uow.now))

    return await edge.once(body, work, status=201)


@router.get("", response_model=ExpertList)
async def list_experts(
    edge: Annotated[Edge, requires("experts.read")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> ExpertList:
    now = edge.house.database.clock.now()
    async with edge.reading() as connection:
        page = await service.list_experts(connection, position(cursor), limit)
    items = [ExpertView.of(expert, presence(expert.availability, now)) for expert in page.items]
    return ExpertList(items=items, next_cursor=page.next_cursor)


@router.get("/{expertId}", response_model=ExpertView)
async def read_expert(expertId: str, edge: Annotated[Edge, requires("experts.read")]) -> ExpertView:
    async with edge.reading() as connection:
        expert = await service.find_expert(connection, expertId)
    return ExpertView.of(expert, presence(expert.availability, edge.house.database.clock.now()))
