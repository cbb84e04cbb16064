"""Events over HTTP: a page of them, or a stream of server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.adapters.http.problems import Problem
from harmony.adapters.http.streams import a_place
from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.events import service
from harmony.coordination.events.errors import NotYourName, PositionInvalid
from harmony.coordination.events.model import EVENTS_DEFAULT, POSITION_LIMIT_CHARACTERS, Position, position, select
from harmony.coordination.events.ports import Snapshots
from harmony.coordination.events.schemas import (
    STREAM_BEGINS,
    BroadcastEvent,
    EventPattern,
    Events,
    Limit,
    PositionText,
    Since,
    Told,
    Trace,
    to_text,
)
from harmony.coordination.events.service import Streaming

SEES_EVERYTHING = "journal.read"
PROBLEM: dict[str, Any] = {"model": Problem}
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

router = APIRouter(tags=["events"])


@router.get("/events", responses={410: PROBLEM, 422: PROBLEM})
async def events(
    edge: Annotated[Edge, requires("events.read")],
    after: Annotated[PositionText | None, Query()] = None,
    event_type: Annotated[EventPattern | None, Query()] = None,
    limit: Annotated[Limit, Query()] = EVENTS_DEFAULT,
    trace: Annotated[Trace | None, Query()] = None,
    since: Annotated[Since | None, Query()] = None,
) -> Events:
    """What happened after a position, or since a time, oldest first."""
    selection = select(event_type, trace, everything=edge.caller.may(SEES_EVERYTHING))
    async with edge.reading() as connection:
        place = await _place(connection, after, since)
        found, head = await service.list_events(connection, place, selection, limit)
    return Events.of(found, head, limit)


@router.get(
    "/events/subscribe",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, 422: PROBLEM, 503: PROBLEM},
)
async def subscribe(
    request: Request,
    edge: Annotated[Edge, requires("events.read")],
    taken: Annotated[None, Depends(a_place)],
    event_type: Annotated[EventPattern | None, Query()] = None,
    after: Annotated[PositionText | None, Query()] = None,
    last_event_id: Annotated[str | None, Header(max_length=POSITION_LIMIT_CHARACTERS)] = None,
    trace: Annotated[Trace | None, Query()] = None,
    since: Annotated[Since | None, Query()] = None,
) -> StreamingResponse:
    """Follow what happens, from now on, from a position, or since a time; ``Last-Event-ID`` goes before ``after``.

    A position that cannot be continued is answered by a ``reset`` event, which tells how things stand; the stream
    goes on from there. A ``bookmark`` moves the position on when nothing that is wanted happened for a while.
    """
    house = edge.house
    snapshots = house.port(Snapshots)
    async with edge.reading() as connection:
        place = await _place(connection, last_event_id or after, since)
    frames = service.stream(
        Streaming(house.database, house.journal, lambda connection: snapshots.take(connection, edge.caller)),
        select(event_type, trace, everything=edge.caller.may(SEES_EVERYTHING)),
        place,
        request.app.state.closing,
    )

    async def lines() -> AsyncIterator[str]:
        yield STREAM_BEGINS
        async with aclosing(frames):
            async for frame in frames:
                yield to_text(frame)

    return StreamingResponse(lines(), media_type="text/event-stream", headers=STREAM_HEADERS)


@router.post("/broadcast", response_model=Told, responses={403: PROBLEM, 409: PROBLEM, 413: PROBLEM, 422: PROBLEM})
async def broadcast(body: BroadcastEvent, edge: Annotated[Edge, requires("events.broadcast")]) -> JSONResponse:
    """Tell everybody who listens. An Idempotency-Key makes repeating harmless."""
    data = body.checked()
    caller = edge.caller
    if caller.kind == "component" and body.sender not in (caller.id.removeprefix("component-"), caller.name):
        raise NotYourName("this is another component's name", field="from")

    async def work(uow: UnitOfWork) -> Told:
        await service.broadcast(uow, body.sender, body.event_type, data)
        return Told(event=body.event_type)

    return await edge.once(body, work)


async def _place(connection: Connection, text: str | None, since: datetime | None) -> Position | None:
    if text or since is None:
        return _position(text)
    return await service.at_time(connection, since.replace(tzinfo=since.tzinfo or UTC))


def _position(text: str | None) -> Position | None:
    if not text:
        return None
    found = position(text)
    if found is None:
        raise PositionInvalid("this is no position in the log", field="after")
    return found
