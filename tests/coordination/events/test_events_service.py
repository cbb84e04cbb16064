"""A stream is a reader of the journal at its own pace, and a slow one is told when it came too late."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import timedelta

import pytest
from tests.coordination.events.test_watch_promises import events_of

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection
from harmony.adapters.http.streams import Streams, StreamsTaken
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal import service as journal_service
from harmony.commons.journal.model import READ_LIMIT_ENTRIES, Chunk
from harmony.commons.journal.service import Journal
from harmony.coordination.events import service
from harmony.coordination.events.model import Frame, Position, Reset, select
from harmony.coordination.events.routes import AS_TOLD
from harmony.coordination.events.service import Streaming
from harmony.kernel.clock import VirtualClock
from harmony.messages.coordination import ComponentRecovered

EVERYTHING = select(None, None, everything=True)


def streaming(database: Database) -> Streaming:
    async def still(_: Connection) -> dict[str, str]:
        return {"services": "as they stand"}

    return Streaming(database, Journal(database), still, AS_TOLD)


async def tell(database: Database, many: int) -> None:
    for _ in range(many):
        async with database.begin() as uow:
            await journal_service.append(uow, ComponentRecovered("hub-001", "hub", "degraded"), subject="hub-001")
    await journal_jobs.stamp(database)


async def test_a_reader_slower_than_the_pruning_is_reset_and_goes_on(database: Database, clock: VirtualClock) -> None:
    await tell(database, 1)
    house = streaming(database)
    frames = service.stream(house, EVERYTHING, Position(0), asyncio.Event())
    async with aclosing(frames):
        assert revisions(await anext(frames)) == [1]
        await tell(database, 2)
        clock.advance(600)
        async with database.begin() as uow:
            assert await journal_service.prune(uow, timedelta(seconds=60)) == 3
        house.journal.moved()
        reset = await anext(frames)
        assert isinstance(reset, Reset)
        assert (reset.reason, reset.revision) == ("compacted", 3)
        await tell(database, 1)
        house.journal.moved()
        while not (found := revisions(await anext(frames))):
            pass
        assert found == [4]


def revisions(frame: Frame) -> list[int]:
    return [event["revision"] for event in events_of(frame)] if isinstance(frame, Chunk) else []


async def test_a_backlog_larger_than_one_read_arrives_whole(database: Database) -> None:
    await tell(database, READ_LIMIT_ENTRIES + 3)
    closing = asyncio.Event()
    frames = service.stream(streaming(database), EVERYTHING, Position(0), closing, patience_seconds=0.02)
    seen: list[tuple[int, int]] = []
    async for frame in frames:
        if not isinstance(frame, Chunk):
            closing.set()
            continue
        seen += [(event["prev"], event["revision"]) for event in events_of(frame)]
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
