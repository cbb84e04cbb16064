"""Read what happened, or follow it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection
from harmony.adapters.http.streams import upcoming
from harmony.commons.journal import service as journal_service
from harmony.commons.journal import store as journal_store
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.model import Entry, Head, Selection
from harmony.commons.journal.service import Journal
from harmony.coordination.events.model import (
    KEEP_ALIVE_SECONDS,
    STREAM_LIFE_SECONDS,
    Event,
    Frame,
    Pause,
    Position,
    Reset,
    ResetReason,
    event_of,
    position_id,
)


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


async def stream(
    database: Database,
    journal: Journal,
    selection: Selection,
    after: Position | None,
    closing: asyncio.Event,
    *,
    patience_seconds: float = KEEP_ALIVE_SECONDS,
) -> AsyncGenerator[Frame, None]:
    """Frames after a position, None: from now on, until ``closing`` is set or the stream has lived its time.

    A position that cannot be continued, at the start or because the reader was slower than the pruning, becomes a
    ``Reset`` to the present, and the stream goes on from there.
    """
    clock = database.clock
    ends_at = clock.monotonic() + STREAM_LIFE_SECONDS
    head = await journal.head()
    at = Position(head.revision) if after is None else after
    while not closing.is_set() and clock.monotonic() < ends_at:
        if at.epoch not in (None, head.epoch):
            head, at, frame = await _reset(journal, "foreign")
            yield frame
        try:
            async with aclosing(
                _follow(database, journal, selection, at, head.epoch, closing, patience_seconds)
            ) as frames:
                async for followed in frames:
                    yield followed
                    if clock.monotonic() >= ends_at:
                        return
        except PositionCompacted:
            head, at, frame = await _reset(journal, "compacted")
            yield frame
        except PositionAhead:
            head, at, frame = await _reset(journal, "foreign")
            yield frame


async def _reset(journal: Journal, reason: ResetReason) -> tuple[Head, Position, Reset]:
    head = await journal.head()
    frame = Reset(position_id(head.epoch, head.revision), head.revision, reason)
    return head, Position(head.revision, head.epoch), frame


async def _follow(
    database: Database,
    journal: Journal,
    selection: Selection,
    at: Position,
    epoch: str,
    closing: asyncio.Event,
    patience_seconds: float,
) -> AsyncGenerator[Frame, None]:
    """Events as they are stamped, a pause when none came within the patience, until ``closing``."""
    previous: int | None = None
    # Not closed by hand: it holds nothing between two batches, and ``upcoming`` ends it when it is cancelled in one.
    batches = journal.follow(at.revision, selection, patience_seconds=patience_seconds)
    while (batch := await upcoming(batches, closing)) is not None:
        if not batch:
            yield Pause()
            continue
        if previous is None:
            previous = await _previous(database, at.revision, selection)
        for event in _numbered(batch, epoch, previous):
            yield event
        previous = batch[-1].revision


async def _previous(database: Database, revision: int, selection: Selection) -> int:
    async with database.reading() as connection:
        return await journal_store.previous(connection, revision, selection)


def _numbered(entries: list[Entry], epoch: str, previous: int) -> Iterator[Event]:
    """Events, each with the revision of the one before it."""
    for entry in entries:
        yield event_of(entry, epoch, previous)
        previous = entry.revision
