"""Who fulfils what the planes ask of one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.adapters.workers.pool import Workers
from harmony.apps.links import consultations, snapshots
from harmony.apps.links.rewarding import LedgerBook
from harmony.apps.links.signing import FileSigner
from harmony.assist.knowledge.ports import SessionReader
from harmony.assist.matching.service import may_read_context
from harmony.assist.ports import RewardBook
from harmony.assist.problems import service as problems
from harmony.assist.problems.errors import LearnedBroken
from harmony.assist.problems.learned import kinds_at
from harmony.assist.problems.model import Preview, Reading, Report
from harmony.assist.problems.ports import ClassesInUse, ContextReaders, EventCleaner, LogPreviewer, LogReader
from harmony.assist.problems.preview import preview
from harmony.assist.problems.stuck.model import Event
from harmony.assist.problems.taxonomy import Kinds, shipped
from harmony.assist.problems.watching.runs import cleaned
from harmony.assist.sessions import service as sessions
from harmony.commons.identity.edge import House
from harmony.coordination.events.ports import Snapshots
from harmony.coordination.heartbeats.fakes import Own, Started
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service import watch as heartbeats
from harmony.coordination.queue.writer import Writer as QueueWriter
from harmony.coordination.requests.carrier import HttpCarrier
from harmony.coordination.requests.ports import Carrier
from harmony.coordination.requests.switchboard import Switchboard
from harmony.coordination.state.ports import Messages
from harmony.settlement.escrows.service import carry as escrows
from harmony.settlement.ledger.ports import ProofSigner
from harmony.settlement.ledger.writer import Writer
from harmony.settlement.ports import Consultations
from harmony.settlement.verifiers.ports import Carriers, ProgramRunner
from harmony.settlement.verifiers.service.run import SandboxRunner

log = structlog.get_logger("classes")

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


@dataclass(slots=True)
class LearnedClasses:
    """``ClassesInUse``: what `harmony learn` put into the data folder, read anew when it changes. A broken file is told
    once in the log, and the shipped kinds answer."""

    folder: Path
    told: str = ""

    def __call__(self) -> Kinds:
        try:
            return kinds_at(self.folder)[0]
        except LearnedBroken as refusal:
            if self.told != refusal.message:
                self.told = refusal.message
                log.warning("learned classes refused", code=refusal.code, reason=refusal.message)
            return shipped()


@dataclass(frozen=True, slots=True)
class PreviewWorker:
    """``LogPreviewer`` in a worker process, for the same reason."""

    workers: Workers
    folder: Path

    async def __call__(self, report: Report) -> Preview:
        return await self.workers.run(preview_by_learned, report, self.folder)


@dataclass(frozen=True, slots=True)
class EventWorker:
    """``EventCleaner`` in a worker process, for the same reason."""

    workers: Workers

    async def __call__(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        return await self.workers.run(cleaned, events)


def preview_by_learned(report: Report, folder: Path) -> Preview:
    """``preview`` by the kinds in use; read in the worker, which keeps them."""
    return preview(report, LearnedClasses(folder)())


def ports(database: Database, started: Iterable[str], workers: Workers, data: Path) -> dict[type, Any]:
    """What fulfils each port; ``started`` are the components of this process that register, ``data`` where it keeps."""
    signer = FileSigner(data, database.chance)
    bells = Bells()
    queue = QueueWriter(database, bells)
    return {
        Bells: bells,
        QueueWriter: queue,
        Messages: queue,
        Snapshots: snapshots,
        Expected: Started(frozenset(started), database.clock.now()),
        BuiltIn: Own(BUILT_IN),
        Pulse: Pulse(),
        Switchboard: Switchboard(),
        Carrier: HttpCarrier(database.chance),
        Workers: workers,
        Consultations: consultations,
        SessionReader: sessions.facts,
        ContextReaders: may_read_context,
        LogReader: LogWorker(workers),
        LogPreviewer: PreviewWorker(workers, data),
        EventCleaner: EventWorker(workers),
        ClassesInUse: LearnedClasses(data),
        RewardBook: LedgerBook(database),
        Carriers: escrows,
        ProgramRunner: SandboxRunner(database.clock),
        Writer: Writer(database),
        ProofSigner: signer,
    }


async def resume(house: House) -> None:
    """After a start: nobody is declared dead for the Conductor's own absence."""
    async with house.database.begin() as uow:
        await heartbeats.resume(uow, house.port(Pulse))
