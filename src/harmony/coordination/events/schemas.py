"""Wire shapes of events: pages of them, and the frames of a stream."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from harmony.commons.journal.model import Head
from harmony.coordination.events.errors import DataInvalid, DataTooLarge
from harmony.coordination.events.model import (
    BOOKMARK,
    DATA_LIMIT_BYTES,
    EVENT_TYPE_LIMIT_CHARACTERS,
    EVENTS_LIMIT,
    PATTERN_LIMIT_CHARACTERS,
    POSITION_LIMIT_CHARACTERS,
    RESET,
    Bookmark,
    Event,
    Frame,
    Pause,
    Reset,
    position_id,
)

EventPattern = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9._:-]*\*?(,[A-Za-z0-9._:-]*\*?){0,9}$", max_length=10 * PATTERN_LIMIT_CHARACTERS
    ),
    Field(
        description="an event's name, or a beginning followed by *; up to ten, joined by commas",
        examples=["entity-*", "component.*,message.died"],
    ),
]
PositionText = Annotated[
    str,
    StringConstraints(max_length=POSITION_LIMIT_CHARACTERS),
    Field(description="the id of the last event that was read, or a revision", examples=["4f1d09c2ab7e:17", "17"]),
]
Trace = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Since = Annotated[
    datetime,
    Field(description="an instant instead of a position; UTC without a zone", examples=["2025-12-17T19:45:00Z"]),
]
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


class BroadcastEvent(BaseModel):
    """``POST /broadcast``. Names have no dots: those are the orchestra's own."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    sender: Annotated[
        str,
        StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", min_length=1, max_length=64),
        Field(alias="from", examples=["sherlock-hub"]),
    ]
    event_type: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_:-]*$", max_length=EVENT_TYPE_LIMIT_CHARACTERS),
        Field(examples=["entity-created"]),
    ]
    data: dict[str, Any] = Field(default_factory=dict)

    def checked(self) -> dict[str, Any]:
        """The data if it can be kept; raises ``DataTooLarge`` and ``DataInvalid``."""
        if self.event_type in (RESET, BOOKMARK):
            raise DataInvalid("this name has a meaning of its own", field="event_type")
        try:
            text = json.dumps(self.data, allow_nan=False, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise DataInvalid("this data cannot be kept", field="data") from error
        if len(text) > DATA_LIMIT_BYTES:
            message = f"the data is larger than {DATA_LIMIT_BYTES} bytes"
            raise DataTooLarge(message, field="data", details={"limit_bytes": DATA_LIMIT_BYTES})
        if b"\\u0000" in text:
            raise DataInvalid("this data holds a NUL character", field="data")
        return self.data


class Told(BaseModel):
    """A broadcast is durable and on its way."""

    status: str = "broadcast"
    event: str


def to_text(frame: Frame) -> str:
    """A frame of ``text/event-stream``: the data is one line of JSON with ``event`` and ``data`` first."""
    match frame:
        case Pause():
            return KEEP_ALIVE
        case Reset():
            facts = {"reason": frame.reason, "revision": frame.revision, "snapshot": frame.snapshot}
            return _text(frame.id, RESET, {"event": RESET, "data": facts})
        case Bookmark():
            place = {"revision": frame.revision, "prev": frame.previous}
            return _text(frame.id, BOOKMARK, {"event": BOOKMARK, "data": place})
        case Event():
            return _text(frame.id, frame.name, _told(frame))


def _told(event: Event) -> dict[str, Any]:
    """An ``EventView``, made without the model: a change goes to a thousand readers."""
    return {
        "event": event.name,
        "data": event.data,
        "id": event.id,
        "kind": event.kind,
        "revision": event.revision,
        "prev": event.previous,
        "subject": event.subject,
        "trace": event.trace,
        "occurred_at": event.occurred_at,
    }


def _text(frame_id: str, name: str, data: dict[str, Any]) -> str:
    return f"id: {frame_id}\nevent: {name}\ndata: {msgspec.json.encode(data).decode()}\n\n"
