"""Which planes can be simulated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harmony.adapters.db.pool import Database
from harmony.apps.simulate.coordination import JumpingClock, Liveness
from harmony.apps.simulate.stepper import Report, World, run
from harmony.kernel.chance import Chance, SeededChance
from harmony.kernel.ids import TimeOrderedIds

CONNECTIONS = 4

WORLDS: Mapping[str, Callable[[Database, JumpingClock, Chance], World]] = {"coordination": Liveness}


async def simulate(dsn: str, plane: str, seed: int, steps: int) -> Report:
    """Run a plane's world on a fresh, migrated database; the same seed gives the same report."""
    clock, chance = JumpingClock(), SeededChance(seed)
    ids = TimeOrderedIds(clock, chance)
    database = await Database.connect(dsn, clock=clock, ids=ids, chance=chance, connections=CONNECTIONS)
    try:
        return await run(WORLDS[plane](database, clock, chance), chance, seed, steps)
    finally:
        await database.close()
