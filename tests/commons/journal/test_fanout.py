"""What a thousand readers want is read and shown once, and each still gets its own log without gap or double."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs, service
from harmony.commons.journal.errors import PositionAhead
from harmony.commons.journal.fanout import CHUNK_LIMIT_BYTES, CHUNK_LIMIT_ENTRIES, Fanout, Shown, _cut
from harmony.commons.journal.model import Chunk, Entry, Selection
from harmony.commons.journal.service import Journal
from harmony.messages.coordination import ComponentRecovered

WATCHERS = 300


@dataclass(eq=False)
class Numbers:
    """``Shows``: revision and previous one; what it was asked to show is kept."""

    shown: list[int] = field(default_factory=list)
    padding: int = 0

    async def show(self, database: Database, epoch: str, entries: Sequence[Entry]) -> list[Shown]:
        self.shown += [entry.revision for entry in entries]
        return [(b"%d<" % entry.revision, b" " * self.padding + b"\n") for entry in entries]


async def tell(journal: Journal, database: Database, many: int, subjects: Sequence[str] = ("hub",)) -> None:
    async with database.begin() as uow:
        for number in range(many):
            message = ComponentRecovered("hub-001", "hub", "degraded")
            await service.append(uow, message, subject=subjects[number % len(subjects)])
    await jobs.stamp(database)
    journal.moved()


def read(chunk: Chunk) -> list[tuple[int, int]]:
    pairs = [line.split(b"<") for line in chunk.data.splitlines()]
    assert len(pairs) == chunk.many
    return [(int(previous), int(revision)) for revision, previous in pairs]


async def follow(fanout: Fanout, selection: Selection, after: int, until: int) -> list[tuple[int, int]]:
    """What comes behind ``after`` up to ``until``."""
    found: list[tuple[int, int]] = []
    previous = 0
    while after < until:
        chunk = await fanout.take(fanout.lane(selection), after, previous)
        found += read(chunk)
        after, previous = chunk.upto, chunk.last
        if not chunk.many:
            after = await fanout.wait(fanout.lane(selection), after, asyncio.get_running_loop().time() + 30)
    return found


async def test_a_change_is_shown_once_however_many_watch(database: Database) -> None:
    journal, shows = Journal(database), Numbers()
    async with journal.watching(shows, asyncio.Event()) as fanout:
        following = [asyncio.create_task(follow(fanout, Selection(), 0, 5)) for _ in range(WATCHERS)]
        await tell(journal, database, 5)
        async with asyncio.timeout(20):
            found = await asyncio.gather(*following)
    assert found == [[(number, number + 1) for number in range(5)]] * WATCHERS
    assert shows.shown == [1, 2, 3, 4, 5]


async def test_readers_from_different_places_soon_share_what_is_read_for_them(database: Database) -> None:
    journal, shows = Journal(database), Numbers()
    end = 4 * CHUNK_LIMIT_ENTRIES
    await tell(journal, database, end)
    async with journal.watching(shows, asyncio.Event()) as fanout:
        found = await asyncio.gather(*(follow(fanout, Selection(), after, end) for after in range(20)))
    for after, seen in enumerate(found):
        assert [revision for _, revision in seen] == list(range(after + 1, end + 1))
    assert len(shows.shown) <= 20 * CHUNK_LIMIT_ENTRIES + end, "each reads its first chunk, all share the others"


async def test_who_wants_other_things_is_not_woken(database: Database) -> None:
    journal = Journal(database)
    async with journal.watching(Numbers(), asyncio.Event()) as fanout:
        late = asyncio.create_task(
            fanout.wait(fanout.lane(Selection(subject="other")), 0, asyncio.get_running_loop().time() + 30)
        )
        assert await follow(fanout, Selection(), 0, 0) == []
        await asyncio.gather(follow(fanout, Selection(), 0, 3), tell(journal, database, 3))
        assert not late.done()
        await tell(journal, database, 1, ["other"])
        assert await late == 3, "nothing of it was there before"
        assert await follow(fanout, Selection(subject="other"), 3, 4) == [(0, 4)]


async def test_closing_wakes_who_waits_and_nothing_keeps_running(database: Database) -> None:
    journal, closing = Journal(database), asyncio.Event()
    async with journal.watching(Numbers(), closing) as fanout:
        waiting = asyncio.create_task(fanout.wait(fanout.lane(Selection()), 0, asyncio.get_running_loop().time() + 30))
        await asyncio.sleep(0)
        closing.set()
        async with asyncio.timeout(20):
            await waiting
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("journal fan")]


async def test_a_chunk_is_bounded_in_bytes_unless_it_is_one_entry(database: Database) -> None:
    journal, shows = Journal(database), Numbers(padding=CHUNK_LIMIT_BYTES // 3)
    async with journal.watching(shows, asyncio.Event()) as fanout:
        await asyncio.gather(tell(journal, database, 7), follow(fanout, Selection(), 0, 1))
        chunk = await fanout.take(fanout.lane(Selection()), 0, 0)
        assert (chunk.many, chunk.upto) == (2, 2)
        shows.padding = 2 * CHUNK_LIMIT_BYTES
        await asyncio.gather(tell(journal, database, 2), follow(fanout, Selection(), 7, 8))
        assert (await fanout.take(fanout.lane(Selection()), 7, 7)).many == 1


async def test_a_position_of_another_log_is_refused(database: Database) -> None:
    journal = Journal(database)
    await tell(journal, database, 3)
    async with journal.watching(Numbers(), asyncio.Event()) as fanout:
        fanout.epoch = "another"
        with pytest.raises(PositionAhead):
            await fanout.take(fanout.lane(Selection()), 1, 0)


class Broken:
    async def show(self, database: Database, epoch: str, entries: Sequence[Entry]) -> list[Shown]:
        raise ZeroDivisionError


async def test_what_fails_ends_the_streams_and_leaves_nobody_waiting(database: Database) -> None:
    journal = Journal(database)
    async with journal.watching(Broken(), asyncio.Event()) as fanout:
        waiting = asyncio.create_task(follow(fanout, Selection(), 0, 1))
        await tell(journal, database, 1)
        async with asyncio.timeout(20):
            with pytest.raises(ZeroDivisionError):
                await waiting


@given(st.lists(st.sampled_from("abc"), max_size=600), st.sampled_from("abcd"), st.integers(0, 600))
def test_what_is_cut_of_a_window_is_what_was_wanted_in_order(subjects: list[str], wanted: str, after: int) -> None:
    window = [(_entry(number, subject), (b"", b"")) for number, subject in enumerate(subjects, 1)]
    chunk, _ = _cut(Selection(subject=wanted), 0, window[after:], len(window))
    expected = [entry.revision for entry, _ in window[after:] if entry.subject == wanted]
    assert chunk.many == len([revision for revision in expected if revision <= chunk.upto])
    assert chunk.last == (expected[chunk.many - 1] if chunk.many else 0)
    assert chunk.upto == len(window) or chunk.upto == chunk.last
    assert chunk.many <= CHUNK_LIMIT_ENTRIES


def _entry(revision: int, subject: str) -> Entry:
    return Entry(revision, "k", 1, subject, {}, "a", "t", datetime(2026, 1, 1, tzinfo=UTC))
