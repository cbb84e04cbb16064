"""Who fulfils what the planes ask of one another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.adapters.workers.pool import Workers
from harmony.commons.identity.edge import House
from harmony.coordination.heartbeats import service as heartbeats
from harmony.coordination.heartbeats.fakes import Own, Started
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.settlement.escrows.service import look as escrows
from harmony.settlement.verifiers.ports import Carriers, ProgramRunner
from harmony.settlement.verifiers.service.run import SandboxRunner

BUILT_IN = frozenset(
    {
        "conductor",
        "sherlock-hub",
        "harmony-live",
        "harmony-settlement",
        "echo-git-sync",
        "global-nexus",
        "global-cortex",
    }
)
"""Names of Harmony's own components, built yet or not: nobody else may answer for them."""


def ports(database: Database, started: Iterable[str], workers: Workers) -> dict[type, Any]:
    """What fulfils each port; ``started`` are the components of this process that register."""
    return {
        Expected: Started(frozenset(started), database.clock.now()),
        BuiltIn: Own(BUILT_IN),
        Workers: workers,
        Carriers: escrows,
        ProgramRunner: SandboxRunner(database.clock),
    }


async def resume(house: House) -> None:
    """After a start: nobody is declared dead for the Conductor's own absence."""
    async with house.database.begin() as uow:
        await heartbeats.resume(uow)
