"""The fan-out: what happens is read once, shown once, matched once for each selection, and handed to all who watch.

A ``Chunk`` is a pure function of log, selection and position, so readers who stand at the same place share its bytes:
at the end of the log a thousand of them, behind it all who came back there.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Protocol
from weakref import WeakValueDictionary

from harmony.adapters.db.pool import Database
from harmony.commons.journal import store
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.model import TAIL_LIMIT_ENTRIES, Batch, Chunk, Entry, Head, Selection

CHUNK_LIMIT_ENTRIES = 256
CHUNK_LIMIT_BYTES = 64 * 1024
"""What is on its way to one reader: a chunk is no larger, unless it is a single entry."""
SHARED_LIMIT_BYTES = 16 * 1024 * 1024
"""Chunks kept because the next reader may stand at the same place."""

WOKEN_AT_ONCE = 50
"""The loop sends what its tasks wrote at the end of a turn: the first readers need not wait for the last ones."""
TICK_SECONDS = 0.5
"""Waiting ends at its time or so much later: one timer for all is cheaper than one for each."""

Shown = tuple[bytes, bytes]
"""An entry as it is told; the revision of the matching one before it goes between the two parts."""


class Shows(Protocol):
    """How a room tells entries. One for a process: those who watch through the same one share what is shown."""

    async def show(self, database: Database, epoch: str, entries: Sequence[Entry]) -> Sequence[Shown]: ...


Follow = Callable[[int], AbstractAsyncContextManager[AsyncIterator[Batch]]]


class Lane:
    """Who wants the same: their selection, and who of them waits until when."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.waiting: dict[asyncio.Future[int], float] = {}


class Fanout:
    """The readers of one way to show. It follows the log only while somebody reads."""

    def __init__(self, database: Database, follow: Follow, shows: Shows) -> None:
        self.epoch: str | None = None
        self._database = database
        self._follow = follow
        self._shows = shows
        self._begins = self._upto = 0
        self._revisions: list[int] = []
        self._window: list[tuple[Entry, Shown]] = []
        self._shared: OrderedDict[tuple[str | None, Lane, int, int], Chunk] = OrderedDict()
        self._shared_bytes = 0
        self._reading: dict[tuple[Lane, int], asyncio.Task[Chunk]] = {}
        self._lanes: WeakValueDictionary[Selection, Lane] = WeakValueDictionary()
        self._ticker: asyncio.TimerHandle | None = None
        self._pump: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._readers = 0

    @asynccontextmanager
    async def joined(self) -> AsyncIterator[None]:
        """While a reader is in the block the fan-out follows the log."""
        self._readers += 1
        try:
            if self._pump is None or self._pump.done():
                self._ready = asyncio.Event()
                self._pump = asyncio.create_task(self._keep_following(self._ready), name="journal fan-out")
            await self._ready.wait()
            yield
        finally:
            self._readers -= 1
            if self._readers == 0 and self._pump is not None:
                pump, self._pump = self._pump, None
                pump.cancel()
                await asyncio.gather(pump, return_exceptions=True)

    def lane(self, selection: Selection) -> Lane:
        """The lane of a selection, for as long as somebody holds it."""
        return self._lanes.setdefault(selection, Lane(selection))

    async def take(self, lane: Lane, after: int, previous: int) -> Chunk:
        """What comes next behind ``after``, maybe nothing; ``previous`` is the matching revision at or before it.

        Raises ``PositionCompacted`` and ``PositionAhead``.
        """
        if self._pump is not None and self._pump.done():
            await self._pump  # it failed: so does every stream, and each reader comes back by itself
        if after >= self._upto:
            return Chunk(b"", 0, previous, after)
        known = self._known((self.epoch, lane, after, self._upto)) or self._known((self.epoch, lane, after, 0))
        if known is not None:
            return known
        if after >= self._begins:
            place = bisect_right(self._revisions, after)
            return self._keep(lane, after, _cut(lane.selection, previous, self._window[place:], self._upto))
        task = self._reading.get((lane, after))
        if task is None:
            task = asyncio.create_task(self._read(lane, after, previous), name="journal chunk")
            self._reading[lane, after] = task
            task.add_done_callback(lambda _: self._reading.pop((lane, after), None))
        return await asyncio.shield(task)

    async def wait(self, lane: Lane, after: int, until: float) -> int:
        """Return when something that is wanted came, or all are woken, or at ``until``: up to which revision nothing is
        wanted behind ``after``."""
        if self._upto > after or self._pump is None or self._pump.done():
            return after
        loop = asyncio.get_running_loop()
        grown: asyncio.Future[int] = loop.create_future()
        lane.waiting[grown] = until
        if until <= loop.time() + TICK_SECONDS:
            loop.call_at(until, self._tick)
        elif self._ticker is None:
            self._ticker = loop.call_later(TICK_SECONDS, self._tick_again)
        try:
            return max(await grown, after)
        finally:
            del lane.waiting[grown]

    def wake(self) -> None:
        """Wake everybody who waits."""
        for lane in list(self._lanes.values()):
            _wake(list(lane.waiting), 0)

    def _tick(self) -> None:
        """End the waiting of those whose time has come: nothing that they want has."""
        now = asyncio.get_running_loop().time()
        for lane in list(self._lanes.values()):
            _wake([grown for grown, until in lane.waiting.items() if until <= now], self._upto)

    def _tick_again(self) -> None:
        self._tick()
        loop = asyncio.get_running_loop()
        self._ticker = loop.call_later(TICK_SECONDS, self._tick_again) if self._readers else None

    async def _begin(self) -> None:
        async with self._database.reading() as connection:
            head = await store.head(connection)
        self.epoch, self._begins, self._upto = head.epoch, head.revision, head.revision
        self._revisions, self._window = [], []

    async def _keep_following(self, ready: asyncio.Event) -> None:
        """Whatever happens here, nobody is left waiting."""
        try:
            while True:
                await self._begin()
                ready.set()
                self.wake()
                with suppress(PositionCompacted, PositionAhead):
                    async with self._follow(self._upto) as batches:
                        async for batch in batches:
                            await self._grow(batch)
        finally:
            ready.set()
            self.wake()

    async def _grow(self, batch: Batch) -> None:
        shown = await self._shows.show(self._database, self.epoch or "", batch.entries)
        before = self._upto
        self._window += zip(batch.entries, shown, strict=True)
        self._revisions += [entry.revision for entry in batch.entries]
        self._upto = batch.upto
        surplus = len(self._window) - TAIL_LIMIT_ENTRIES
        if surplus > TAIL_LIMIT_ENTRIES // 4:  # now and then, not for each entry
            self._begins = self._revisions[surplus - 1]
            del self._window[:surplus], self._revisions[:surplus]
        wanting = [
            grown
            for lane in list(self._lanes.values())
            if lane.waiting and any(map(lane.selection.matches, batch.entries))
            for grown in lane.waiting
        ]
        for first in range(0, len(wanting), WOKEN_AT_ONCE):
            _wake(wanting[first : first + WOKEN_AT_ONCE], before)
            await self._database.clock.sleep(0)

    async def _read(self, lane: Lane, after: int, previous: int) -> Chunk:
        """A chunk from before the window."""
        async with self._database.reading() as connection:
            head = await store.head(connection)
            check(head, after, self.epoch)
            entries = await store.read(connection, after, lane.selection, CHUNK_LIMIT_ENTRIES)
        upto = entries[-1].revision if len(entries) == CHUNK_LIMIT_ENTRIES else head.revision
        shown = await self._shows.show(self._database, head.epoch, entries)
        found = list(zip(entries, shown, strict=True))
        return self._keep(lane, after, _cut(lane.selection, previous, found, upto))

    def _keep(self, lane: Lane, after: int, cut: tuple[Chunk, bool]) -> Chunk:
        """A chunk that was cut stays true for ever, another one until the log grows."""
        chunk, is_full = cut
        key = (self.epoch, lane, after, 0 if is_full else self._upto)
        if key not in self._shared:
            self._shared[key] = chunk
            self._shared_bytes += len(chunk.data)
            while self._shared_bytes > SHARED_LIMIT_BYTES or len(self._shared) > TAIL_LIMIT_ENTRIES:
                self._shared_bytes -= len(self._shared.popitem(last=False)[1].data)
        return chunk

    def _known(self, key: tuple[str | None, Lane, int, int]) -> Chunk | None:
        known = self._shared.get(key)
        if known is not None:
            self._shared.move_to_end(key)
        return known


