"""Cortex in rehearsal: rules, samples and messages on a real database, under a virtual clock; it may be restarted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.model import Selection
from harmony.commons.journal.service import Journal
from harmony.commons.notifications import jobs as deliveries
from harmony.commons.notifications.fakes import Pigeonhole
from harmony.commons.notifications.model import Setup
from harmony.commons.notifications.service import set_channel
from harmony.coordination.alerts import jobs
from harmony.coordination.alerts.rules import Match, Rule, Silence
from harmony.coordination.alerts.service import configure as verbs
from harmony.coordination.alerts.watch import Watch
from harmony.coordination.metrics import jobs as metrics_jobs
from harmony.coordination.metrics import service as metrics
from harmony.coordination.metrics.intake import Intake
from harmony.kernel.clock import VirtualClock

SETTLED = 0.1


class Cortex:
    """What watches, and where its words arrive."""

    def __init__(self, database: Database, clock: VirtualClock) -> None:
        self.database = database
        self.clock = clock
        self.slack = Pigeonhole()
        self.begin()

    def begin(self) -> None:
        """A process with nothing in its memory."""
        self.intake = Intake(Bells(), self.clock.monotonic)
        self.watch = Watch()

    async def restart(self, seconds: float = 0.0, *, written: bool = True) -> None:
        """Gone for a while; ``written``: what was heard had been written down."""
        if written:
            await metrics_jobs.write(self.database, self.intake)
        self.begin()
        async with self.database.reading() as connection:
            await metrics.resume(connection, self.intake, self.clock.now())
        await self.pass_time(seconds)

    async def channel(self, name: str = "slack") -> None:
        async with self.database.begin() as uow:
            await set_channel(uow, Setup(name, "slack", {"url": "https://hooks.test/secret"}), self.slack)

    async def configure(self, rule: Rule) -> list[str]:
        async with self.database.begin() as uow:
            return (await verbs.configure(uow, rule, condition_given=True))[1]

    async def remove(self, name: str) -> None:
        async with self.database.begin() as uow:
            await verbs.remove(uow, name)

    async def silence(self, seconds: float, **labels: str) -> Silence:
        matchers = tuple(Match(label, value) for label, value in labels.items())
        now = self.clock.now()
        async with self.database.begin() as uow:
            return await verbs.silence(uow, matchers, now, now + timedelta(seconds=seconds), "work")

    async def sample(self, component_id: str = "sherlock-hub-001", **numbers: float) -> None:
        """A sample, judged as it comes."""
        self.intake.take(component_id, numbers, self.clock.now())
        await self.look(full=False, tick=False)

    async def look(self, *, full: bool = True, tick: bool = True) -> Any:
        return await jobs.look(self.database, Bells(), self.intake, self.watch, full=full, tick=tick)

    async def pass_time(self, seconds: float, step: float = 1.0) -> None:
        """Time passes; what is due is looked at."""
        passed = 0.0
        while passed < seconds:
            part = min(step, seconds - passed)
            self.clock.advance(part)
            passed += part
            await self.look()

    async def settle(self) -> list[str]:
        """The titles of the messages that have arrived, once their group was quiet for a moment."""
        self.clock.advance(SETTLED)
        await self.look(full=False, tick=False)
        await deliveries.deliver(self.database, outlets=self.slack)
        return self.titles()

    def titles(self) -> list[str]:
        return [notification.title for _, notification in self.slack.taken]

    async def told(self) -> list[str]:
        """The last words of what the log tells of alerts, in order."""
        await journal_jobs.stamp(self.database)
        entries = await Journal(self.database).read(0, Selection(kinds=("coordination.alert.*",)))
        return [entry.kind.rpartition(".")[2] for entry in entries]
