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
from dataclasses import dataclass
from typing import Protocol

from harmony.adapters.db.pool import Database
from harmony.commons.journal import store
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.model import TAIL_LIMIT_ENTRIES, Batch, Entry, Head, Selection

CHUNK_LIMIT_ENTRIES = 256
CHUNK_LIMIT_BYTES = 64 * 1024
"""What is on its way to one reader: a chunk is no larger, unless it is a single entry."""
SHARED_LIMIT_BYTES = 16 * 1024 * 1024
"""Chunks kept because the next reader may stand at the same place."""

Shown = tuple[bytes, bytes]
"""An entry as it is told; the revision of the matching one before it goes between the two parts."""


class Shows(Protocol):
    """How a room tells entries. One for a process: those who watch through the same one share what is shown."""

    async def show(self, database: Database, epoch: str, entries: Sequence[Entry]) -> Sequence[Shown]: ...


Follow = Callable[[int], AbstractAsyncContextManager[AsyncIterator[Batch]]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a selection wants behind a position, up to ``upto``: ``many`` entries as bytes, ``last`` the last one's
    revision, or what it was before."""

    data: bytes
    many: int
    last: int
    upto: int


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
        self._shared: OrderedDict[tuple[str | None, Selection, int, int], Chunk] = OrderedDict()
        self._shared_bytes = 0
        self._reading: dict[tuple[Selection, int], asyncio.Task[Chunk]] = {}
        self._waiting: dict[Selection, set[asyncio.Future[int]]] = {}
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

    async def take(self, selection: Selection, after: int, previous: int) -> Chunk:
        """What comes next behind ``after``, maybe nothing; ``previous`` is the matching revision at or before it.

        Raises ``PositionCompacted`` and ``PositionAhead``.
        """
        if self._pump is not None and self._pump.done():
            await self._pump  # it failed: so does every stream, and each reader comes back by itself
        if after >= self._upto:
            return Chunk(b"", 0, previous, after)
        key = (self.epoch, selection, after, 0)
        known = self._known(key) or self._known((*key[:3], self._upto))
        if known is not None:
            return known
        if after >= self._begins:
            place = bisect_right(self._revisions, after)
            return self._keep(after, self._cut(selection, previous, self._window[place:], self._upto), selection)
        task = self._reading.get((selection, after))
        if task is None:
            task = asyncio.create_task(self._read(selection, after, previous), name="journal chunk")
            self._reading[selection, after] = task
            task.add_done_callback(lambda _: self._reading.pop((selection, after), None))
        return await asyncio.shield(task)

    async def wait(self, selection: Selection, after: int, until: float) -> int:
        """Return when something that ``selection`` wants came, or all are woken, or at ``until``: up to which revision
        nothing is wanted behind ``after``."""
        if self._upto > after or self._pump is None or self._pump.done():
            return after
        grown: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(selection, set())
        waiting.add(grown)
        try:
            async with asyncio.timeout_at(until):
                return max(await grown, after)
        except TimeoutError:
            return max(self._upto, after)
        finally:
            waiting.discard(grown)
            if not waiting and self._waiting.get(selection) is waiting:
                del self._waiting[selection]

    def wake(self) -> None:
        """Wake everybody who waits."""
        for waiting in self._waiting.values():
            _wake(waiting, 0)

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
        for selection, waiting in self._waiting.items():
            if any(map(selection.matches, batch.entries)):
                _wake(waiting, before)

    async def _read(self, selection: Selection, after: int, previous: int) -> Chunk:
        """A chunk from before the window."""
        async with self._database.reading() as connection:
            head = await store.head(connection)
            check(head, after, self.epoch)
            entries = await store.read(connection, after, selection, CHUNK_LIMIT_ENTRIES)
        upto = entries[-1].revision if len(entries) == CHUNK_LIMIT_ENTRIES else head.revision
        shown = await self._shows.show(self._database, head.epoch, entries)
        return self._keep(
            after, self._cut(selection, previous, list(zip(entries, shown, strict=True)), upto), selection
        )

    def _cut(
        self, selection: Selection, previous: int, found: Sequence[tuple[Entry, Shown]], upto: int
    ) -> tuple[Chunk, bool]:
        """What a chunk may hold of ``found``, and whether it was cut.

        It ends where a round number of revisions is behind it, if it is full: readers who came from different places
        soon stand at the same one.
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

    def _keep(self, after: int, cut: tuple[Chunk, bool], selection: Selection) -> Chunk:
        """A chunk that was cut stays true for ever, another one until the log grows."""
        chunk, whole = cut
        key = (self.epoch, selection, after, 0 if whole else self._upto)
        if key not in self._shared:
            self._shared[key] = chunk
            self._shared_bytes += len(chunk.data)
            while self._shared_bytes > SHARED_LIMIT_BYTES or len(self._shared) > TAIL_LIMIT_ENTRIES:
                self._shared_bytes -= len(self._shared.popitem(last=False)[1].data)
        return chunk

    def _known(self, key: tuple[str | None, Selection, int, int]) -> Chunk | None:
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


def _ended(frames: list[tuple[int, bytes]]) -> Chunk:
    """A full chunk, up to its last round revision if there is one behind its first entry."""
    last = frames[-1][0]
    round_end = last - last % CHUNK_LIMIT_ENTRIES
    kept = [one for one in frames if one[0] <= round_end] or frames
    return Chunk(b"".join(frame for _, frame in kept), len(kept), kept[-1][0], kept[-1][0])


def _wake(waiting: set[asyncio.Future[int]], clean: int) -> None:
    """Wake them: nothing was wanted up to ``clean``."""
    for grown in waiting:
        if not grown.done():
            grown.set_result(clean)
