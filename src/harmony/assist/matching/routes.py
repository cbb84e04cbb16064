"""Matching over HTTP: requests, matches, offers, and the story of a request as it unfolds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.adapters.http.streams import a_place, upcoming
from harmony.assist.matching import service
from harmony.assist.matching.model import HelpRequest, OfferState
from harmony.assist.matching.schemas import (
    MakeOffer,
    Matches,
    OfferList,
    OfferView,
    OpenRequest,
    RequestItem,
    RequestList,
    RequestView,
    Timeline,
    TimelineEntry,
)
from harmony.assist.matching.timeline import follow_timeline, read_timeline
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, is_admin, position
from harmony.commons.identity.edge import Edge, requires
from harmony.commons.journal.model import Entry

LARGEST_REVISION = 2**63 - 1

After = Annotated[int | None, Query(ge=0, le=LARGEST_REVISION)]

router = APIRouter(prefix="/v1", tags=["matching"])


@router.post("/requests", status_code=201, response_model=RequestView)
async def open_request(body: OpenRequest, edge: Annotated[Edge, requires("requests.open")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> RequestView:
        return RequestView.whole(await service.open_request(uow, edge.caller.id, body.noun()), [])

    return await edge.once(body, work, status=201)


@router.get("/requests", response_model=RequestList)
async def list_requests(
    edge: Annotated[Edge, requires("requests.read")],
    everyone: Annotated[bool, Query(description="Everybody's: for an administrator.")] = False,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> RequestList:
    whose = None if everyone and is_admin(edge) else edge.caller.id
    async with edge.reading() as connection:
        page = await service.list_requests(connection, whose, position(cursor), limit)
    return RequestList(items=[RequestItem.of(request) for request in page.items], next_cursor=page.next_cursor)


@router.get("/requests/{requestId}", response_model=RequestView)
async def read_request(requestId: str, edge: Annotated[Edge, requires("requests.read")]) -> RequestView:
    async with edge.reading() as connection:
        request = await service.find_request(connection, requestId, edge.caller.id, admin=is_admin(edge))
        offers = await service.list_offers_of(connection, requestId)
    whose = edge.caller.id
    if not is_admin(edge) and request.seeker_id != whose:
        offers = [offer for offer in offers if offer.principal_id == whose]
    return RequestView.whole(request, offers)


@router.post("/requests/{requestId}/cancel", response_model=RequestItem)
async def cancel_request(requestId: str, edge: Annotated[Edge, requires("requests.open")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> RequestItem:
        return RequestItem.of(await service.cancel(uow, requestId))

    return await edge.once(requestId.encode("utf-8", "replace"), work)


@router.get("/requests/{requestId}/matches", response_model=Matches)
async def read_matches(requestId: str, edge: Annotated[Edge, requires("requests.open")]) -> Matches:
    async with edge.reading() as connection:
        request = await service.own_request(connection, requestId, edge.caller.id, admin=is_admin(edge))
        return Matches.of(await service.matches(connection, request, edge.house.database.clock.now()))


@router.post("/requests/{requestId}/offers", status_code=201, response_model=OfferView)
async def make_offer(requestId: str, body: MakeOffer, edge: Annotated[Edge, requires("requests.open")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> OfferView:
        return OfferView.of(await service.offer(uow, requestId, body.expert_id))

    return await edge.once(requestId.encode("utf-8", "replace") + body.model_dump_json().encode(), work, status=201)


@router.get("/offers", response_model=OfferList)
async def list_offers(
    edge: Annotated[Edge, requires("offers.answer")],
    state: OfferState | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> OfferList:
    async with edge.reading() as connection:
        page = await service.list_offers(connection, edge.caller.id, state, position(cursor), limit)
    return OfferList(items=[OfferView.of(offer) for offer in page.items], next_cursor=page.next_cursor)


@router.post("/offers/{offerId}/decline", response_model=OfferView)
async def decline_offer(offerId: str, edge: Annotated[Edge, requires("offers.answer")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> OfferView:
        return OfferView.of(await service.decline(uow, offerId))

    return await edge.once(offerId.encode("utf-8", "replace"), work)


@router.get("/requests/{requestId}/timeline", response_model=Timeline)
async def read_story(requestId: str, edge: Annotated[Edge, requires("requests.read")], after: After = None) -> Timeline:
    start = await _start(edge, after)
    _, entries = await _story(edge, requestId, start)
    return Timeline(
        items=[TimelineEntry.of(entry) for entry in entries], after=entries[-1].revision if entries else start
    )


@router.get(
    "/requests/{requestId}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "TimelineEntry objects as they happen"}},
)
async def follow_story(
    requestId: str,
    request: Request,
    edge: Annotated[Edge, requires("requests.read")],
    place: Annotated[None, Depends(a_place)],
    after: After = None,
) -> StreamingResponse:
    """Server-sent events; ``Last-Event-ID`` goes on after a lost connection. Ends when the server closes."""
    resumed = request.headers.get("Last-Event-ID", "")
    if resumed.isascii() and resumed.isdigit():
        after = min(int(resumed[:20]), LARGEST_REVISION)
    start = await _start(edge, after)
    # A position that cannot be read from is refused here, while there still is an answer to refuse with.
    found, _ = await _story(edge, requestId, start)
    closing: asyncio.Event = request.app.state.closing
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(edge, found, start, closing), media_type="text/event-stream", headers=headers)


async def _events(edge: Edge, request: HelpRequest, after: int, closing: asyncio.Event) -> AsyncIterator[bytes]:
    """Each entry as an event, a comment when the patience passes without one."""
    growth = follow_timeline(edge.house.journal, after)
    while await upcoming(growth, closing) is not None:
        request, entries = await _story(edge, request.id, after)
        for entry in entries:
            after = entry.revision
            yield _event(entry)
        if not entries:
            yield b": nothing new\n\n"


def _event(entry: Entry) -> bytes:
    shown = TimelineEntry.of(entry).model_dump_json(by_alias=True)
    return f"id: {entry.revision}\nevent: {entry.kind}\ndata: {shown}\n\n".encode()


async def _start(edge: Edge, after: int | None) -> int:
    """Where to begin: what was asked for, otherwise the oldest that is still kept."""
    return (await edge.house.journal.head()).compacted_revision if after is None else after


async def _story(edge: Edge, request_id: str, after: int) -> tuple[HelpRequest, list[Entry]]:
    async with edge.reading() as connection:
        request = await service.find_request(connection, request_id, edge.caller.id, admin=is_admin(edge))
        return request, await read_timeline(connection, request, after)
