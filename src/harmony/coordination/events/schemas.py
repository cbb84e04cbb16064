"""Wire shapes of events: pages of them, and the frames of a stream."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from harmony.commons.journal.model import Head
from harmony.coordination.events.model import (
    EVENTS_LIMIT,
    PATTERN_LIMIT_CHARACTERS,
    POSITION_LIMIT_CHARACTERS,
    RESET,
    Event,
    Frame,
    Pause,
    Reset,
    position_id,
)

EventPattern = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9._:-]*\*?$", max_length=PATTERN_LIMIT_CHARACTERS),
    Field(description="an event's name, or a beginning followed by *", examples=["entity-*", "component.*"]),
]
PositionText = Annotated[
    str,
    StringConstraints(max_length=POSITION_LIMIT_CHARACTERS),
    Field(description="the id of the last event that was read, or a revision", examples=["4f1d09c2ab7e:17", "17"]),
]
Trace = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Limit = Annotated[int, Field(ge=1, le=EVENTS_LIMIT)]

STREAM_BEGINS = "retry: 1000\n\n"
KEEP_ALIVE = ": still here\n\n"


class EventView(BaseModel):
    """One event. ``prev`` is the revision of the matching event before it (0: none is kept)."""

    event: str
    data: dict[str, Any]
    id: str
    kind: str
    revision: int
    prev: int
    subject: str
    trace: str
    occurred_at: datetime

    @classmethod
    def of(cls, event: Event) -> EventView:
        return cls(
            event=event.name,
            data=dict(event.data),
            id=event.id,
            kind=event.kind,
            revision=event.revision,
            prev=event.previous,
            subject=event.subject,
            trace=event.trace,
            occurred_at=event.occurred_at,
        )


class Events(BaseModel):
    """The answer of ``GET /events``; ``next_after`` is the position to go on from."""

    events: list[EventView]
    next_after: str

    @classmethod
    def of(cls, events: list[Event], head: Head, limit: int) -> Events:
        next_after = events[-1].id if len(events) == limit else position_id(head.epoch, head.revision)
        return cls(events=[EventView.of(event) for event in events], next_after=next_after)


def to_text(frame: Frame) -> str:
    """A frame of ``text/event-stream``: the data is one line of JSON with ``event`` and ``data`` first."""
    match frame:
        case Pause():
            return KEEP_ALIVE
        case Reset():
            told: dict[str, Any] = {"event": RESET, "data": {"reason": frame.reason, "revision": frame.revision}}
            return _text(frame.id, RESET, json.dumps(told))
        case Event():
            return _text(frame.id, frame.name, EventView.of(frame).model_dump_json())


def _text(frame_id: str, name: str, data: str) -> str:
    return f"id: {frame_id}\nevent: {name}\ndata: {data}\n\n"
