"""The verbs of the registry: register, find, list, drain, leave, forget."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.identity.model import LOCAL_ROLE
from harmony.commons.journal.service import append
from harmony.coordination.registry import store
from harmony.coordination.registry.errors import (
    AddressForeign,
    ComponentGone,
    ComponentMissing,
    EntryHeld,
    NameReserved,
    RegistryFull,
)
from harmony.coordination.registry.model import (
    COMPONENTS_LIMIT,
    EVERY_COMPONENT,
    RESERVED_NAMES,
    TOMBSTONE_SECONDS,
    Component,
    Filter,
    Registration,
    component_of,
    is_routable,
    leads_to,
    may_replace,
)
from harmony.messages.coordination import (
    ComponentDeregistered,
    ComponentDraining,
    ComponentForgotten,
    ComponentRegistered,
)

UNPROVEN = LOCAL_ROLE
"""The principal id of a caller without a token."""


async def register(
    uow: UnitOfWork, registration: Registration, built_in: Collection[str] = ()
) -> tuple[Component, bool]:
    """The component of this namespace, name, host and port, and whether this call made or renewed it.

    It did not when another principal holds the entry with a token: the id is then true, the rest stays as it was.
    ``built_in`` names Harmony's own components; see ``is_routable``. Raises ``NameReserved``, ``AddressForeign``,
    ``RegistryFull``.
    """
    if registration.component in RESERVED_NAMES:
        raise NameReserved("this component name is reserved", field="component", details={"reserved": RESERVED_NAMES})
    await store.lock(uow)
    routable = is_routable(registration.component, uow.actor, built_in)
    known = await store.find_key(uow, registration)
    if known is not None and known.gone_at is None and not may_replace(known.holder, uow.actor, UNPROVEN):
        return known, False
    if (known is None or known.gone_at is not None) and await store.count(uow) >= COMPONENTS_LIMIT:
        raise RegistryFull(f"{COMPONENTS_LIMIT} components are registered", details={"limit": COMPONENTS_LIMIT})
    if known is not None:
        component = await store.replace(uow, known.id, registration, uow.actor, routable)
    else:
        component = await store.add(uow, registration, uow.actor, routable)
    if component.request_url is not None and not leads_to(component, component.request_url):
        raise AddressForeign("this address is not on the component's host", field="request_url")
    await append(uow, _registered(component), subject=component.id)
    return component, True


async def list_components(connection: Connection, selected: Filter = EVERY_COMPONENT) -> list[Component]:
    """The selected components in the order of their names and numbers, without tombstones."""
    return await store.components(connection, selected)


async def find(connection: Connection, component_id: str) -> Component:
    """The component of this id; raises ``ComponentMissing``, and ``ComponentGone`` for a tombstone."""
    found = await store.find(connection, component_id)
    if found is None:
        raise ComponentMissing("there is no such component", field="component_id")
    if found.gone_at is not None:
        details = {"reason": found.gone_reason, "since": found.gone_at.isoformat()}
        raise ComponentGone("this component is gone", field="component_id", details=details)
    return found


async def held(uow: UnitOfWork, component_id: str, *, by_anybody: bool = False) -> Component:
    """The component, locked against other changes, for its holder only unless ``by_anybody``.

    Raises what ``find`` raises, and ``EntryHeld``.
    """
    await store.lock(uow)
    component = await find(uow.connection, component_id)
    if not by_anybody and not may_replace(component.holder, uow.actor, UNPROVEN):
        raise EntryHeld("another principal registered this component", field="component_id")
    return component


async def drain(uow: UnitOfWork, component: Component, draining: bool) -> None:
    """Give the component nothing new, or work again; said once."""
    if await store.set_draining(uow, component.id, draining):
        await append(uow, ComponentDraining(component.id, component.component, draining), subject=component.id)


async def leave(uow: UnitOfWork, component: Component, reason: str) -> None:
    """List the component no more because it says so itself."""
    await store.bury(uow, component.id, reason)
    await append(uow, ComponentDeregistered(component.id, component.component, reason), subject=component.id)


async def lock(uow: UnitOfWork) -> None:
    """Keep registrations out until the transaction ends: for a room that decides what to forget."""
    await store.lock(uow)


async def forget(uow: UnitOfWork, component_id: str, reason: str = "it was away too long") -> None:
    """List the component no more; its id is kept for it while its tombstone stands, and never given to another."""
    await store.bury(uow, component_id, reason)
    await append(uow, ComponentForgotten(component_id, component_of(component_id)), subject=component_id)


async def clear_tombstones(uow: UnitOfWork) -> None:
    """Take away tombstones older than ``TOMBSTONE_SECONDS``."""
    await store.remove_tombstones(uow, uow.now - timedelta(seconds=TOMBSTONE_SECONDS))


def _registered(component: Component) -> ComponentRegistered:
    return ComponentRegistered(
        component_id=component.id,
        component=component.component,
        incarnation=component.incarnation,
        routable=component.routable,
        namespace=component.namespace,
        version=component.version,
        host=component.host,
        port=component.port,
        capabilities=list(component.capabilities),
        zone=component.zone,
        weight=component.weight,
        health_check_url=component.health_check_url,
        heartbeat_interval_seconds=component.heartbeat_interval_seconds,
    )
