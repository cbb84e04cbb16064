"""The promises of docs/guides/watches.md, kept while many write, readers are cut at random, and the log is pruned."""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal import service as journal_service
from harmony.commons.journal.model import Selection
from harmony.commons.journal.service import Journal
from harmony.commons.journal.tail import Tail
from harmony.coordination.events import service
from harmony.coordination.events.model import Bookmark, Event, Pause, Position, Reset, select
from harmony.coordination.events.service import Streaming
from harmony.kernel.clock import VirtualClock
from harmony.messages.coordination import ComponentDegraded, ComponentRecovered
from harmony.messages.message import Message

WRITERS, TRANSACTIONS, READERS = 6, 25, 12
PATTERNS = ("*", "component.degraded", "component.rec*", "entity-*")


class RolledBack(Exception):
    """A member changed its mind: nothing of the transaction happened."""


@dataclass
class Reader:
    """Reads with a pattern, is cut at random places, and comes back with the last id that it saw."""

    pattern: str
    chance: random.Random
    at: Position = field(default_factory=lambda: Position(0))
    seen: list[int] = field(default_factory=list)
    last: int = 0
    cuts: int = 0
    resets: int = 0

    async def read(self, streaming: Streaming, until: int) -> None:
        """Until ``until`` is reached, by an event or a bookmark."""
        while self.at.revision < until:
            frames = service.stream(
                streaming,
                select(self.pattern, None, everything=True),
                self.at,
                asyncio.Event(),
                patience_seconds=0.02,
            )
            async with aclosing(frames):
                left = self.chance.randrange(1, 30)
                async for frame in frames:
                    self.take(frame)
                    left -= 1
                    if left == 0 or self.at.revision >= until:
                        break
            self.cuts += 1

    def take(self, frame: Event | Reset | Bookmark | Pause) -> None:
        match frame:
            case Event():
                assert frame.revision > self.at.revision, "ordered and unique"
                assert frame.previous <= self.last, "reliable: nothing between the last one and this was left out"
                self.seen.append(frame.revision)
                self.last = frame.revision
                self.at = _position(frame.id)
            case Bookmark():
                assert frame.previous <= self.last, "a bookmark passes over nothing that is wanted"
                assert frame.revision > self.at.revision
                self.at = _position(frame.id)
            case Reset():
                self.resets += 1
                self.at = _position(frame.id)
                self.last = frame.revision


def _position(text: str) -> Position:
    epoch, _, revision = text.partition(":")
    return Position(int(revision), epoch)


def streaming_of(database: Database, journal: Journal) -> Streaming:
    async def nothing(_: Connection) -> dict[str, str]:
        return {}

    return Streaming(database, journal, nothing)


async def write(database: Database, chance: random.Random) -> None:
    """Transactions of one to three events, some rolled back, as members would."""
    for number in range(TRANSACTIONS):
        try:
            async with database.begin() as uow:
                for _ in range(chance.randrange(1, 4)):
                    await journal_service.append(uow, _some(chance, number), subject="hub-001")
                await service.broadcast(uow, "hub", chance.choice(["entity-created", "note"]), {})
                await asyncio.sleep(0)
                if chance.random() < 0.2:
                    raise RolledBack
        except RolledBack:
            continue


def _some(chance: random.Random, number: int) -> Message:
    if chance.random() < 0.5:
        return ComponentDegraded("hub-001", "hub", "healthy", str(number))
    return ComponentRecovered("hub-001", "hub", "degraded")


async def stamp_while(database: Database, journal: Journal, writing: list[asyncio.Task[None]]) -> None:
    while not all(task.done() for task in writing):
        if await journal_jobs.stamp(database):
            journal.moved()
        await asyncio.sleep(0)
    await journal_jobs.stamp(database)
    journal.moved()


@pytest.mark.parametrize("seed", range(3))
async def test_every_reader_sees_what_it_wants_once_in_order_and_can_prove_it(database: Database, seed: int) -> None:
    journal = Journal(database)
    streaming = streaming_of(database, journal)
    chance = random.Random(seed)
    writing = [asyncio.create_task(write(database, random.Random(chance.random()))) for _ in range(WRITERS)]
    await stamp_while(database, journal, writing)
    late = [asyncio.create_task(write(database, random.Random(chance.random()))) for _ in range(WRITERS)]
    readers = [Reader(PATTERNS[number % 4], random.Random(chance.random())) for number in range(READERS)]
    half = (await journal.head()).revision
    reading = [asyncio.create_task(reader.read(streaming, half)) for reader in readers]
    await stamp_while(database, journal, late)
    await asyncio.gather(*reading)
    end = (await journal.head()).revision
    await asyncio.gather(*(reader.read(streaming, end) for reader in readers))
    for reader in readers:
        assert reader.seen == await wanted(journal, select(reader.pattern, None, everything=True))
        assert (reader.resets, reader.at.revision) == (0, end)
        assert reader.cuts > 1


