"""The stamper: numbers what has committed and alone sends the wake-up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.commons.journal import store
from harmony.commons.journal.model import STAMP_LIMIT_ENTRIES
from harmony.commons.journal.service import Journal


async def stamp(database: Database) -> int:
    """Number everything that is committed; how many entries were numbered."""
    total = 0
    while True:
        async with database.begin() as uow:
            many = await store.stamp(uow)
        total += many
        if many < STAMP_LIMIT_ENTRIES:
            return total


async def keep_stamping(database: Database, journal: Journal, *, patience_seconds: float = 1.0) -> None:
    """Stamp after each commit of this process, and every ``patience_seconds`` what others have committed, for ever."""
    while True:
        database.written.clear()
        if await stamp(database):
            journal.moved()
        await _either(database.written.wait(), database.clock.sleep(patience_seconds))


async def _either(first: Coroutine[Any, Any, object], second: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.ensure_future(first), asyncio.ensure_future(second)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def keep_listening(journal: Journal, connection: Any) -> None:
    """Wake this process's followers when a stamper has moved the log; returns when ``connection`` is lost."""
    closed = asyncio.Event()
    await connection.add_listener(store.WAKE_CHANNEL, lambda *_: journal.moved())
    connection.add_termination_listener(lambda *_: closed.set())
    await closed.wait()
