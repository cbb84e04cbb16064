"""The watch: finds who fell silent, writes down who was heard, and forgets who stays away."""

from __future__ import annotations

import asyncio

from harmony.adapters.db.pool import Database
from harmony.coordination.heartbeats.doubt import LOOK_SECONDS
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service import watch as verbs

FORGET_LIMIT_COMPONENTS = 200
SAVE_SECONDS = 10.0


async def watch(database: Database, pulse: Pulse) -> int:
    """Look once, and let go of every lease that silence ended, each in its own transaction; how many."""
    moved = 0
    for lease in await verbs.look(database, pulse):
        async with database.begin(trace=lease.trace) as uow:
            moved += await verbs.let_go(uow, pulse, lease.component_id)
    return moved


async def keep_watching(database: Database, pulse: Pulse) -> None:
    """Look every ``LOOK_SECONDS``, and at once when a crash was confirmed; returns after ``SAVE_SECONDS``.

    To be run again and again: what was heard is saved at the end of each turn.
    """
    ends_at = database.clock.monotonic() + SAVE_SECONDS
    while database.clock.monotonic() < ends_at:
        pulse.wanted.clear()
        await watch(database, pulse)
        await _either(pulse.wanted, database)
    await save(database, pulse)


async def save(database: Database, pulse: Pulse) -> int:
    """Write down the last beats; how many leases."""
    async with database.begin() as uow:
        return await verbs.save_beats(uow, pulse)


async def forget(database: Database, pulse: Pulse) -> int:
    """List no more what has been offline for a day; how many. To be run every few minutes."""
    async with database.reading() as connection:
        away = await verbs.find_long_offline(connection, database.clock.now(), FORGET_LIMIT_COMPONENTS)
    gone = 0
    for component_id, trace in away:
        async with database.begin(trace=trace) as uow:
            gone += await verbs.forget(uow, pulse, component_id)
    async with database.begin() as uow:
        await verbs.clear_away(uow)
    return gone


async def _either(wanted: asyncio.Event, database: Database) -> None:
    """Until a look is wanted, or is due."""
    tasks = [asyncio.ensure_future(wanted.wait()), asyncio.ensure_future(database.clock.sleep(LOOK_SECONDS))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
