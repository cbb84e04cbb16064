"""What ends in shared state by itself: lives of keys, leases, locks, old values."""

from __future__ import annotations

from harmony.adapters.db.pool import Database
from harmony.coordination.state import service, store


async def tend(database: Database) -> None:
    """Let end what is over. To be run twice a second."""
    async with database.begin() as uow:
        await service.free_ended(uow)
    while True:
        async with database.reading() as connection:
            keys = await store.expired(connection, database.clock.now(), service.EXPIRE_LIMIT_KEYS)
        for key in keys:
            async with database.begin() as uow:
                await service.expire(uow, key)
        if len(keys) < service.EXPIRE_LIMIT_KEYS:
            return


async def forget(database: Database) -> None:
    """Forget old values. To be run now and then."""
    async with database.begin() as uow:
        await service.forget(uow)
