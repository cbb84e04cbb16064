"""What moves in the queue by itself: delays and leases that end, lives that end, what is kept no longer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.model import Entry, Selection
from harmony.commons.journal.service import consume
from harmony.coordination.queue import store
from harmony.coordination.queue.model import DEAD_KEPT_DAYS, DEAD_LIMIT_MESSAGES, KEY_KEPT_HOURS
from harmony.coordination.queue.service import deliver
from harmony.coordination.queue.service.groups import tell_dropped
from harmony.coordination.queue.service.lives import does_live

CONSUMER = "queue lives"
ENDS_OF_LIVES = Selection(
    kinds=(
        "coordination.component.offline",
        "coordination.component.forgotten",
        "coordination.component.deregistered",
        "coordination.component.registered",
    )
)
"""A component that registers again has begun anew: what it held before is in nobody's hand."""


async def tend(database: Database) -> None:
    """Let delays and leases end whose time has come, and messages whose time is over. To be run twice a second."""
    async with database.begin() as uow:
        await deliver.promote(uow)
    await _all(database, deliver.end_leases)
    await _all(database, deliver.expire)


async def follow_lives(database: Database) -> int:
    """Put back what the components held that ended since the last time; how many ended."""

    async def ended(entry: Entry) -> None:
        await put_back(database, entry.subject, entry.occurred_at)

    return await consume(database, CONSUMER, ENDS_OF_LIVES, ended)


async def reconcile(database: Database) -> None:
    """Put back what components hold that do not live, however they were missed. To be run every few seconds."""
    async with database.reading() as connection:
        consumers = await store.living_consumers(connection)
    for consumer in consumers:
        async with database.reading() as connection:
            lives = await does_live(connection, consumer)
        if not lives:
            await put_back(database, consumer, database.clock.now())


async def put_back(database: Database, consumer: str, died_at: datetime) -> None:
    """Put back all that a consumer held when it died."""

    async def some(uow: UnitOfWork) -> int:
        return await deliver.return_of_consumer(uow, consumer, died_at)

    await _all(database, some)


async def forget(database: Database) -> None:
    """Drop what has been dead for long, one of too many, or without a group, and keys that are old."""
    async with database.begin() as uow:
        dropped = await store.drop(uow, uow.now - timedelta(days=DEAD_KEPT_DAYS), DEAD_LIMIT_MESSAGES)
        await store.forget_keys(uow, uow.now - timedelta(hours=KEY_KEPT_HOURS))
        tell_dropped(uow, dropped)


async def _all(database: Database, step: Callable[[UnitOfWork], Awaitable[int]]) -> None:
    """Repeat a bounded step until it finds nothing."""
    many = 1
    while many:
        async with database.begin() as uow:
            many = await step(uow)
