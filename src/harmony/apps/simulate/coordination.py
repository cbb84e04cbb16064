"""The world of liveness: members that stall, restart and leave, beats that are lost, late, doubled and reordered, and a
Conductor that stalls, restarts and has its clock set."""

from __future__ import annotations

import heapq
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from harmony.adapters.db.pool import Database
from harmony.apps.simulate.stepper import Step, Violated
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal import service as journal
from harmony.commons.journal.model import READ_LIMIT_ENTRIES, Entry
from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.doubt import (
    GRACE_LEAST_SECONDS,
    GRACE_LIMIT_SECONDS,
    LAG_LIMIT_SECONDS,
    LOOK_SECONDS,
    WINDOW_SECONDS,
    bound_of,
)
from harmony.coordination.heartbeats.history import fold
from harmony.coordination.heartbeats.model import MISSED_BEATS_LIMIT, Beat, Lease
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service import beat as beats
from harmony.coordination.heartbeats.service import join, members, watch
from harmony.coordination.registry.model import Registration
from harmony.kernel.chance import Chance
from harmony.kernel.clock import VirtualClock
from harmony.kernel.errors import Refusal

INTERVALS_SECONDS = (1, 5, 5, 5, 30)
MEMBERS = 20
LOST, LATE, DOUBLED = 0.03, 0.10, 0.05
LATE_LIMIT_SECONDS = 6.0
CERTAINLY_GONE_SECONDS = 600
FOLD_EVERY_STEPS = 100
ROUNDING_SECONDS = 0.001
"""Monotonic seconds are floats, the wall's instants are not."""


