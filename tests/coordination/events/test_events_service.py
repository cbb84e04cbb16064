"""A stream is a reader of the journal at its own pace, and a slow one is told when it came too late."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import timedelta

import pytest

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection
from harmony.adapters.http.streams import Streams, StreamsTaken
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal import service as journal_service
from harmony.commons.journal.model import READ_LIMIT_ENTRIES
from harmony.commons.journal.service import Journal
from harmony.coordination.events import service
from harmony.coordination.events.model import Event, Position, Reset, select
from harmony.coordination.events.service import Streaming
from harmony.kernel.clock import VirtualClock
from harmony.messages.coordination import ComponentRecovered

EVERYTHING = select(None, None, everything=True)


def streaming(database: Database) -> Streaming:
    async def still(_: Connection) -> dict[str, str]:
        return {"services": "as they stand"}

    return Streaming(database, Journal(database), still)


async def tell(database: Database, many: int) -> None:
    for _ in range(many):
        async with database.begin() as uow:
            await journal_service.append(uow, ComponentRecovered("hub-001", "hub", "degraded"), subject="hub-001")
    await journal_jobs.stamp(database)


async def test_a_reader_slower_than_the_pruning_is_reset_and_goes_on(database: Database, clock: VirtualClock) -> None:
    await tell(database, 1)
    frames = service.stream(streaming(database), EVERYTHING, Position(0), asyncio.Event())
    async with aclosing(frames):
        first = await anext(frames)
        assert isinstance(first, Event)
        assert first.revision == 1
        await tell(database, 2)
        clock.advance(600)
        async with database.begin() as uow:
            assert await journal_service.prune(uow, timedelta(seconds=60)) == 3
        reset = await anext(frames)
        assert isinstance(reset, Reset)
        assert (reset.reason, reset.revision) == ("compacted", 3)
        await tell(database, 1)
        event = await anext(frames)
        assert isinstance(event, Event)
        assert event.revision == 4


async def test_a_backlog_larger_than_one_read_arrives_whole(database: Database) -> None:
    await tell(database, READ_LIMIT_ENTRIES + 3)
    closing = asyncio.Event()
    frames = service.stream(streaming(database), EVERYTHING, Position(0), closing)
    seen: list[tuple[int, int]] = []
    async for frame in frames:
        if not isinstance(frame, Event):
            closing.set()
            continue
        seen.append((frame.previous, frame.revision))
    assert seen == [(number, number + 1) for number in range(READ_LIMIT_ENTRIES + 3)]


async def test_a_stream_that_closes_before_it_is_read_says_nothing(database: Database) -> None:
    await tell(database, 1)
    closing = asyncio.Event()
    closing.set()
    frames = service.stream(streaming(database), EVERYTHING, Position(0), closing)
    assert [frame async for frame in frames] == []


def test_places_are_counted_and_given_back_also_after_an_error() -> None:
    places = Streams(limit=1)
    with pytest.raises(RuntimeError), places.opened("reader"):
        with pytest.raises(StreamsTaken), places.opened("reader"):
            pass
        raise RuntimeError("the reader hung up")
    with places.opened("reader"):
        pass
