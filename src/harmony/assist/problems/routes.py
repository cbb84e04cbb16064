"""Problems over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.problems import service
from harmony.assist.problems.ports import ContextReaders, LogPreviewer, LogReader
from harmony.assist.problems.schemas import (
    DetectionView,
    DetectProblem,
    PreviewLog,
    PreviewView,
    ProblemItem,
    ProblemList,
    ProblemView,
)
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, is_admin, on_behalf, position
from harmony.commons.identity.edge import Edge, requires

router = APIRouter(prefix="/v1", tags=["problems"])


@router.post("/detect-problem", response_model=DetectionView)
async def detect_problem(body: DetectProblem, edge: Annotated[Edge, requires("problems.report")]) -> JSONResponse:
    user_id = await on_behalf(edge, body.user_id)
    service.check_log(body.log)
    reading = await edge.house.port(LogReader)(body.noun())

    async def work(uow: UnitOfWork) -> DetectionView:
        return DetectionView.of(await service.detect(uow, user_id, body.space_id, reading))

    return await edge.once(body, work)


@router.post("/preview", response_model=PreviewView)
async def preview(body: PreviewLog, edge: Annotated[Edge, requires("problems.report")]) -> PreviewView:
    """What a report of this log would hide and come to. Nothing is stored, nothing is told to anybody."""
    service.check_log(body.log)
    return PreviewView.of(await edge.house.port(LogPreviewer)(body.noun()))


@router.get("/problems", response_model=ProblemList)
async def list_problems(
    edge: Annotated[Edge, requires("problems.read")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> ProblemList:
    async with edge.reading() as connection:
        page = await service.list_contexts(connection, edge.caller.id, position(cursor), limit)
    return ProblemList(items=[ProblemItem.of(context) for context in page.items], next_cursor=page.next_cursor)


@router.get("/problems/{contextId}", response_model=ProblemView)
async def read_problem(contextId: str, edge: Annotated[Edge, requires("problems.read")]) -> ProblemView:
    readers = edge.house.port(ContextReaders)
    async with edge.reading() as connection:
        found = await service.find_context(connection, contextId, edge.caller.id, readers, admin=is_admin(edge))
        known = await service.known_solutions(connection, edge.caller.id, found)
    return ProblemView.of(found, known)
