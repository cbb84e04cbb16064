"""Read what happened, or follow it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal import service as journal_service
from harmony.commons.journal import store as journal_store
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.model import Entry, Head, Selection
from harmony.commons.journal.service import Journal
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
    """What streams need of the process; ``snapshot`` tells how the things stand whose events are followed."""

    database: Database
    journal: Journal
    snapshot: Callable[[Connection], Awaitable[Mapping[str, Any]]]


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
    clock = house.database.clock
    ends_at = clock.monotonic() + STREAM_LIFE_SECONDS
    head = await house.journal.head()
    at = Position(head.revision) if after is None else after
    while not closing.is_set() and clock.monotonic() < ends_at:
        reason: ResetReason = "foreign"
        try:
            if at.epoch not in (None, head.epoch):
                raise PositionAhead("the position belongs to another log")
            frames = _follow(house, selection, at.revision, head.epoch, closing, patience_seconds)
            async with aclosing(frames):
                async for followed in frames:
                    yield followed
                    if clock.monotonic() >= ends_at:
                        return
            continue
        except PositionCompacted:
            reason = "compacted"
        except PositionAhead:
            pass
        head, frame = await _reset(house, reason)
        at = Position(head.revision, head.epoch)
        yield frame


async def _reset(house: Streaming, reason: ResetReason) -> tuple[Head, Reset]:
    """How things stand, read in one snapshot with the revision: what is told later is only what came later."""
    async with house.database.reading() as connection:
        head = await journal_store.head(connection)
        snapshot = await house.snapshot(connection)
    return head, Reset(position_id(head.epoch, head.revision), head.revision, reason, snapshot)


async def _follow(
    house: Streaming, selection: Selection, after: int, epoch: str, closing: asyncio.Event, patience_seconds: float
) -> AsyncGenerator[Frame, None]:
    """Events as they are stamped; a bookmark or a pause when none came within the patience; until ``closing``."""
    async with house.database.reading() as connection:
        previous = await journal_store.previous(connection, after, selection)
    told = after
    batches = house.journal.follow_batches(after, selection, closing, patience_seconds=patience_seconds)
    async with aclosing(batches):
        async for batch in batches:
            if batch.entries:
                for event in _numbered(batch.entries, epoch, previous):
                    yield event
                previous = told = batch.entries[-1].revision
            elif batch.upto > told:
                told = batch.upto
                yield Bookmark(position_id(epoch, told), told, previous)
            else:
                yield Pause()


def _numbered(entries: Sequence[Entry], epoch: str, previous: int) -> Iterator[Event]:
    """Events, each with the revision of the one before it."""
    for entry in entries:
        yield event_of(entry, epoch, previous)
        previous = entry.revision
