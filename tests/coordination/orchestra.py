"""An orchestra in rehearsal: the verbs of the handshake on a real database, under a virtual clock, second by second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.model import Selection
from harmony.commons.journal.service import Journal
from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.doubt import Grace
from harmony.coordination.heartbeats.model import Accepted, Beat, Change, Lease, Metrics
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service import beat as beats
from harmony.coordination.heartbeats.service import join, members, watch
from harmony.coordination.registry.model import Registration
from harmony.kernel.clock import VirtualClock

HUB = Registration("sherlock-hub", "1.0.0", "127.0.0.1", 8000, ("search",), None, 5)
HUB_ID = "sherlock-hub-001"


@dataclass
class Orchestra:
    """A Conductor and what may happen to it."""

    database: Database
    clock: VirtualClock
    pulse: Pulse

    async def join(self, registration: Registration = HUB, actor: str = "local", trace: str = "") -> str:
        async with self.database.begin(actor=actor, trace=trace or None) as uow:
            return (await join.join(uow, self.pulse, registration)).id

    async def join_many(self, count: int, registration: Registration = HUB) -> list[str]:
        return [await self.join(replace(registration, port=port)) for port in range(1, count + 1)]

    async def beat(
        self, component_id: str = HUB_ID, word: str = "healthy", metrics: Metrics | None = None, actor: str = "local"
    ) -> Accepted:
        return await self.say(Beat(component_id, word, metrics), actor)

    async def say(self, beat: Beat, actor: str = "local") -> Accepted:
        return await beats.hear(self.database, self.pulse, beat, actor=actor)

    async def leave(self, component_id: str = HUB_ID, actor: str = "local") -> None:
        async with self.database.begin(actor=actor) as uow:
            await join.leave(uow, self.pulse, component_id, "it is over")

    async def watch(self) -> int:
        return await jobs.watch(self.database, self.pulse)

    async def live(self, seconds: float, beating: Iterable[str] = (), every: int = 5) -> int:
        """Time passes, the Conductor looks every second, ``beating`` beat; how many leases silence moved."""
        moved, whole = 0, int(seconds)
        for second in range(1, whole + 1):
            self.clock.advance(1)
            if second % every == 0:
                for component_id in beating:
                    await self.beat(component_id)
            moved += await self.watch()
        if seconds > whole:
            self.clock.advance(seconds - whole)
            moved += await self.watch()
        return moved

    async def recover(self, component_id: str = HUB_ID) -> None:
        """Three good beats, an interval apart."""
        await self.beat(component_id)
        await self.live(10, [component_id])

    async def restart(self, absence_seconds: float) -> Grace | None:
        """The Conductor is gone for a while, with everything it had in memory."""
        await jobs.save(self.database, self.pulse)
        return await self.crash(absence_seconds)

    async def crash(self, absence_seconds: float) -> Grace | None:
        """The same, and it could save nothing before."""
        self.clock.advance(absence_seconds)
        self.pulse = Pulse()
        async with self.database.begin() as uow:
            return await watch.resume(uow, self.pulse)

    async def lease(self, component_id: str = HUB_ID) -> Lease:
        async with self.database.reading() as connection:
            return (await members.find_member(connection, component_id, self.pulse)).lease

    async def status(self, component_id: str = HUB_ID) -> str:
        return (await self.lease(component_id)).status

    async def statuses(self) -> list[str]:
        async with self.database.reading() as connection:
            return [member.lease.status for member in await members.list_members(connection, pulse=self.pulse)]

    async def changes(self, component_id: str = HUB_ID) -> list[Change]:
        """Newest first."""
        async with self.database.reading() as connection:
            return (await members.why(connection, component_id, self.pulse))[1]

    async def graces(self) -> list[Grace]:
        async with self.database.reading() as connection:
            return await members.list_graces(connection)

    async def told(self, trace: str | None = None) -> list[str]:
        """The last words of what the log tells of coordination, in order."""
        await journal_jobs.stamp(self.database)
        entries = await Journal(self.database).read(0, Selection(kinds=("coordination.*",), trace=trace))
        return [entry.kind.rpartition(".")[2] for entry in entries]
