"""Read what happened, or follow it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.identity.model import Principal
from harmony.commons.journal import service as journal_service
from harmony.commons.journal import store as journal_store
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.fanout import Fanout, Lane, Shows, check
from harmony.commons.journal.model import Entry, Head, Selection
from harmony.commons.journal.service import Journal
from harmony.coordination.events.errors import NotYourName
from harmony.coordination.events.model import (
    BROADCAST_PREFIX,
    KEEP_ALIVE_SECONDS,
    STREAM_LIFE_SECONDS,
    Bookmark,
    Event,
    Frame,
    Pause,
    Position,
    Reset,
    ResetReason,
    event_of,
    position_id,
)
from harmony.messages.coordination import Broadcast


@dataclass(frozen=True, slots=True)
class Streaming:
    """What streams need of the process; ``snapshot`` tells how the things stand whose events are followed, ``shows``
    how an event is told."""

    database: Database
    journal: Journal
    snapshot: Callable[[Connection], Awaitable[Mapping[str, Any]]]
    shows: Shows


async def list_events(
    connection: Connection, after: Position | None, selection: Selection, limit: int
) -> tuple[list[Event], Head]:
    """Events after a position, oldest first, and how far the log goes; None is from the oldest that is kept.

    Raises ``PositionCompacted`` and ``PositionAhead`` (also for a position of another log).
    """
    head = await journal_store.head(connection)
    if after is None:
        after = Position(head.compacted_revision)
    if after.epoch not in (None, head.epoch):
        raise PositionAhead("the position belongs to another log", field="after", details={"revision": head.revision})
    entries = await journal_service.read(connection, after.revision, selection, limit)
    previous = await journal_store.previous(connection, after.revision, selection) if entries else 0
    return list(_numbered(entries, head.epoch, previous)), head


def check_sender(caller: Principal, sender: str, *, field: str) -> None:
    """Raises ``NotYourName`` for a component that would broadcast as another."""
    if not caller.acts_as(sender):
        raise NotYourName("this is another component's name", field=field)


async def broadcast(uow: UnitOfWork, sender: str, event_type: str, data: Mapping[str, Any]) -> None:
    """Tell everybody who listens; the event is durable and has its place in the log like every other."""
    told = Broadcast(sender, event_type, dict(data))
    await journal_service.append(uow, told, subject=sender, kind=BROADCAST_PREFIX + event_type)


async def at_time(connection: Connection, since: datetime) -> Position:
    """The place in the log just before an instant, as far as the log is kept."""
    head = await journal_store.head(connection)
    return Position(max(await journal_store.before(connection, since), head.compacted_revision), head.epoch)


async def stream(
    house: Streaming,
    selection: Selection,
    after: Position | None,
    closing: asyncio.Event,
    *,
    patience_seconds: float = KEEP_ALIVE_SECONDS,
) -> AsyncGenerator[Frame, None]:
    """Frames after a position, None: from now on, until ``closing`` is set or the stream has lived its time.

    A position that cannot be continued, at the start or because the reader was slower than the pruning, becomes a
    ``Reset`` to the present with how things stand there, and the stream goes on from there.
    """
    ends_at = house.database.clock.monotonic() + STREAM_LIFE_SECONDS
    async with house.journal.watching(house.shows, closing) as fanout:
        reader = _Reader(house, fanout, selection, after, closing, ends_at, patience_seconds)
        while (frame := await reader.next()) is not None:
            yield frame


@dataclass(slots=True)
class _Reader:
    """One who reads: ``after`` None or foreign is a place to be looked up, ``at`` one in the log ``epoch``."""

    house: Streaming
    fanout: Fanout
    selection: Selection
    after: Position | None
    closing: asyncio.Event
    ends_at: float
    patience_seconds: float
    lane: Lane = field(init=False)
    placed: bool = False
    epoch: str = ""
    at: int = 0
    told: int = 0
    previous: int = 0
    speaks_at: float = 0.0

    def __post_init__(self) -> None:
        self.lane = self.fanout.lane(self.selection)
        self.speaks_at = asyncio.get_running_loop().time()

    async def next(self) -> Frame | None:
        """The next frame; None at the end."""
        now = self.house.database.clock.monotonic
        while not self.closing.is_set() and now() < self.ends_at:
            try:
                if not self.placed:
                    await self._find_place()
                frame = await self._look()
            except PositionCompacted:
                return await self._reset("compacted")
            except PositionAhead:
                return await self._reset("foreign")
            if frame is not None:
                self.speaks_at = asyncio.get_running_loop().time() + self.patience_seconds
                return frame
        return None

    async def _look(self) -> Frame | None:
        """Events as they are stamped; a bookmark or a pause when none came within the patience."""
        if self.fanout.epoch != self.epoch:
            raise PositionAhead("the position belongs to another log")
        chunk = await self.fanout.take(self.lane, self.at, self.previous)
        self.at = chunk.upto
        if chunk.many:
            self.previous, self.told = chunk.last, chunk.upto
            return chunk
        if asyncio.get_running_loop().time() >= self.speaks_at:
            told, self.told = self.told, self.at
            return Pause() if self.at <= told else Bookmark(position_id(self.epoch, self.at), self.at, self.previous)
        if not self.closing.is_set():
            self.at = await self.fanout.wait(self.lane, self.at, self.speaks_at)
        return None

    async def _find_place(self) -> None:
        """Where to begin, and the last matching revision there; raises ``PositionCompacted`` and ``PositionAhead``."""
        after = self.after
        async with self.house.database.reading() as connection:
            head = await journal_store.head(connection)
            self.at = head.revision if after is None else after.revision
            check(head, self.at, None if after is None else after.epoch)
            self.previous = await journal_store.previous(connection, self.at, self.selection)
        self.epoch, self.told, self.placed = head.epoch, self.at, True

    async def _reset(self, reason: ResetReason) -> Reset:
        """How things stand, read in one snapshot with the revision: what is told later is only what came later."""
        async with self.house.database.reading() as connection:
            head = await journal_store.head(connection)
            snapshot = await self.house.snapshot(connection)
        self.after, self.placed = Position(head.revision, head.epoch), False
        return Reset(position_id(head.epoch, head.revision), head.revision, reason, snapshot)


def _numbered(entries: Sequence[Entry], epoch: str, previous: int) -> Iterator[Event]:
    """Events, each with the revision of the one before it."""
    for entry in entries:
        yield event_of(entry, epoch, previous)
        previous = entry.revision