class JumpingClock(VirtualClock):
    """A virtual clock whose wall somebody may set; its monotonic time only goes on."""

    def jump(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@dataclass(slots=True)
class Player:
    """A member as it really is. ``heard`` is when the Conductor last took a beat of it, in monotonic seconds."""

    registration: Registration
    component_id: str = ""
    incarnation: int = 0
    sequence: int = 0
    next_beat: float = 0.0
    stalled_until: float = 0.0
    heard: float = 0.0
    counted: float = float("inf")
    """From when the Conductor may count its silence, where that is before it was heard."""
    there: bool = False


class Liveness:
    """``World``: a Conductor on a real database, ``MEMBERS`` players, and a network without mercy."""

    def __init__(self, database: Database, clock: JumpingClock, chance: Chance) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._pulse = Pulse()
        self._players = [
            Player(Registration("player", "1", "127.0.0.1", port, (), None, INTERVALS_SECONDS[port % 5]))
            for port in range(1, MEMBERS + 1)
        ]
        self._by_id: dict[str, Player] = {}
        self._flying: list[tuple[float, int, Beat]] = []
        self._sent = 0
        self._stalled_until = 0.0
        self._disturbed = float("-inf")
        self._ended: list[tuple[float, str]] = []
        self._steps = 0

    async def begin(self) -> None:
        async with self._database.begin() as uow:
            if await watch.resume(uow, self._pulse) is not None:
                raise Violated("the first start granted a grace")
        for player in self._players:
            await self._join(player)

    def steps(self) -> Sequence[Step]:
        return (
            Step("a second passes", 100.0, self._second),
            Step("a member stalls", 2.0, self._stall_member),
            Step("a member restarts", 1.0, self._restart_member),
            Step("a member leaves or comes back", 0.5, self._leave_or_join),
            Step("most members stall", 0.1, self._stall_most),
            Step("the Conductor stalls", 0.3, self._stall_conductor),
            Step("the Conductor restarts", 0.2, self._restart_conductor),
            Step("somebody sets the clock", 0.1, self._set_clock),
            Step("the operator ends a grace", 0.2, self._end_grace),
        )

    async def check(self) -> None:
        """What must hold after every step; the dearer parts now and then."""
        self._steps += 1
        grace, now = self._pulse.grace, self._clock.now()
        if grace is not None and (grace.ends_at - grace.began_at).total_seconds() > GRACE_LIMIT_SECONDS:
            raise Violated(f"a grace of {grace.ends_at - grace.began_at}")
        quiet_since = self._clock.monotonic() - CERTAINLY_GONE_SECONDS
        for player in self._players:
            if player.there and max(player.heard, self._disturbed) < quiet_since:
                lease = self._lease(player)
                if lease.status == "healthy":
                    raise Violated(f"{player.component_id} is healthy and was not heard of for so long ({now})")
        if self._steps % FOLD_EVERY_STEPS == 0:
            await self._compare_with_log()

    async def journal(self) -> list[str]:
        return [
            json.dumps([entry.revision, entry.kind, entry.subject, entry.payload], sort_keys=True)
            for entry in await self._entries()
        ]

    async def _second(self) -> None:
        self._clock.advance(1)
        now = self._clock.monotonic()
        for player in self._players:
            if player.there and now >= player.next_beat and now >= player.stalled_until:
                self._send(player, now)
        if now < self._stalled_until:
            return
        if self._chance.uniform(0, 1) < 0.5:
            await self._deliver(now)
            await self._look()
        else:
            await self._look()
            await self._deliver(now)

    def _send(self, player: Player, now: float) -> None:
        player.next_beat = now + player.registration.heartbeat_interval_seconds
        player.sequence += 1
        beat = Beat(player.component_id, incarnation=player.incarnation, sequence=player.sequence)
        for _ in range(2 if self._chance.uniform(0, 1) < DOUBLED else 1):
            if self._chance.uniform(0, 1) < LOST:
                continue
            late = self._chance.uniform(0, LATE_LIMIT_SECONDS) if self._chance.uniform(0, 1) < LATE else 0.0
            self._sent += 1
            heapq.heappush(self._flying, (now + late, self._sent, beat))

    async def _deliver(self, now: float) -> None:
        while self._flying and self._flying[0][0] <= now:
            _, _, beat = heapq.heappop(self._flying)
            player = self._by_id[beat.component_id]
            before = self._lease(player).last_beat_at if player.there else None
            try:
                await beats.hear(self._database, self._pulse, beat, actor="local")
            except Refusal:
                if player.there and beat.incarnation == player.incarnation:
                    raise Violated(f"a good beat of {beat.component_id} was refused") from None
                continue
            if not player.there or beat.incarnation != player.incarnation:
                raise Violated(f"a beat of a former {beat.component_id} was accepted")
            if (self._lease(player)).last_beat_at != before or before == self._clock.now():
                player.heard, player.counted = now, float("inf")

    async def _look(self) -> None:
        before = {player.component_id: self._lease(player) for player in self._players if player.there}
        leases, _ = self._pulse.count()
        await jobs.watch(self._database, self._pulse)
        for component_id, lease in before.items():
            after = self._lease(self._by_id[component_id])
            if after.state != lease.state:
                self._judge(self._by_id[component_id], lease, after)
        self._bounded(leases)

    def _judge(self, player: Player, before: Lease, after: Lease) -> None:
        """Silence moved a lease: was it truly silent, and not for the Conductor's own fault?"""
        now = self._clock.monotonic()
        self._ended.append((now, after.state))
        patience = MISSED_BEATS_LIMIT * player.registration.heartbeat_interval_seconds
        if before.state != "missing" and now - min(player.heard, player.counted) < patience - ROUNDING_SECONDS:
            raise Violated(f"{player.component_id} was let go {now - player.heard} s after a beat")
        spared = max(patience, GRACE_LEAST_SECONDS)
        if player.heard <= self._disturbed and now - self._disturbed < spared - ROUNDING_SECONDS:
            raise Violated(
                f"{player.component_id} was let go {now - self._disturbed} s after the Conductor's own fault"
            )

    def _bounded(self, leases: int) -> None:
        bound, now = bound_of(leases), self._clock.monotonic()
        if bound is None:  # too few to tell a pattern: those who ended now were bound by nothing
            self._ended = [(at, state) for at, state in self._ended if at < now]
        self._ended = [(at, state) for at, state in self._ended if at > now - WINDOW_SECONDS + ROUNDING_SECONDS]
        for state in ("missing", "offline"):
            ended = sum(moved == state for _, moved in self._ended)
            if bound is not None and ended > bound:
                raise Violated(f"{ended} of {leases} leases became {state} in one window")

    async def _stall_member(self) -> None:
        self._drawn().stalled_until = self._clock.monotonic() + self._chance.uniform(1, 90)

    async def _stall_most(self) -> None:
        for player in self._players:
            if self._chance.uniform(0, 1) < 0.6:
                player.stalled_until = self._clock.monotonic() + self._chance.uniform(10, 120)

    async def _restart_member(self) -> None:
        player = self._drawn()
        if player.there:
            await self._join(player)

    async def _leave_or_join(self) -> None:
        player = self._drawn()
        if not player.there:
            await self._join(player)
            return
        async with self._database.begin(actor="local") as uow:
            await join.leave(uow, self._pulse, player.component_id, "it is over")
        player.there = False

    async def _stall_conductor(self) -> None:
        """Beats wait at the door meanwhile; a stall is the Conductor's fault once a look came too late."""
        seconds = self._chance.uniform(1, 25)
        now = self._clock.monotonic()
        self._stalled_until = now + seconds
        while self._clock.monotonic() < self._stalled_until:
            await self._second()
        # The look that ended the stall has doubted, unless it was not late enough for it.
        if self._clock.monotonic() - now > LOOK_SECONDS + LAG_LIMIT_SECONDS:
            self._disturbed = self._clock.monotonic()

    async def _restart_conductor(self) -> None:
        """What it had in memory is gone, and so is what was on its way."""
        if self._chance.uniform(0, 1) < 0.5:
            await jobs.save(self._database, self._pulse)
        self._clock.advance(self._chance.uniform(0.1, 60))
        self._flying.clear()
        self._pulse = Pulse()
        async with self._database.begin() as uow:
            await watch.resume(uow, self._pulse)
        self._count_as_the_conductor()
        self._begins_anew()

    def _count_as_the_conductor(self) -> None:
        """A beat in memory dies with the process, and a clock that was set forward lengthens a silence: who ends the
        grace that covers both lets silence count from the last beat that is known, by the clock as it stands."""
        for player in self._players:
            if player.there:
                silent = (self._clock.now() - self._lease(player).last_beat_at).total_seconds()
                player.counted = self._clock.monotonic() - silent

    async def _set_clock(self) -> None:
        self._clock.jump(self._chance.uniform(-7_200, 7_200))
        await self._look()
        self._begins_anew()

    def _begins_anew(self) -> None:
        """Who ended lately is counted since the last start and the last set of the clock: a grace stands between."""
        self._disturbed = self._clock.monotonic()
        self._ended.clear()

    async def _end_grace(self) -> None:
        grace = self._pulse.grace
        if grace is None or grace.ended_at is not None:
            return
        async with self._database.begin() as uow:
            await watch.end_grace(uow, self._pulse, "operator")
        self._count_as_the_conductor()
        self._disturbed = float("-inf")

    async def _join(self, player: Player) -> None:
        async with self._database.begin(actor="local") as uow:
            component = await join.join(uow, self._pulse, player.registration)
        player.component_id, player.incarnation = component.id, component.incarnation
        player.sequence, player.there = 0, True
        player.heard, player.counted = self._clock.monotonic(), float("inf")
        player.next_beat = player.heard + player.registration.heartbeat_interval_seconds
        self._by_id[component.id] = player

    def _lease(self, player: Player) -> Lease:
        """How the Conductor thinks that the member is; the database is compared now and then."""
        found = self._pulse.lease(player.component_id)
        if found is None:
            raise Violated(f"{player.component_id} is not known any more")
        return found

    async def _entries(self) -> list[Entry]:
        await journal_jobs.stamp(self._database)
        found: list[Entry] = []
        async with self._database.reading() as connection:
            while True:
                after = found[-1].revision if found else 0
                page = await journal.read(connection, after)
                found += page
                if len(page) < READ_LIMIT_ENTRIES:
                    return found

    async def _compare_with_log(self) -> None:
        """Who only follows the log knows the same as who asks."""
        told = {member.component.id: member.lease.status for member in fold(await self._entries())}
        async with self._database.reading() as connection:
            listed = await members.list_members(connection, pulse=self._pulse)
        shown = {member.component.id: member.lease.status for member in listed}
        known = {player.component_id: self._lease(player).status for player in self._players if player.there}
        if shown != known:
            raise Violated(f"the database holds {sorted(shown.items() - known.items())} otherwise than the memory")
        if told != shown:
            raise Violated(f"the log tells {sorted(told.items() - shown.items())} otherwise than the registry")

    def _drawn(self) -> Player:
        return self._players[int(self._chance.uniform(0, MEMBERS))]
