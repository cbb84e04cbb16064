"""The watch: finds who fell silent, and forgets who stays away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.coordination.heartbeats import service

WATCH_LIMIT_COMPONENTS = 200


async def watch(database: Database) -> int:
    """Move every expired lease on, each in its own transaction; how many. To be run every second."""
    async with database.begin() as uow:
        await service.note_watch(uow)
    total = 0
    while True:
        async with database.reading() as connection:
            silent = await service.find_silent(connection, database.clock.now(), WATCH_LIMIT_COMPONENTS)
        moved = await _each(database, silent, service.give_up_waiting)
        total += moved
        if moved == 0 or len(silent) < WATCH_LIMIT_COMPONENTS:
            return total


async def forget(database: Database) -> int:
    """List no more what has been offline for a day; how many. To be run every few minutes."""
    async with database.reading() as connection:
        away = await service.find_long_offline(connection, database.clock.now(), WATCH_LIMIT_COMPONENTS)
    return await _each(database, away, service.forget)


async def _each(
    database: Database, found: list[tuple[str, str]], act: Callable[[UnitOfWork, str], Awaitable[bool]]
) -> int:
    moved = 0
    for component_id, trace in found:
        async with database.begin(trace=trace) as uow:
            moved += await act(uow, component_id)
    return moved