async def wanted(journal: Journal, selection: Selection) -> list[int]:
    found: list[int] = []
    while batch := await journal.read(found[-1] if found else 0, selection):
        found += [entry.revision for entry in batch]
    return found


async def test_a_transaction_becomes_readable_whole(database: Database) -> None:
    journal = Journal(database)
    async with database.begin() as uow:
        for number in range(3):
            await journal_service.append(uow, ComponentDegraded("hub-001", "hub", "healthy", str(number)), subject="h")
        assert await journal_jobs.stamp(database) == 0
    assert await journal.read(0) == []
    await journal_jobs.stamp(database)
    assert [entry.payload["cause"] for entry in await journal.read(0)] == ["0", "1", "2"]


async def test_only_a_position_that_was_pruned_is_reset(database: Database, clock: VirtualClock) -> None:
    journal = Journal(database)
    streaming = streaming_of(database, journal)
    await write(database, random.Random(1))
    await journal_jobs.stamp(database)
    middle = (await journal.head()).revision
    clock.advance(600)
    await write(database, random.Random(2))
    await journal_jobs.stamp(database)
    end = (await journal.head()).revision
    async with database.begin() as uow:
        assert await journal_service.prune(uow, timedelta(seconds=300)) == middle
    early, late = Reader("*", random.Random(1), Position(middle - 1)), Reader("*", random.Random(1), Position(middle))
    late.last = middle
    for reader in (early, late):
        await reader.read(streaming, end)
    assert (early.resets, early.seen) == (1, [])
    assert (late.resets, late.seen) == (0, list(range(middle + 1, end + 1)))


async def test_what_is_kept_is_bounded_by_number_too(database: Database) -> None:
    await write(database, random.Random(1))
    await journal_jobs.stamp(database)
    end = (await Journal(database).head()).revision
    async with database.begin() as uow:
        assert await journal_service.prune(uow, kept_entries=10) == end - 10
    async with database.begin() as uow:
        assert await journal_service.prune(uow, kept_entries=10) == 0


async def test_a_reader_that_does_not_read_holds_nobody_up(database: Database) -> None:
    journal = Journal(database)
    streaming = streaming_of(database, journal)
    stuck = service.stream(streaming, select(None, None, everything=True), Position(0), asyncio.Event())
    await write(database, random.Random(1))
    await journal_jobs.stamp(database)
    first = await anext(stuck)
    assert isinstance(first, Event)
    await write(database, random.Random(2))
    await journal_jobs.stamp(database)
    journal.moved()
    end = (await journal.head()).revision
    quick = Reader("*", random.Random(1))
    await quick.read(streaming, end)
    slow = [first.revision]
    async with aclosing(stuck):
        async for frame in stuck:
            assert isinstance(frame, Event)
            slow.append(frame.revision)
            if frame.revision == end:
                break
    assert slow == quick.seen == list(range(1, end + 1))


async def test_a_tail_answers_as_the_database_does_or_not_at_all(database: Database) -> None:
    await write(database, random.Random(3))
    await journal_jobs.stamp(database)
    journal = Journal(database)
    head = await journal.head()
    everything = await journal.read(0)
    tail = Tail(limit=20)
    assert tail.after(0, Selection()) is None
    tail.begin(type(head)(head.epoch, 0, 0))
    for entry in everything:
        tail.add([entry])
    for pattern in PATTERNS:
        selection = select(pattern, None, everything=True)
        for after in range(head.revision + 1):
            found = tail.after(after, selection)
            if found is not None:
                assert list(found.entries) == await journal.read(after, selection)
                assert found.upto == head.revision
    assert tail.after(0, Selection()) is None, "the oldest are let go"
    assert tail.after(head.revision - 20, Selection()) is not None
    assert tail.after(head.revision + 1, Selection()) is None
