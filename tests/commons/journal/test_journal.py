"""One log with one revision: nothing is lost, nothing is skipped, nothing is read before it is numbered."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs, service
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.model import Entry, Selection
from harmony.commons.journal.service import Journal
from harmony.kernel.clock import VirtualClock
from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class NotePlayed(Message):
    KIND: ClassVar[str] = "test.note.played"
    pitch: int


@dataclass(frozen=True, slots=True)
class RestHeld(Message):
    KIND: ClassVar[str] = "test_rest.held"
    beats: int


async def play(database: Database, pitch: int, *, subject: str = "song-1") -> None:
    async with database.begin() as uow:
        await service.append(uow, NotePlayed(pitch), subject=subject)


def pitches(entries: list[Entry]) -> list[int]:
    return [entry.payload["pitch"] for entry in entries]


async def test_two_transactions_that_commit_in_inverse_order_are_both_read(database: Database) -> None:
    journal = Journal(database)
    first_written, second_committed = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with database.begin() as uow:
            await service.append(uow, NotePlayed(1), subject="song-1")

            async def hold_the_commit() -> None:
                first_written.set()
                await second_committed.wait()

            uow.at_commit(hold_the_commit)

    async def quick() -> list[Entry]:
        await first_written.wait()
        await play(database, 2)
        await jobs.stamp(database)
        seen = await journal.read(0)
        second_committed.set()
        return seen

    _, seen = await asyncio.gather(slow(), quick())
    await jobs.stamp(database)
    later = await journal.read(seen[-1].revision)
    assert pitches(seen) == [2]
    assert pitches(later) == [1]
    assert [entry.revision for entry in [*seen, *later]] == [1, 2]


async def test_a_rolled_back_change_tells_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.begin() as uow:
            await service.append(uow, NotePlayed(1), subject="song-1")
            raise RuntimeError("the change failed")
    await jobs.stamp(database)
    assert await Journal(database).read(0) == []


async def test_an_unstamped_entry_is_not_readable(database: Database) -> None:
    await play(database, 1)
    assert await Journal(database).read(0) == []
    assert await jobs.stamp(database) == 1
    assert pitches(await Journal(database).read(0)) == [1]


async def test_concurrent_stampers_number_without_gaps_or_twins(database: Database) -> None:
    await asyncio.gather(*(play(database, pitch) for pitch in range(40)))
    counts = await asyncio.gather(*(jobs.stamp(database) for _ in range(4)))
    entries = await Journal(database).read(0)
    assert sum(counts) == 40
    assert [entry.revision for entry in entries] == list(range(1, 41))
    assert sorted(pitches(entries)) == list(range(40))


async def test_a_reader_selects_by_kind_prefix_subject_and_trace(database: Database) -> None:
    async with database.begin(trace="a" * 32) as uow:
        await service.append(uow, NotePlayed(1), subject="song-1")
        await service.append(uow, RestHeld(2), subject="song-1")
    await play(database, 3, subject="song-2")
    await jobs.stamp(database)
    journal = Journal(database)

    async def kinds(selection: Selection) -> list[str]:
        return [entry.kind for entry in await journal.read(0, selection)]

    assert await kinds(Selection(kinds=("test.*",))) == ["test.note.played", "test.note.played"]
    assert await kinds(Selection(kinds=("test_rest.held",))) == ["test_rest.held"]
    assert await kinds(Selection(subject="song-2")) == ["test.note.played"]
    assert await kinds(Selection(trace="a" * 32)) == ["test.note.played", "test_rest.held"]
    assert await kinds(Selection(kinds=("%",))) == []


async def test_a_follower_gets_what_is_appended_while_it_waits(database: Database) -> None:
    journal = Journal(database)
    batches = journal.follow(0, patience_seconds=60.0)
    assert await anext(batches) == []
    waiting = asyncio.ensure_future(anext(batches))
    await play(database, 7)
    await jobs.stamp(database)
    journal.moved()
    assert pitches(await waiting) == [7]
    await batches.aclose()


async def test_a_consumer_goes_on_where_it_stopped_and_repeats_only_what_failed(database: Database) -> None:
    for pitch in range(3):
        await play(database, pitch)
    await jobs.stamp(database)
    heard: list[int] = []

    async def stumble(entry: Entry) -> None:
        if entry.payload["pitch"] == 1 and 1 not in heard:
            heard.append(1)
            raise RuntimeError("interrupted")
        heard.append(entry.payload["pitch"])

    with pytest.raises(RuntimeError):
        await service.consume(database, "ear", Selection(), stumble)
    await service.consume(database, "ear", Selection(), stumble)
    assert await service.consume(database, "ear", Selection(), stumble) == 0
    assert heard == [0, 1, 1, 2]


async def test_pruning_keeps_the_young_and_the_unread_and_refuses_compacted_positions(
    database: Database, clock: VirtualClock
) -> None:
    for pitch in range(4):
        await play(database, pitch)
    await jobs.stamp(database)
    journal = Journal(database)

    async def prune(kept_days: int) -> int:
        async with database.begin() as uow:
            return await service.prune(uow, timedelta(days=kept_days))

    assert await prune(1) == 0, "young entries stay"
    clock.advance(2 * 86_400)
    await play(database, 9)
    await jobs.stamp(database)
    stopped_at = (await journal.read(0))[1]

    async def only_two(entry: Entry) -> None:
        if entry.revision > stopped_at.revision:
            raise RuntimeError("busy")

    with pytest.raises(RuntimeError):
        await service.consume(database, "slow ear", Selection(), only_two)
    assert await prune(1) == 2, "what a consumer has yet to read stays"
    with pytest.raises(PositionCompacted):
        await journal.read(0)
    assert pitches(await journal.read(2)) == [2, 3, 9]


async def test_a_position_of_another_log_is_refused(database: Database) -> None:
    with pytest.raises(PositionAhead):
        await Journal(database).read(5)


async def test_no_follower_waits_out_its_patience_when_the_log_has_grown(database: Database) -> None:
    """Many followers, one after the other woken, so that each meets a reading that another began."""
    journal = Journal(database)
    entries = 60

    async def follow() -> list[int]:
        seen: list[int] = []
        async with aclosing(journal.follow_batches(0, Selection(), asyncio.Event(), patience_seconds=3600)) as batches:
            async for batch in batches:
                seen += [entry.revision for entry in batch.entries]
                if len(seen) == entries:
                    break
        return seen

    following = [asyncio.create_task(follow()) for _ in range(8)]
    for pitch in range(entries):
        await play(database, pitch)
        await jobs.stamp(database)
        journal.moved()
    async with asyncio.timeout(30):
        assert await asyncio.gather(*following) == [list(range(1, entries + 1))] * 8
