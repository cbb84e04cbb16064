"""Join the orchestra, be given nothing new, leave it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.service import append
from harmony.coordination.heartbeats import store
from harmony.coordination.heartbeats.model import Change, Lease, granted, is_damped, story
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.registry import service as registry
from harmony.coordination.registry.model import Component, Registration


async def join(uow: UnitOfWork, pulse: Pulse, registration: Registration, built_in: Collection[str] = ()) -> Component:
    """Register a component and begin its lease: its next beat is due in an interval.

    It is healthy from now on, unless it fell too often of late. An entry that another principal holds is answered and
    left as it is. Raises what ``registry.register`` raises.
    """
    component, renewed = await registry.register(uow, registration, built_in)
    if not renewed:
        return component
    before = await store.take(uow, component.id)
    lease = granted(component, before, uow.now, uow.trace)
    await store.save(uow, lease)
    await store.add_change(uow, _joined(component, before, lease))
    if lease.state != "healthy":
        told = story(component.id, "healthy", lease.state)
        assert told is not None
        await append(uow, told, subject=component.id)
    uow.after_commit(lambda: pulse.put(lease))
    return component


async def drain(uow: UnitOfWork, component_id: str, draining: bool, *, by_anybody: bool = False) -> Component:
    """Give the component nothing new, or work again. For its holder, unless ``by_anybody``."""
    component = await registry.held(uow, component_id, by_anybody=by_anybody)
    await registry.drain(uow, component, draining)
    return component


async def leave(
    uow: UnitOfWork, pulse: Pulse, component_id: str, reason: str, *, by_anybody: bool = False
) -> Component:
    """End the lease of a component that goes by itself. For its holder, unless ``by_anybody``."""
    component = await registry.held(uow, component_id, by_anybody=by_anybody)
    await store.end(uow, component_id)
    await registry.leave(uow, component, reason)
    uow.after_commit(lambda: pulse.drop(component_id))
    return component


def _joined(component: Component, before: Lease | None, lease: Lease) -> Change:
    facts: dict[str, Any] = {"incarnation": component.incarnation, "version": component.version}
    if is_damped(lease, lease.since):
        assert lease.damped_until is not None
        facts |= {"penalty": round(lease.penalty), "damped_until": lease.damped_until.isoformat()}
    previous = before.state if before else None
    return Change(component.id, lease.since, previous, lease.state, "registered", facts, lease.trace)
