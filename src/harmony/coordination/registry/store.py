"""The registry's SQL."""

from __future__ import annotations

from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.registry.model import COMPONENTS_LIMIT, Component, Filter, Registration, component_id

REGISTRY_LOCK_KEY = 0x52454749  # "REGI": registrations take turns, so that keys, numbers and the limit hold exactly

_LOCK = "SELECT pg_advisory_xact_lock($1)"
_FIND_KEY = """
SELECT id, component, version, host, port, capabilities, health_check_url, heartbeat_interval_seconds, holder,
       routable, incarnation, registered_at
FROM components WHERE component = $1 AND host = $2 AND port = $3
"""
# All components that a filter selects, in the order of their ids; the registry is small (COMPONENTS_LIMIT).
_LIST = """
SELECT id, component, version, host, port, capabilities, health_check_url, heartbeat_interval_seconds, holder,
       routable, incarnation, registered_at
FROM components
WHERE ($1::text IS NULL OR component = $1) AND ($2::text IS NULL OR $2 = ANY (capabilities))
ORDER BY component, number LIMIT $3
"""
_COUNT = "SELECT count(*) FROM components"
# The next number of a name, which is never given again.
_NEXT_NUMBER = """
INSERT INTO component_names (component, last_number) VALUES ($1, 1)
ON CONFLICT (component) DO UPDATE SET last_number = component_names.last_number + 1 RETURNING last_number
"""
_ADD = """
INSERT INTO components (id, component, number, host, port, version, capabilities, health_check_url,
    heartbeat_interval_seconds, holder, routable, incarnation, registered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12)
RETURNING id, component, version, host, port, capabilities, health_check_url, heartbeat_interval_seconds, holder,
          routable, incarnation, registered_at
"""
# The same component begins again.
_REPLACE = """
UPDATE components SET version = $2, capabilities = $3, health_check_url = $4, heartbeat_interval_seconds = $5,
    holder = $6, routable = $7, incarnation = incarnation + 1, registered_at = $8
WHERE id = $1
RETURNING id, component, version, host, port, capabilities, health_check_url, heartbeat_interval_seconds, holder,
          routable, incarnation, registered_at
"""
_REMOVE = "DELETE FROM components WHERE id = $1"


async def lock(uow: UnitOfWork) -> None:
    """Wait for the turn to change the registry; it lasts until the transaction ends."""
    await uow.connection.execute(_LOCK, REGISTRY_LOCK_KEY)


async def find_key(uow: UnitOfWork, registration: Registration) -> Component | None:
    """The component of the same name, host and port."""
    row = await uow.connection.fetchrow(_FIND_KEY, registration.component, registration.host, registration.port)
    return None if row is None else _component(row)


async def components(connection: Connection, selected: Filter) -> list[Component]:
    rows = await connection.fetch(_LIST, selected.component, selected.capability, COMPONENTS_LIMIT)
    return [_component(row) for row in rows]


async def count(uow: UnitOfWork) -> int:
    return int(await uow.connection.fetchval(_COUNT))


async def add(uow: UnitOfWork, registration: Registration, holder: str, routable: bool) -> Component:
    """A first registration, under the next number of its name."""
    number = await uow.connection.fetchval(_NEXT_NUMBER, registration.component)
    row = await uow.connection.fetchrow(
        _ADD,
        component_id(registration.component, number),
        registration.component,
        number,
        registration.host,
        registration.port,
        registration.version,
        list(registration.capabilities),
        registration.health_check_url,
        registration.heartbeat_interval_seconds,
        holder,
        routable,
        uow.now,
    )
    return _component(row)


async def replace(uow: UnitOfWork, known_id: str, registration: Registration, holder: str, routable: bool) -> Component:
    """The next incarnation of a known component."""
    row = await uow.connection.fetchrow(
        _REPLACE,
        known_id,
        registration.version,
        list(registration.capabilities),
        registration.health_check_url,
        registration.heartbeat_interval_seconds,
        holder,
        routable,
        uow.now,
    )
    return _component(row)


async def remove(uow: UnitOfWork, known_id: str) -> None:
    await uow.connection.execute(_REMOVE, known_id)


def _component(row: Any) -> Component:
    fields = dict(row)
    return Component(**fields | {"capabilities": tuple(fields["capabilities"])})
