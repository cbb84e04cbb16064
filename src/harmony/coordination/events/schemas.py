"""Wire shapes of events: pages of them, and the frames of a stream."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from harmony.adapters.db.pool import Database
from harmony.commons.journal.fanout import Shown
from harmony.commons.journal.model import Chunk, Entry, Head
from harmony.coordination.events.errors import DataInvalid, DataTooLarge, SubscriptionInvalid
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
    event_of,
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

STREAM_BEGINS = b"retry: 1000\n\n"
KEEP_ALIVE = b": still here\n\n"
FRAME_ENDS = b"\n\n"


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


class Subscription(BaseModel):
    """What a WebSocket asks for in its address, as the stream over HTTP does."""

    model_config = ConfigDict(extra="ignore")

    event_type: EventPattern | None = None
    after: PositionText | None = None
    trace: Trace | None = None
    since: Since | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Subscription:
        """Raises ``SubscriptionInvalid``."""
        try:
            return cls.model_validate(dict(asked))
        except ValidationError as error:
            where = str(error.errors()[0]["loc"][0])
            raise SubscriptionInvalid(f"{where} cannot be read", field=f"query.{where}") from error


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


@dataclass(frozen=True, slots=True)
class AsTold:
    """``Shows``: events by their names, as ``EventView`` has them."""

    async def show(self, database: Database, epoch: str, entries: Sequence[Entry]) -> list[Shown]:
        return [_shown(event_of(entry, epoch, 0)) for entry in entries]


def to_bytes(frame: Frame) -> bytes:
    """Frames of ``text/event-stream``: the data of each is one line of JSON with ``event`` and ``data`` first."""
    match frame:
        case Chunk():
            return frame.data
        case Pause():
            return KEEP_ALIVE
        case Reset():
            facts = {"reason": frame.reason, "revision": frame.revision, "snapshot": frame.snapshot}
            return _marked(frame.id, RESET, facts)
        case Bookmark():
            return _marked(frame.id, BOOKMARK, {"revision": frame.revision, "prev": frame.previous})


@lru_cache(maxsize=16)
def to_messages(data: bytes) -> tuple[str, ...]:
    """The same frames as messages of a WebSocket, each the line of JSON of one; kept, since many send the same."""
    return tuple(
        frame.partition(b"\ndata: ")[2].decode() for frame in data.split(FRAME_ENDS) if frame.startswith(b"id: ")
    )


def frame_head(frame_id: str, name: str) -> bytes:
    """How a frame begins, up to its line of JSON."""
    return f"id: {frame_id}\nevent: {name}\ndata: ".encode()


def _marked(frame_id: str, name: str, data: dict[str, Any]) -> bytes:
    return frame_head(frame_id, name) + msgspec.json.encode({"event": name, "data": data, "id": frame_id}) + FRAME_ENDS


def _shown(event: Event) -> Shown:
    before = {
        "event": event.name,
        "data": event.data,
        "id": event.id,
        "kind": event.kind,
        "revision": event.revision,
    }
    behind = {"subject": event.subject, "trace": event.trace, "occurred_at": event.occurred_at}
    return halves(event, before, behind)


def halves(event: Event, before: dict[str, Any], behind: dict[str, Any]) -> Shown:
    """A frame around its ``prev``, which stands between ``before`` and ``behind``."""
    begins = frame_head(event.id, event.name) + msgspec.json.encode(before)[:-1] + b',"prev":'
    return begins, b"," + msgspec.json.encode(behind)[1:] + FRAME_ENDS
