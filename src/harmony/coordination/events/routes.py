"""Events over HTTP: a page of them, or a stream of server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse

from harmony.adapters.http.problems import Problem
from harmony.adapters.http.streams import a_place
from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.events import service
from harmony.coordination.events.errors import PositionInvalid
from harmony.coordination.events.model import EVENTS_DEFAULT, POSITION_LIMIT_CHARACTERS, Position, position, select
from harmony.coordination.events.schemas import (
    STREAM_BEGINS,
    EventPattern,
    Events,
    Limit,
    PositionText,
    Trace,
    to_text,
)

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
) -> Events:
    """What happened after a position, oldest first."""
    selection = select(event_type, trace, everything=edge.caller.may(SEES_EVERYTHING))
    async with edge.reading() as connection:
        found, head = await service.list_events(connection, _position(after), selection, limit)
    return Events.of(found, head, limit)


@router.get(
    "/events/subscribe",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, 422: PROBLEM, 503: PROBLEM},
)
async def subscribe(
    request: Request,
    edge: Annotated[Edge, requires("events.read")],
    place: Annotated[None, Depends(a_place)],
    event_type: Annotated[EventPattern | None, Query()] = None,
    after: Annotated[PositionText | None, Query()] = None,
    last_event_id: Annotated[str | None, Header(max_length=POSITION_LIMIT_CHARACTERS)] = None,
    trace: Annotated[Trace | None, Query()] = None,
) -> StreamingResponse:
    """Follow what happens, from now on or from a position; ``Last-Event-ID`` goes before ``after``.

    A position that cannot be continued is answered by a ``reset`` event: read the resource again and go on from it.
    """
    house = edge.house
    frames = service.stream(
        house.database,
        house.journal,
        select(event_type, trace, everything=edge.caller.may(SEES_EVERYTHING)),
        _position(last_event_id or after),
        request.app.state.closing,
    )

    async def lines() -> AsyncIterator[str]:
        yield STREAM_BEGINS
        async with aclosing(frames):
            async for frame in frames:
                yield to_text(frame)

    return StreamingResponse(lines(), media_type="text/event-stream", headers=STREAM_HEADERS)


def _position(text: str | None) -> Position | None:
    if not text:
        return None
    found = position(text)
    if found is None:
        raise PositionInvalid("this is no position in the log", field="after")
    return found
