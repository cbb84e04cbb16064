"""The verbs of the handshake: join, beat, list, and the watch over silence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.coordination.heartbeats import store
from harmony.coordination.heartbeats.errors import ComponentUnknown, LeaseHeld
from harmony.coordination.heartbeats.model import (
    FORGOTTEN_AFTER_SECONDS,
    GOOD,
    Beat,
    Health,
    Lease,
    Member,
    Status,
    after_beat,
    after_silence,
    health_of,
    patience,
    story,
)
from harmony.coordination.registry import service as registry
from harmony.coordination.registry.model import EVERY_COMPONENT, Component, Filter, Registration


async def join(uow: UnitOfWork, registration: Registration, built_in: Collection[str] = ()) -> Component:
    """Register a component and begin its lease: it is healthy from now on, and its next beat is due in an interval.

    An entry that another principal holds is answered and left as it is. Raises what ``registry.register`` raises.
    """
    component, renewed = await registry.register(uow, registration, built_in)
    if renewed:
        interval_seconds = component.heartbeat_interval_seconds
        lease = Lease(
            component_id=component.id,
            holder=component.holder,
            state="healthy",
            reported_status=GOOD,
            interval_seconds=interval_seconds,
            last_beat_at=uow.now,
            since=uow.now,
            expires_at=uow.now + patience(interval_seconds),
            metrics={},
            trace=uow.trace,
        )
        await store.grant(uow, lease)
    return component


async def beat(uow: UnitOfWork, beat: Beat) -> datetime:
    """Accept a beat; when the next one is due. One round trip, and one entry in the journal if it moved the state.

    Raises ``ComponentUnknown``, and ``LeaseHeld`` when another principal registered the component with a token.
    """
    state = after_beat(beat.reported_status)
    found = await store.beat(uow, beat, state, registry.UNPROVEN)
    if found is None:
        if await store.exists(uow.connection, beat.component_id):
            raise LeaseHeld("another principal registered this component", field="component_id")
        raise ComponentUnknown("there is no such component", field="component_id")
    previous, interval_seconds = found
    told = story(beat.component_id, previous, state)
    if told is not None:
        await append(uow, told, subject=beat.component_id)
    return uow.now + timedelta(seconds=interval_seconds)


async def list_members(
    connection: Connection, selected: Filter = EVERY_COMPONENT, status: Status | None = None
) -> list[Member]:
    """The selected components with their leases, in the order of their names and numbers."""
    components = await registry.list_components(connection, selected)
    leases = await store.leases(connection, [component.id for component in components])
    members = [Member(component, leases[component.id]) for component in components]
    return [member for member in members if status in (None, member.lease.status)]


async def find_lease(connection: Connection, component_id: str) -> Lease:
    """How a component is; raises ``ComponentUnknown``."""
    found = await store.lease(connection, component_id)
    if found is None:
        raise ComponentUnknown("there is no such component", field="component_id")
    return found


async def check_health(connection: Connection, expected: frozenset[str], since: datetime) -> Health:
    """Which of the expected components have not been heard of since an instant."""
    return health_of(expected, since, await list_members(connection))


async def resume(uow: UnitOfWork) -> int:
    """To be called once at the Conductor's start, before the watch: nobody is found silent for its own absence.

    Every running lease gets the time since the last watch on top; how many leases there were.
    """
    watched_at = await store.watched_at(uow)
    await store.set_watched(uow)
    if watched_at is None or watched_at >= uow.now:
        return 0
    return await store.postpone(uow, uow.now - watched_at)


async def note_watch(uow: UnitOfWork) -> None:
    """Remember that leases were watched now."""
    await store.set_watched(uow)


async def find_silent(connection: Connection, now: datetime, limit: int) -> list[tuple[str, str]]:
    """The id and trace of components whose leases have expired."""
    return await store.expired(connection, now, limit)


async def give_up_waiting(uow: UnitOfWork, component_id: str) -> bool:
    """Move an expired lease on, and tell it; False when it was renewed meanwhile or another has it in hand."""
    lease = await store.take_expired(uow, component_id)
    if lease is None:
        return False
    moved = after_silence(lease, uow.now)
    await store.move(uow, moved)
    told = story(component_id, lease.state, moved.state)
    assert told is not None
    await append(uow, told, subject=component_id)
    return True


async def find_long_offline(connection: Connection, now: datetime, limit: int) -> list[tuple[str, str]]:
    """The id and trace of components that have been offline for ``FORGOTTEN_AFTER_SECONDS``."""
    return await store.long_offline(connection, now - timedelta(seconds=FORGOTTEN_AFTER_SECONDS), limit)


async def forget(uow: UnitOfWork, component_id: str) -> bool:
    """List a component no more if it is still long offline; whether it was."""
    await registry.lock(uow)
    if not await store.end(uow, component_id, uow.now - timedelta(seconds=FORGOTTEN_AFTER_SECONDS)):
        return False
    await registry.forget(uow, component_id)
    return True
