"""Watch over silence: begin after a start, look, let go, doubt, forget."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.coordination.heartbeats import store
from harmony.coordination.heartbeats.doubt import (
    Doubt,
    Grace,
    Instant,
    bound_of,
    due,
    grace_for,
    of_mass,
    of_time,
    spared_until,
)
from harmony.coordination.heartbeats.errors import NoGrace
from harmony.coordination.heartbeats.model import (
    FORGOTTEN_AFTER_SECONDS,
    MISSED_BEATS_LIMIT,
    MOVES,
    Cause,
    Change,
    Lease,
    State,
    after_silence,
    story,
)
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.registry import service as registry
from harmony.kernel.chance import Chance
from harmony.messages.coordination import ConductorDoubted, ConductorTrusted

BOUND = "bound"
"""By which a grace ends when nobody ends it before."""


async def resume(uow: UnitOfWork, pulse: Pulse) -> Grace | None:
    """To be called once at the Conductor's start: read every lease, and spare them for the Conductor's own absence.

    The very first start grants nothing.
    """
    watched_at = await store.watched_at(uow)
    await store.set_watched(uow)
    kept = await store.every_lease(uow.connection)
    commands = await store.open_commands(uow.connection, uow.now)
    for lease in kept:
        pulse.put(lease)
    pulse.command(commands)
    last = await store.graces(uow.connection, 1)
    pulse.grace = last[0] if last else None
    if watched_at is None:
        return None
    absent = (uow.now - watched_at).total_seconds()
    return await doubt(uow, pulse, Doubt("restarted", {"absent_seconds": round(absent, 3)}))


async def doubt(uow: UnitOfWork, pulse: Pulse, found: Doubt) -> Grace | None:
    """Spare every lease that was granted before now; None when there is none to spare. An older grace ends by this."""
    leases, longest = pulse.count()
    if leases == 0:
        return None
    grace = grace_for(found, uow.ids.new("grace"), leases, longest, pulse.grace, uow.now)
    await store.end_grace(uow, grace.id)
    await store.add_grace(uow, grace)
    told = ConductorDoubted(grace.id, grace.cause, grace.leases, grace.ends_at.isoformat())
    await append(uow, told, subject=grace.id)
    uow.after_commit(lambda: _set(pulse, grace))
    return grace


async def end_grace(uow: UnitOfWork, pulse: Pulse, by: str) -> Grace:
    """Trust again before the bound; raises ``NoGrace``."""
    ended = await store.end_grace(uow, by)
    if ended is None:
        raise NoGrace("the Conductor does not doubt itself")
    await append(uow, ConductorTrusted(ended.id, ended.cause, by), subject=ended.id)
    uow.after_commit(lambda: _set(pulse, ended))
    return ended


async def look(database: Database, pulse: Pulse) -> list[Lease]:
    """Look once at the clock and at the leases: doubt first, then who has to go, in random order and bounded.

    To be called every ``LOOK_SECONDS`` by one watch; what it returns is for ``let_go``, one transaction each.
    """
    present = Instant(database.clock.now(), database.clock.monotonic())
    before, pulse.looked = pulse.looked, present
    found = of_time(before, present) if before is not None else None
    if found is not None and found.facts.get("jump_seconds", 0) < 0:
        async with database.begin() as uow:
            await store.step_back(uow)
        pulse.step_back(present.now)
    silent = pulse.silent(present.now)
    leases, _ = pulse.count()
    if found is None and not _runs(pulse.grace, present.now):
        found = of_mass(silent, leases, present.now, pulse.ended_lately("missing", present.now), pulse.grace)
    if found is not None:
        async with database.begin() as uow:
            await doubt(uow, pulse, found)
    elif pulse.grace is not None and pulse.grace.ended_at is None and pulse.grace.ends_at <= present.now:
        async with database.begin() as uow:
            await end_grace(uow, pulse, BOUND)
    return _bounded(due(silent, pulse.grace, present.now), leases, pulse, database.chance, present.now)


async def let_go(uow: UnitOfWork, pulse: Pulse, component_id: str) -> bool:
    """Move a lease that silence has ended, and tell it; False when it was renewed or another has it in hand."""
    held = await store.take_free(uow, component_id)
    if held is None:
        return False
    lease = pulse.freshest(held)
    if not due([lease], pulse.grace, uow.now):
        return False
    crashed = pulse.is_crashed(component_id)
    moved = after_silence(lease, uow.now)
    await store.save(uow, moved)
    await store.add_change(uow, _ended(lease, moved, pulse, crashed, uow.trace))
    told = story(component_id, lease.state, moved.state, crashed=crashed)
    assert told is not None
    await append(uow, told, subject=component_id)

    def moved_on() -> None:
        pulse.put(moved)
        pulse.ended(moved.state, uow.now)

    uow.after_commit(moved_on)
    return True


async def save_beats(uow: UnitOfWork, pulse: Pulse) -> int:
    """Write down what was heard since the last time, and that leases are watched; how many leases."""
    leases = pulse.unsaved()
    await store.set_watched(uow)
    if leases:
        await store.save_beats(uow, leases)
    return len(leases)


async def find_long_offline(connection: Connection, now: datetime, limit: int) -> list[tuple[str, str]]:
    """The id and trace of components that have been offline for ``FORGOTTEN_AFTER_SECONDS``."""
    return await store.long_offline(connection, now - timedelta(seconds=FORGOTTEN_AFTER_SECONDS), limit)


async def forget(uow: UnitOfWork, pulse: Pulse, component_id: str) -> bool:
    """List a component no more if it is still long offline; whether it was."""
    await registry.lock(uow)
    if not await store.end_offline(uow, component_id, uow.now - timedelta(seconds=FORGOTTEN_AFTER_SECONDS)):
        return False
    await registry.forget(uow, component_id)
    uow.after_commit(lambda: pulse.drop(component_id))
    return True


async def clear_away(uow: UnitOfWork) -> None:
    """Forget commands that have expired and tombstones that have stood long enough."""
    await store.forget_commands(uow)
    await registry.clear_tombstones(uow)


def _set(pulse: Pulse, grace: Grace) -> None:
    pulse.grace = grace


def _runs(grace: Grace | None, now: datetime) -> bool:
    return grace is not None and grace.ended_at is None and now < grace.ends_at


def _bounded(ending: list[Lease], leases: int, pulse: Pulse, chance: Chance, now: datetime) -> list[Lease]:
    """As many as may end in one window, drawn at random: who goes first says nothing about who is worse."""
    bound = bound_of(leases)
    if bound is None:
        return ending
    drawn = sorted(ending, key=lambda lease: (chance.uniform(0.0, 1.0), lease.component_id))
    chosen: list[Lease] = []
    targets: list[State] = ["missing", "offline"]
    for target in targets:
        room = max(0, bound - pulse.ended_lately(target, now))
        chosen += [lease for lease in drawn if MOVES[lease.state, "silence"] == target][:room]
    return chosen


def _ended(lease: Lease, moved: Lease, pulse: Pulse, crashed: bool, trace: str) -> Change:
    """What was known when silence ended a lease."""
    assert lease.expires_at is not None
    silence = (moved.since - lease.last_beat_at).total_seconds()
    facts: dict[str, Any] = {
        "last_heartbeat": lease.last_beat_at.isoformat(),
        "silent_seconds": round(silence, 3),
        "interval_seconds": lease.interval_seconds,
        "missed_beats": int(silence // lease.interval_seconds),
        "lease_ended_at": lease.expires_at.isoformat(),
        "penalty": round(moved.penalty),
    }
    if moved.damped_until is not None:
        facts["damped_until"] = moved.damped_until.isoformat()
    grace = pulse.grace
    if grace is not None and spared_until(lease, replace(grace, ended_at=None)) is not None:
        facts["spared_by"] = {"grace_id": grace.id, "cause": grace.cause, "ended_by": grace.ended_by or BOUND}
    cause: Cause = "stayed away" if moved.state == "offline" else "crashed" if crashed else "missed"
    facts["needed_missed_beats"] = MISSED_BEATS_LIMIT
    return Change(lease.component_id, moved.since, lease.state, moved.state, cause, facts, trace)
