"""Events over HTTP: a page of them, or a stream, as server-sent events or over a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.requests import HTTPConnection

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.adapters.http.problems import Problem
from harmony.adapters.http.streams import Streams
from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.events import service
from harmony.coordination.events.errors import PositionInvalid
from harmony.coordination.events.model import (
    EVENTS_DEFAULT,
    POSITION_LIMIT_CHARACTERS,
    WATCHERS_LIMIT,
    WATCHERS_OF_ONE_CALLER_LIMIT,
    Frame,
    Position,
    position,
    select,
)
from harmony.coordination.events.ports import Snapshots
from harmony.coordination.events.schemas import (
    STREAM_BEGINS,
    AsTold,
    BroadcastEvent,
    EventPattern,
    Events,
    Limit,
    PositionText,
    Since,
    Subscription,
    Told,
    Trace,
    to_bytes,
    to_messages,
)
from harmony.coordination.events.service import Streaming

SEES_EVERYTHING = "journal.read"
PROBLEM: dict[str, Any] = {"model": Problem}
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
OVER, GOING_AWAY, NOT_UNDERSTOOD = 1000, 1012, 1003

AS_TOLD = AsTold()
WATCHERS = Streams(WATCHERS_LIMIT, WATCHERS_OF_ONE_CALLER_LIMIT)
"""The places of this process for those who watch: they wait in one fan-out, so that a place costs little."""

router = APIRouter(tags=["events"])


async def a_watcher(connection: HTTPConnection) -> AsyncIterator[None]:
    """A dependency behind the route's guard: a place for its caller, until the stream has ended."""
    with WATCHERS.opened(connection.state.caller):
        yield


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
    taken: Annotated[None, Depends(a_watcher)],
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
    async with edge.reading() as connection:
        place = await _place(connection, last_event_id or after, since)
    frames = _frames(request, edge, event_type, trace, place)
    return StreamingResponse(lines(frames), media_type="text/event-stream", headers=STREAM_HEADERS)


@router.websocket("/events/subscribe")
async def subscribe_socket(
    websocket: WebSocket,
    edge: Annotated[Edge, requires("events.read")],
    taken: Annotated[None, Depends(a_watcher)],
) -> None:
    """The same over a WebSocket: each message is the JSON of one frame, with its ``id``. Nothing is to be sent here."""
    asked = Subscription.of(websocket.query_params)
    async with edge.reading() as connection:
        place = await _place(connection, asked.after, asked.since)
    await tell(websocket, _frames(websocket, edge, asked.event_type, asked.trace, place))


def _frames(
    connection: HTTPConnection, edge: Edge, event_type: str | None, trace: str | None, place: Position | None
) -> AsyncGenerator[Frame, None]:
    house = edge.house
    snapshots = house.port(Snapshots)
    return service.stream(
        Streaming(house.database, house.journal, lambda reading: snapshots.take(reading, edge.caller), AS_TOLD),
        select(event_type, trace, everything=edge.caller.may(SEES_EVERYTHING)),
        place,
        connection.app.state.closing,
    )


async def lines(frames: AsyncGenerator[Frame, None]) -> AsyncIterator[bytes]:
    """Frames as the body of a ``text/event-stream``."""
    yield STREAM_BEGINS
    async with aclosing(frames):
        async for frame in frames:
            yield to_bytes(frame)


async def tell(websocket: WebSocket, frames: AsyncGenerator[Frame, None]) -> None:
    """Frames over a WebSocket, until they end or the reader is gone or says something."""
    await websocket.accept()

    async def send() -> None:
        async with aclosing(frames):
            async for frame in frames:
                for message in to_messages(to_bytes(frame)):
                    await websocket.send_text(message)

    sending, hearing = asyncio.ensure_future(send()), asyncio.ensure_future(websocket.receive())
    try:
        await asyncio.wait((sending, hearing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        sending.cancel()
        hearing.cancel()
        outcomes = await asyncio.gather(sending, hearing, return_exceptions=True)
    if isinstance(outcomes[1], dict):  # a disconnect, or a message
        code = NOT_UNDERSTOOD
    else:
        code = GOING_AWAY if websocket.app.state.closing.is_set() else OVER
    try:
        await websocket.close(code)
    except (RuntimeError, WebSocketDisconnect):
        return  # gone already


@router.post("/broadcast", response_model=Told, responses={403: PROBLEM, 409: PROBLEM, 413: PROBLEM, 422: PROBLEM})
async def broadcast(body: BroadcastEvent, edge: Annotated[Edge, requires("events.broadcast")]) -> JSONResponse:
    """Tell everybody who listens. An Idempotency-Key makes repeating harmless."""
    data = body.checked()
    service.check_sender(edge.caller, body.sender, field="from")

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
