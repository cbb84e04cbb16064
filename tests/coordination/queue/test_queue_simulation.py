"""Any sequence of sending, receiving, finishing and waiting ends where a model of a few lines says it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.model import Selection
from harmony.commons.journal.service import Journal
from harmony.coordination.queue import jobs
from harmony.coordination.queue.errors import LeaseLost
from harmony.coordination.queue.model import Ask, Draft
from harmony.coordination.queue.service import deliver, look
from harmony.coordination.queue.service.send import Gate, send
from harmony.kernel.clock import VirtualClock

LEASE_SECONDS = 10
ATTEMPTS = 2


@dataclass
class Copy:
    """One message as the model knows it: when it may come again, who holds it until when."""

    number: int
    priority: int
    key: str | None
    ready_at: int
    attempts: int = 0
    held_until: int | None = None
    lease: tuple[str, str] = ("", "")
    dead: bool = False


@dataclass
class Tiny:
    """A queue in plain seconds: a list, in the order of sending."""

    now: int = 0
    copies: list[Copy] = field(default_factory=list)
    finished: set[int] = field(default_factory=set)

    def alive(self) -> list[Copy]:
        return [copy for copy in self.copies if not copy.dead and copy.number not in self.finished]

    def next(self, many: int) -> list[Copy]:
        seen: set[str] = set()
        free = []
        for copy in self.alive():
            first = copy.key is None or copy.key not in seen
            if copy.key is not None:
                seen.add(copy.key)
            if first and copy.held_until is None and copy.ready_at <= self.now:
                free.append(copy)
        return sorted(free, key=lambda copy: (-copy.priority, copy.number))[:many]

    def give_back(self, copy: Copy, delay: int) -> None:
        copy.held_until, copy.ready_at = None, self.now + delay
        copy.dead = copy.attempts >= ATTEMPTS


Step = tuple[str, int, str | None, int]
NO_KEY, AT_ONCE = st.none(), st.just(0)
KEYS = st.sampled_from([None, "a", "b"])
STEP = st.one_of(
    st.tuples(st.just("send"), st.sampled_from([0, 4, 9]), KEYS, st.sampled_from([0, 0, 7])),
    st.tuples(st.just("receive"), st.integers(1, 3), NO_KEY, AT_ONCE),
    st.tuples(st.sampled_from(["finish", "reject", "stale"]), st.integers(0, 5), NO_KEY, st.sampled_from([0, 5])),
    st.tuples(st.just("wait"), st.sampled_from([1, 6, 11]), NO_KEY, AT_ONCE),
)


class Rehearsal:
    """A queue and its model, taking the same steps."""

    def __init__(self, database: Database, clock: VirtualClock, queue: str) -> None:
        self.database, self.clock, self.queue = database, clock, queue
        self.tiny = Tiny()
        self.gate, self.bells = Gate(), Bells()
        self.ids: dict[str, int] = {}

    async def step(self, name: str, one: int, key: str | None, seconds: int) -> None:
        match name:
            case "send":
                await self.send(one, key, seconds)
            case "receive":
                await self.receive(one)
            case "wait":
                self.clock.advance(one)
                self.tiny.now += one
                await self.look()
            case _:
                await self.end(name, one, seconds)

    async def send(self, priority: int, key: str | None, delay: int) -> None:
        number = len(self.tiny.copies)
        async with self.database.begin() as uow:
            draft = Draft(
                id=uow.ids.new("message"),
                queue=self.queue,
                sender="sherlock-hub",
                message_type="note",
                payload=str(number),
                priority=priority,
                ordering_key=key,
                max_attempts=ATTEMPTS,
                available_at=uow.now + timedelta(seconds=delay),
                expires_at=None,
                actor="local",
                trace=uow.trace,
            )
            await send(uow, [draft], self.gate, self.bells)
        self.ids[draft.id] = number
        self.tiny.copies.append(Copy(number, priority, key, self.tiny.now + delay))

    async def receive(self, many: int) -> None:
        ask = Ask(self.queue, "default", "worker", False, many, LEASE_SECONDS)
        async with self.database.begin() as uow:
            found = await deliver.receive(uow, ask)
        wanted = self.tiny.next(many)
        assert [self.ids[one.id] for one in found] == [copy.number for copy in wanted]
        for one, copy in zip(found, wanted, strict=True):
            copy.attempts += 1
            copy.held_until = self.tiny.now + LEASE_SECONDS
            copy.lease = (one.id, one.lease_id or "")
            assert (one.attempts, one.payload) == (copy.attempts, str(copy.number))

    async def end(self, how: str, which: int, delay: int) -> None:
        held = [copy for copy in self.tiny.alive() if copy.held_until is not None]
        if not held:
            return
        copy = held[which % len(held)]
        message_id, lease_id = copy.lease
        if how == "stale":
            await self.refused(message_id, "lease-" + "0" * 32)
            return
        async with self.database.begin() as uow:
            if how == "finish":
                await deliver.acknowledge(uow, [(message_id, lease_id)])
                self.tiny.finished.add(copy.number)
            else:
                await deliver.reject(uow, message_id, lease_id, "later", timedelta(seconds=delay))
                self.tiny.give_back(copy, delay)

    async def refused(self, message_id: str, lease_id: str) -> None:
        try:
            async with self.database.begin() as uow:
                await deliver.acknowledge(uow, [(message_id, lease_id)])
        except LeaseLost:
            return
        raise AssertionError("a lease that was never given finished a message")

    async def look(self) -> None:
        """The jobs look; a lease that ended goes to a back-off, whose length the model learns from the table."""
        await jobs.tend(self.database)
        for copy in self.tiny.alive():
            if copy.held_until is None or copy.held_until > self.tiny.now:
                continue
            self.tiny.give_back(copy, 0)
            async with self.database.reading() as connection:
                [standing], _ = await look.biography(connection, copy.lease[0])
            assert (standing.state == "dead") == copy.dead
            waited = standing.available_at - self.clock.now()
            assert 0 <= waited.total_seconds() <= 1
            copy.ready_at = self.tiny.now + (1 if waited.total_seconds() > 0 else 0)

    async def told(self) -> dict[str, int]:
        """How many messages were sent, acknowledged and died, as the journal tells it."""
        await journal_jobs.stamp(self.database)
        counts = {"sent": 0, "acknowledged": 0, "died": 0}
        after = 0
        while batch := await Journal(self.database).read(after, Selection(kinds=("coordination.message.*",))):
            after = batch[-1].revision
            for entry in batch:
                name = entry.kind.rpartition(".")[2]
                if entry.payload["queue"] == self.queue and name in counts:
                    counts[name] += 1
        return counts


# The database is shared by the examples on purpose: each has a queue of its own.
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=25))
async def test_the_queue_agrees_with_the_model_after_every_step(
    database: Database, clock: VirtualClock, steps: list[Step]
) -> None:
    async with database.reading() as connection:
        number = len(await look.list_depths(connection))
    rehearsal = Rehearsal(database, clock, f"queue-{number}")
    for step in steps:
        await rehearsal.step(*step)
    tiny = rehearsal.tiny
    dead = sum(copy.dead for copy in tiny.copies)
    told = await rehearsal.told()
    assert told == {"sent": len(tiny.copies), "acknowledged": len(tiny.finished), "died": dead}
    async with database.reading() as connection:
        for depth in await look.list_depths(connection, rehearsal.queue):
            assert depth.dead == dead
            assert depth.ready + depth.scheduled + depth.leased == len(tiny.alive())
