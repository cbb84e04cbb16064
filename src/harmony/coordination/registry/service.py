"""The verbs of the registry: register, list, forget."""

from __future__ import annotations

from collections.abc import Collection

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.identity.model import LOCAL_ROLE
from harmony.commons.journal.service import append
from harmony.coordination.registry import store
from harmony.coordination.registry.errors import NameReserved, RegistryFull
from harmony.coordination.registry.model import (
    COMPONENTS_LIMIT,
    EVERY_COMPONENT,
    RESERVED_NAMES,
    Component,
    Filter,
    Registration,
    component_of,
    is_routable,
    may_replace,
)
from harmony.messages.coordination import ComponentForgotten, ComponentRegistered

UNPROVEN = LOCAL_ROLE
"""The principal id of a caller without a token."""


async def register(
    uow: UnitOfWork, registration: Registration, built_in: Collection[str] = ()
) -> tuple[Component, bool]:
    """The component of this name, host and port, and whether this call made or renewed it.

    It did not when another principal holds the entry with a token: the id is then true, the rest stays as it was.
    ``built_in`` names Harmony's own components; see ``is_routable``. Raises ``NameReserved``, ``RegistryFull``.
    """
    if registration.component in RESERVED_NAMES:
        raise NameReserved("this component name is reserved", field="component", details={"reserved": RESERVED_NAMES})
    await store.lock(uow)
    routable = is_routable(registration.component, uow.actor, built_in)
    known = await store.find_key(uow, registration)
    if known is not None and not may_replace(known.holder, uow.actor, UNPROVEN):
        return known, False
    if known is not None:
        component = await store.replace(uow, known.id, registration, uow.actor, routable)
    elif await store.count(uow) >= COMPONENTS_LIMIT:
        raise RegistryFull(f"{COMPONENTS_LIMIT} components are registered", details={"limit": COMPONENTS_LIMIT})
    else:
        component = await store.add(uow, registration, uow.actor, routable)
    told = ComponentRegistered(component.id, component.component, component.incarnation, component.routable)
    await append(uow, told, subject=component.id)
    return component, True


async def list_components(connection: Connection, selected: Filter = EVERY_COMPONENT) -> list[Component]:
    """The selected components in the order of their names and numbers."""
    return await store.components(connection, selected)


async def lock(uow: UnitOfWork) -> None:
    """Keep registrations out until the transaction ends: for a room that decides what to forget."""
    await store.lock(uow)


async def forget(uow: UnitOfWork, component_id: str) -> None:
    """List the component no more; its id is never given again."""
    await store.remove(uow, component_id)
    await append(uow, ComponentForgotten(component_id, component_of(component_id)), subject=component_id)
