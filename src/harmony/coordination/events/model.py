"""Patterns of events, positions in the log, and what a reader is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from harmony.commons.journal.model import READ_LIMIT_ENTRIES, Entry, Selection

EVENTS_DEFAULT = 100
EVENTS_LIMIT = READ_LIMIT_ENTRIES
PATTERN_LIMIT_CHARACTERS = 100
POSITION_LIMIT_CHARACTERS = 64
STREAM_LIFE_SECONDS = 3_600.0
KEEP_ALIVE_SECONDS = 15.0

EVENT_TYPE_LIMIT_CHARACTERS = 100
DATA_LIMIT_BYTES = 64 * 1024

OWN_PREFIX = "coordination."
BROADCAST_PREFIX = "coordination.broadcast."
RESET = "reset"
BOOKMARK = "bookmark"

ResetReason = Literal["compacted", "foreign"]

_POSITION = re.compile(r"(?:([0-9A-Za-z]{1,40}):)?([0-9]{1,18})\Z")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the log: after ``revision``. ``epoch`` None claims no particular log."""

    revision: int
    epoch: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An entry as readers see it.

    ``previous`` is the revision of the matching entry before it, 0 when none is kept: a reader has missed something
    only if it is greater than the last revision that the reader saw.
    """

    id: str
    name: str
    kind: str
    data: Mapping[str, Any]
    revision: int
    previous: int
    subject: str
    trace: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Reset:
    """The reader's position cannot be continued: ``snapshot`` is how things stand at ``revision``; ``id`` names it."""

    id: str
    revision: int
    reason: ResetReason
    snapshot: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Nothing that the reader wants happened up to ``revision``; ``previous`` is the last matching one."""

    id: str
    revision: int
    previous: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing happened for a while; the line is alive."""


Frame = Event | Reset | Bookmark | Pause


def position(text: str) -> Position | None:
    """Read ``epoch:revision`` or ``revision``; None when it is neither."""
    match = _POSITION.match(text)
    return None if match is None else Position(int(match[2]), match[1])


def position_id(epoch: str, revision: int) -> str:
    """The id of an event: which log, which place in it."""
    return f"{epoch}:{revision}"


def name_of(kind: str) -> str:
    """Broadcasts go by the names their senders gave them, coordination's own events by their short names, those of
    other planes by their whole kind.
    """
    return kind.removeprefix(BROADCAST_PREFIX if kind.startswith(BROADCAST_PREFIX) else OWN_PREFIX)


def select(pattern: str | None, trace: str | None, *, everything: bool) -> Selection:
    """The entries that ``pattern`` names; only coordination's own unless the reader may see ``everything``.

    A pattern is a name, or a beginning followed by ``*``; it matches with and without ``coordination.`` before it.
    Several are joined by commas.
    """
    kinds: set[str] = set()
    for wanted in (pattern or "*").split(","):
        kinds |= {wanted, OWN_PREFIX + wanted, BROADCAST_PREFIX + wanted}
    if not everything:
        kinds = {narrowed for kind in kinds if (narrowed := _own_part(kind)) is not None}
    return Selection(kinds=tuple(sorted(kinds)), trace=trace)


def _own_part(kind: str) -> str | None:
    """What a pattern matches among coordination's own kinds, as a pattern; None when that is nothing."""
    if kind.startswith(OWN_PREFIX):
        return kind
    if kind.endswith("*") and OWN_PREFIX.startswith(kind[:-1]):
        return OWN_PREFIX + "*"
    return None


def event_of(entry: Entry, epoch: str, previous: int) -> Event:
    return Event(
        id=position_id(epoch, entry.revision),
        name=name_of(entry.kind),
        kind=entry.kind,
        data=entry.payload["data"] if entry.kind.startswith(BROADCAST_PREFIX) else entry.payload,
        revision=entry.revision,
        previous=previous,
        subject=entry.subject,
        trace=entry.trace,
        occurred_at=entry.occurred_at,
    )