def check(head: Head, after: int, epoch: str | None) -> None:
    """Raises ``PositionCompacted`` and ``PositionAhead`` unless what follows ``after`` is there."""
    if epoch not in (None, head.epoch):
        raise PositionAhead("the position belongs to another log", details={"revision": head.revision})
    if after < head.compacted_revision:
        raise PositionCompacted(
            f"revisions up to {head.compacted_revision} have been pruned",
            details={"compacted_revision": head.compacted_revision, "revision": head.revision},
        )
    if after > head.revision:
        raise PositionAhead(f"the log ends at revision {head.revision}", details={"revision": head.revision})


def _cut(selection: Selection, previous: int, found: Sequence[tuple[Entry, Shown]], upto: int) -> tuple[Chunk, bool]:
    """What a chunk may hold of ``found``, and whether it is full.

    A full one ends where a round number of revisions is behind it: readers who came from different places soon stand
    at the same one.
    """
    frames: list[tuple[int, bytes]] = []
    size = 0
    for entry, (before, behind) in found:
        if not selection.matches(entry):
            continue
        frame = b"%b%d%b" % (before, previous, behind)
        if frames and (len(frames) == CHUNK_LIMIT_ENTRIES or size + len(frame) > CHUNK_LIMIT_BYTES):
            return _ended(frames), True
        frames.append((entry.revision, frame))
        previous, size = entry.revision, size + len(frame)
    if len(frames) == CHUNK_LIMIT_ENTRIES:
        return _ended(frames), True
    return Chunk(b"".join(frame for _, frame in frames), len(frames), previous, upto), False


def _ended(frames: list[tuple[int, bytes]]) -> Chunk:
    """A full chunk, up to its last round revision if there is one behind its first entry."""
    last = frames[-1][0]
    round_end = last - last % CHUNK_LIMIT_ENTRIES
    kept = [one for one in frames if one[0] <= round_end] or frames
    return Chunk(b"".join(frame for _, frame in kept), len(kept), kept[-1][0], kept[-1][0])


def _wake(waiting: Sequence[asyncio.Future[int]], clean: int) -> None:
    """Wake them: nothing was wanted up to ``clean``."""
    for grown in waiting:
        if not grown.done():
            grown.set_result(clean)
