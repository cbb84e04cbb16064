"""Problems over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.problems import grouping, service
from harmony.assist.problems.ports import ClassesInUse, ContextReaders, LogPreviewer, LogReader
from harmony.assist.problems.schemas import (
    DecideGrouping,
    DetectionView,
    DetectProblem,
    GroupingList,
    GroupingView,
    PreviewLog,
    PreviewView,
    ProblemItem,
    ProblemList,
    ProblemView,
    SimilarItem,
    SimilarList,
)
from harmony.assist.problems.store import watched as watching
from harmony.assist.problems.stuck.model import Privacy
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, is_admin, on_behalf, position
from harmony.commons.identity.edge import Edge, requires

router = APIRouter(prefix="/v1", tags=["problems"])


@router.post("/detect-problem", response_model=DetectionView)
async def detect_problem(body: DetectProblem, edge: Annotated[Edge, requires("problems.report")]) -> JSONResponse:
    user_id = await on_behalf(edge, body.user_id)
    service.check_log(body.log)
    reading = await edge.house.port(LogReader)(body.noun())
    kinds = edge.house.port(ClassesInUse)()

    async def work(uow: UnitOfWork) -> DetectionView:
        return DetectionView.of(await service.detect(uow, user_id, body.space_id, reading, kinds))

    if not await _answers_are_kept(edge, user_id):
        async with edge.begin() as uow:
            return JSONResponse((await work(uow)).model_dump(mode="json", by_alias=True))
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


@router.post("/problems/fingerprints/groupings", response_model=GroupingView)
async def decide_grouping(body: DecideGrouping, edge: Annotated[Edge, requires("problems.group")]) -> JSONResponse:
    """Say that two of your fingerprints are one failure, or that they are not."""

    async def work(uow: UnitOfWork) -> GroupingView:
        decided = await grouping.decide(uow, edge.caller.id, body.one, body.other, body.verdict, body.reason)
        return GroupingView.of(decided)

    return await edge.once(body, work)


@router.get("/problems/fingerprints/groupings", response_model=GroupingList)
async def list_groupings(
    edge: Annotated[Edge, requires("problems.group")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> GroupingList:
    async with edge.reading() as connection:
        page = await grouping.list_groupings(connection, edge.caller.id, position(cursor), limit)
    return GroupingList(items=[GroupingView.of(found) for found in page.items], next_cursor=page.next_cursor)


@router.delete("/problems/fingerprints/groupings/{groupingId}", status_code=204)
async def undo_grouping(groupingId: str, edge: Annotated[Edge, requires("problems.group")]) -> None:
    async with edge.begin() as uow:
        await grouping.undo(uow, edge.caller.id, groupingId)


@router.get("/problems/fingerprints/{fingerprint}/similar", response_model=SimilarList)
async def similar_fingerprints(fingerprint: str, edge: Annotated[Edge, requires("problems.group")]) -> SimilarList:
    """Your failures most like this one, and why each is or is not grouped with it."""
    async with edge.reading() as connection:
        group, found = await grouping.similar(connection, edge.caller.id, fingerprint)
    items = [
        SimilarItem(
            fingerprint=other, verdict=said.verdict, similarity=round(said.likeness, 4), reasons=list(said.reasons)
        )
        for other, said in found
    ]
    return SimilarList(fingerprint=fingerprint, group=list(group), items=items)


@router.get("/problems/{contextId}", response_model=ProblemView)
async def read_problem(contextId: str, edge: Annotated[Edge, requires("problems.read")]) -> ProblemView:
    readers = edge.house.port(ContextReaders)
    async with edge.reading() as connection:
        found = await service.find_context(connection, contextId, edge.caller.id, readers, admin=is_admin(edge))
        known = await service.known_solutions(connection, edge.caller.id, found)
    return ProblemView.of(found, known, service.known_quirks(found))


async def _answers_are_kept(edge: Edge, user_id: str) -> bool:
    """Under high privacy an Idempotency-Key has no effect: the answer that it would keep quotes what was reported."""
    async with edge.reading() as connection:
        return (await watching.settings(connection, user_id)).privacy is not Privacy.HIGH
