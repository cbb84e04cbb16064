"""Append, read, follow, consume."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import timedelta

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal import store
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.model import (
    KEPT_DAYS,
    KEPT_ENTRIES,
    READ_LIMIT_ENTRIES,
    Batch,
    Entry,
    Head,
    Selection,
    Told,
)
from harmony.commons.journal.tail import Tail
from harmony.messages.message import Message

EVERYTHING = Selection()


class Journal:
    """Where followers wait. One a process; ``moved`` is called when the log has grown."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._grown = asyncio.Event()
        self._tail = Tail()
        self._filling: asyncio.Task[None] | None = None
        self._moved = False

    def moved(self) -> None:
        """The log has new stamped entries: wake every follower."""
        self._moved = True
        self._grown.set()
        self._grown = asyncio.Event()

    async def read(self, after: int, selection: Selection = EVERYTHING, limit: int = READ_LIMIT_ENTRIES) -> list[Entry]:
        """Stamped entries after a revision, oldest first; refuses a position that has been pruned."""
        async with self._database.reading() as connection:
            return await read(connection, after, selection, limit)

    async def head(self) -> Head:
        async with self._database.reading() as connection:
            return await store.head(connection)

    async def follow(
        self, after: int, selection: Selection = EVERYTHING, *, patience_seconds: float = 5.0
    ) -> AsyncGenerator[list[Entry], None]:
        """Batches of entries after a revision, for ever; an empty batch says that none came within the patience."""
        never = asyncio.Event()
        async for batch in self.follow_batches(after, selection, never, patience_seconds=patience_seconds):
            yield list(batch.entries)

    async def follow_batches(
        self, after: int, selection: Selection, closing: asyncio.Event, *, patience_seconds: float
    ) -> AsyncGenerator[Batch, None]:
        """``follow`` until ``closing``, each batch with the revision that it reaches.

        Each follower goes at its own pace and holds nothing but its place; who is near the end reads from the tail
        that all share, who is far behind from the database. The waiter is taken before the read: growth between the
        two is not missed.
        """
        loop = asyncio.get_running_loop()
        speaks_at = loop.time()
        with self._tail.woken_by(closing, self.moved):
            while not closing.is_set():
                grown = self._grown
                batch = await self._next(after, selection)
                after = batch.upto
                if batch.entries or loop.time() >= speaks_at:
                    yield batch
                    speaks_at = loop.time() + patience_seconds
                if not batch.entries and not closing.is_set():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout_at(speaks_at):
                            await grown.wait()

    async def _next(self, after: int, selection: Selection) -> Batch:
        """What comes after a revision, up to a revision; refuses as ``read`` does."""
        if self._filling is None:
            self._filling = asyncio.create_task(self._fill(), name="journal tail")
        await asyncio.shield(self._filling)
        found = self._tail.after(after, selection)
        if found is not None:
            return found
        async with self._database.reading() as connection:
            entries = await read(connection, after, selection)
            head = await store.head(connection)
        full = len(entries) == READ_LIMIT_ENTRIES
        return Batch(tuple(entries), entries[-1].revision if full else head.revision)

    async def _fill(self) -> None:
        """Take what is new into the tail, once for all who ask meanwhile.

        Whoever asks while it reads may have been woken by a growth that this reading has not seen: it reads again.
        """
        try:
            more = True
            while more or self._moved:
                self._moved = False
                more = await self._fill_some()
        finally:
            self._filling = None

    async def _fill_some(self) -> bool:
        async with self._database.reading() as connection:
            head = await store.head(connection)
            end = self._tail.end
            if head.epoch != self._tail.epoch or end is None or not head.compacted_revision <= end <= head.revision:
                self._tail.begin(head)
                return False
            entries = [] if end == head.revision else await store.read(connection, end, EVERYTHING)
        self._tail.add(entries)
        return len(entries) == READ_LIMIT_ENTRIES


async def append(uow: UnitOfWork, message: Message, *, subject: str, kind: str | None = None) -> None:
    """Tell ``message`` about ``subject`` in the transaction of the change, as its last statement."""
    told = Told(message, subject, uow.actor, uow.trace, kind or message.KIND)

    async def last_statement() -> None:
        await store.append(uow, told)

    uow.at_commit(last_statement)


def append_many(uow: UnitOfWork, told: Sequence[Told]) -> None:
    """Tell many facts, each on behalf of its own caller, in the transaction of their changes, as its last statement."""
    if not told:
        return

    async def last_statement() -> None:
        await store.append_many(uow, told)

    uow.at_commit(last_statement)


async def read(
    connection: Connection, after: int, selection: Selection = EVERYTHING, limit: int = READ_LIMIT_ENTRIES
) -> list[Entry]:
    """Stamped entries after a revision inside the caller's snapshot; see ``Journal.read``."""
    head = await store.head(connection)
    if after < head.compacted_revision:
        raise PositionCompacted(
            f"revisions up to {head.compacted_revision} have been pruned",
            details={"compacted_revision": head.compacted_revision, "revision": head.revision},
        )
    if after > head.revision:
        raise PositionAhead(f"the log ends at revision {head.revision}", details={"revision": head.revision})
    return await store.read(connection, after, selection, min(limit, READ_LIMIT_ENTRIES))


async def consume(
    database: Database, name: str, selection: Selection, handle: Callable[[Entry], Awaitable[None]]
) -> int:
    """Hand every entry that ``name`` has not yet seen to ``handle``, in order; how many there were.

    Delivery is at least once: the position moves after ``handle`` returned, so ``handle`` is idempotent by a natural
    key. An error stops the consumer at that entry and is raised.
    """
    async with database.reading() as connection:
        after = await store.consumed(connection, name) or 0
        head = await store.head(connection)
        entries = await store.read(connection, max(after, head.compacted_revision), selection)
    for entry in entries:
        await handle(entry)
        async with database.begin() as uow:
            await store.move_consumer(uow, name, entry.revision)
    if not entries and head.revision > after:
        async with database.begin() as uow:
            await store.move_consumer(uow, name, head.revision)
    return len(entries)


async def prune(uow: UnitOfWork, kept: timedelta = timedelta(days=KEPT_DAYS), kept_entries: int = KEPT_ENTRIES) -> int:
    """Forget what is older than ``kept`` or before the newest ``kept_entries``, once all consumers have read it."""
    return await store.prune(uow, uow.now - kept, kept_entries)
