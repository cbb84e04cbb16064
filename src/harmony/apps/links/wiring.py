"""Who fulfils what the planes ask of one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.adapters.workers.pool import Workers
from harmony.apps.links import consultations, snapshots
from harmony.apps.links.rewarding import LedgerBook
from harmony.assist.knowledge.ports import SessionReader
from harmony.assist.matching.service import may_read_context
from harmony.assist.ports import RewardBook
from harmony.assist.problems import service as problems
from harmony.assist.problems.model import Preview, Reading, Report
from harmony.assist.problems.ports import ContextReaders, LogPreviewer, LogReader
from harmony.assist.problems.preview import preview
from harmony.assist.sessions import service as sessions
from harmony.commons.identity.edge import House
from harmony.coordination.events.ports import Snapshots
from harmony.coordination.heartbeats import service as heartbeats
from harmony.coordination.heartbeats.fakes import Own, Started
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.coordination.queue.writer import Writer
from harmony.coordination.state.ports import Messages
from harmony.settlement.escrows.service import carry as escrows
from harmony.settlement.ports import Consultations
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


@dataclass(frozen=True, slots=True)
class LogWorker:
    """``LogReader`` in a worker process: a hostile log costs nobody else's request."""

    workers: Workers

    async def __call__(self, report: Report) -> Reading:
        return await self.workers.run(problems.read, report)


@dataclass(frozen=True, slots=True)
class PreviewWorker:
    """``LogPreviewer`` in a worker process, for the same reason."""

    workers: Workers

    async def __call__(self, report: Report) -> Preview:
        return await self.workers.run(preview, report)


def ports(database: Database, started: Iterable[str], workers: Workers) -> dict[type, Any]:
    """What fulfils each port; ``started`` are the components of this process that register."""
    bells = Bells()
    writer = Writer(database, bells)
    return {
        Bells: bells,
        Writer: writer,
        Messages: writer,
        Snapshots: snapshots,
        Expected: Started(frozenset(started), database.clock.now()),
        BuiltIn: Own(BUILT_IN),
        Workers: workers,
        Consultations: consultations,
        SessionReader: sessions.facts,
        ContextReaders: may_read_context,
        LogReader: LogWorker(workers),
        LogPreviewer: PreviewWorker(workers),
        RewardBook: LedgerBook(database),
        Carriers: escrows,
        ProgramRunner: SandboxRunner(database.clock),
    }


async def resume(house: House) -> None:
    """After a start: nobody is declared dead for the Conductor's own absence."""
    async with house.database.begin() as uow:
        await heartbeats.resume(uow)
