"""Take a beat that moves something, and command components through the answers to their beats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.coordination.heartbeats import store
from harmony.coordination.heartbeats.errors import BeatStale, ComponentUnknown, LeaseHeld, TooManyCommands
from harmony.coordination.heartbeats.model import (
    COMMANDS_LIMIT,
    Accepted,
    Beat,
    Cause,
    Change,
    Command,
    Lease,
    after_beat,
    is_damped,
    story,
)
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.registry import service as registry
from harmony.coordination.registry.errors import ComponentMissing
from harmony.coordination.registry.model import may_replace
from harmony.messages.coordination import CommandAcknowledged, CommandIssued


async def hear(database: Database, pulse: Pulse, beat: Beat, *, actor: str, trace: str | None = None) -> Accepted:
    """Accept a beat: in memory when it moves nothing, else in a transaction. Raises what ``beat`` raises."""
    accepted = pulse.hear(actor, registry.UNPROVEN, beat, database.clock.now())
    if accepted is not None:
        return accepted
    async with database.begin(actor=actor, trace=trace) as uow:
        return await take_beat(uow, pulse, beat)


async def take_beat(uow: UnitOfWork, pulse: Pulse, beat: Beat) -> Accepted:
    """Accept a beat in the caller's transaction, with one entry in the journal if it moved the state.

    Raises ``ComponentUnknown``, ``registry.ComponentGone``, ``BeatStale``, and ``LeaseHeld`` when another principal
    registered the component with a token.
    """
    found = await store.take(uow, beat.component_id)
    if found is None:
        await _refuse_unknown(uow.connection, beat.component_id)
    assert found is not None
    if not may_replace(found.holder, uow.actor, registry.UNPROVEN):
        raise LeaseHeld("another principal registered this component", field="component_id")
    if beat.incarnation not in (None, found.incarnation):
        # However late it comes, an earlier incarnation's beat says nothing of this one.
        details = {"incarnation": found.incarnation}
        raise BeatStale("this beat is of another incarnation", field="incarnation", details=details)
    lease = pulse.freshest(found)
    done = await _acknowledge(uow, pulse, beat)
    if pulse.is_repeated(beat):
        moved = lease
    else:
        moved = after_beat(lease, beat, uow.now, counts=_counts(lease, uow))
        await _move(uow, lease, moved)
        uow.after_commit(lambda: pulse.put(moved, sequence=beat.sequence))
    commands = tuple(one for one in pulse.commands(beat.component_id, uow.now) if one.id not in done)
    return Accepted(moved.last_beat_at + timedelta(seconds=moved.interval_seconds), commands)


async def command(
    uow: UnitOfWork, pulse: Pulse, component_id: str, name: str, arguments: Mapping[str, Any], life: timedelta
) -> Command:
    """Have a component told to do something with each answer to its beats, until it acknowledges or ``life`` is over.

    Raises what ``registry.find`` raises, and ``TooManyCommands``.
    """
    await registry.held(uow, component_id, by_anybody=True)
    if len(await store.open_commands(uow.connection, uow.now, component_id)) >= COMMANDS_LIMIT:
        raise TooManyCommands(f"{COMMANDS_LIMIT} commands wait for this component", details={"limit": COMMANDS_LIMIT})
    issued = Command(uow.ids.new("command"), component_id, name, arguments, uow.actor, uow.now, uow.now + life)
    await store.add_command(uow, issued)
    await append(uow, CommandIssued(issued.id, component_id, name), subject=component_id)
    uow.after_commit(lambda: pulse.command((issued,)))
    return issued


async def list_commands(connection: Connection, component_id: str, now: datetime) -> list[Command]:
    """What a component has still to acknowledge; raises what ``registry.find`` raises."""
    await registry.find(connection, component_id)
    return await store.open_commands(connection, now, component_id)


async def _refuse_unknown(connection: Connection, component_id: str) -> None:
    try:
        await registry.find(connection, component_id)
    except ComponentMissing:
        raise ComponentUnknown("there is no such component", field="component_id") from None


def _counts(lease: Lease, uow: UnitOfWork) -> bool:
    """Whether a beat counts towards recovery: not so soon after the one before that both were one."""
    if lease.good_beats == 0:
        return True
    return uow.now - lease.last_beat_at >= timedelta(seconds=lease.interval_seconds) / 2


async def _acknowledge(uow: UnitOfWork, pulse: Pulse, beat: Beat) -> frozenset[str]:
    if not beat.acknowledged:
        return frozenset()
    for done in await store.acknowledge(uow, beat.component_id, beat.acknowledged):
        await append(uow, CommandAcknowledged(done, beat.component_id), subject=beat.component_id)
    uow.after_commit(lambda: pulse.acknowledged(beat.component_id, beat.acknowledged))
    return frozenset(beat.acknowledged)


async def _move(uow: UnitOfWork, lease: Lease, moved: Lease) -> None:
    await store.save(uow, moved)
    if moved.state == lease.state:
        return
    facts: dict[str, Any] = {"reported_status": moved.reported_status, "good_beats": moved.good_beats}
    if is_damped(moved, uow.now):
        assert moved.damped_until is not None
        facts |= {"penalty": round(moved.penalty), "damped_until": moved.damped_until.isoformat()}
    cause: Cause = "reported" if moved.state == "ailing" else "beat again"
    change = Change(lease.component_id, uow.now, lease.state, moved.state, cause, facts, uow.trace)
    await store.add_change(uow, change)
    told = story(lease.component_id, lease.state, moved.state)
    if told is not None:
        await append(uow, told, subject=lease.component_id)
