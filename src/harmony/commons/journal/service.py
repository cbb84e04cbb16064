"""Append, read, follow, consume."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal import store
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.model import READ_LIMIT_ENTRIES, Entry, Head, Selection, Told
from harmony.messages.message import Message

KEPT_DAYS = 90
EVERYTHING = Selection()


class Journal:
    """Where followers wait. One a process; ``moved`` is called when the log has grown."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._grown = asyncio.Event()

    def moved(self) -> None:
        """The log has new stamped entries: wake every follower."""
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
    ) -> AsyncIterator[list[Entry]]:
        """Batches of entries after a revision, for ever; an empty batch says that none came within the patience.

        The waiter is taken before the read: growth between the two is not missed.
        """
        while True:
            grown = self._grown
            batch = await self.read(after, selection)
            if batch:
                after = batch[-1].revision
            yield batch
            if not batch:
                try:
                    await asyncio.wait_for(grown.wait(), patience_seconds)
                except TimeoutError:
                    continue


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


async def prune(uow: UnitOfWork, kept: timedelta = timedelta(days=KEPT_DAYS)) -> int:
    """Forget entries older than ``kept`` that every consumer has read; how many."""
    return await store.prune(uow, uow.now - kept)
