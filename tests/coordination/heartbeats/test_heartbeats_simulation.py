"""Any sequence of beats, silence and watching ends where a model of ten lines says it does."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.model import Selection
from harmony.commons.journal.service import Journal
from harmony.coordination.heartbeats import jobs, service
from harmony.coordination.heartbeats.model import Beat
from harmony.coordination.registry.model import Registration
from harmony.kernel.clock import VirtualClock


@dataclass
class Tiny:
    """The rule in plain seconds: three intervals of silence, then thirty seconds, seen only when somebody looks."""

    interval: int
    now: int = 0
    heard: int = 0
    noticed: int | None = None
    status: str = "healthy"

    def hear(self, well: bool) -> None:
        self.heard, self.noticed, self.status = self.now, None, "healthy" if well else "degraded"

    def look(self) -> None:
        if self.noticed is None and self.now - self.heard >= 3 * self.interval:
            self.noticed, self.status = self.now, "degraded"
        elif self.noticed is not None and self.now - self.noticed >= 30:
            self.status = "offline"


Step = tuple[str, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.sampled_from([1, 4, 5, 14, 15, 29, 30, 31, 90])),
        st.tuples(st.sampled_from(["good beat", "bad beat", "watch", "watch", "register"]), st.just(0)),
    ),
    max_size=25,
)
STATUS_TOLD = {
    "registered": "healthy",
    "recovered": "healthy",
    "degraded": "degraded",
    "offline": "offline",
}


class Rehearsal:
    """One component and its model, taking the same steps."""

    def __init__(self, database: Database, clock: VirtualClock, interval: int, port: int) -> None:
        self.database, self.clock = database, clock
        self.tiny = Tiny(interval)
        self.registration = Registration("hub", "1", "127.0.0.1", port, (), None, interval)
        self.component_id = ""

    async def step(self, name: str, seconds: int) -> None:
        if name == "wait":
            self.clock.advance(seconds)
            self.tiny.now += seconds
        elif name == "watch":
            await jobs.watch(self.database)
            self.tiny.look()
        elif name == "register":
            async with self.database.begin(actor="local") as uow:
                self.component_id = (await service.join(uow, self.registration)).id
            self.tiny.hear(True)
        else:
            async with self.database.begin(actor="local") as uow:
                await service.beat(uow, Beat(self.component_id, "healthy" if name == "good beat" else "tired"))
            self.tiny.hear(name == "good beat")

    async def status(self) -> str:
        async with self.database.reading() as connection:
            return (await service.find_lease(connection, self.component_id)).status

    async def told(self) -> list[str]:
        await journal_jobs.stamp(self.database)
        entries = await Journal(self.database).read(0, Selection(subject=self.component_id))
        return [STATUS_TOLD[entry.kind.rpartition(".")[2]] for entry in entries]


# The database is shared by the examples on purpose: each has a component of its own.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, interval=st.sampled_from([1, 5, 30]))
async def test_liveness_agrees_with_the_model_after_every_step(
    database: Database, clock: VirtualClock, steps: list[Step], interval: int
) -> None:
    async with database.reading() as connection:
        port = len(await service.list_members(connection)) + 1
    rehearsal = Rehearsal(database, clock, interval, port)
    await rehearsal.step("register", 0)
    seen = ["healthy"]
    for name, seconds in steps:
        await rehearsal.step(name, seconds)
        status = await rehearsal.status()
        assert status == rehearsal.tiny.status, f"after {name} {seconds}"
        seen.append(status)
    told = await rehearsal.told()
    assert told[-1] == seen[-1], "who only follows the events knows the same"
    assert set(seen) == set(told)
