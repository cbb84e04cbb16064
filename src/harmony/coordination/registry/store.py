"""The registry's SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.registry.model import COMPONENTS_LIMIT, Component, Filter, Registration, component_id

REGISTRY_LOCK_KEY = 0x52454749  # "REGI": registrations take turns, so that keys, numbers and the limit hold exactly

_LOCK = "SELECT pg_advisory_xact_lock($1)"
_COLUMNS = """id, component, version, host, port, capabilities, health_check_url, heartbeat_interval_seconds, holder,
    routable, incarnation, registered_at, namespace, zone, weight, protocol_version, request_url, draining, gone_at,
    gone_reason"""
_FIND_KEY = f"""
SELECT {_COLUMNS} FROM components WHERE component = $1 AND host = $2 AND port = $3 AND namespace = $4
"""
_FIND = f"SELECT {_COLUMNS} FROM components WHERE id = $1"
# All components that a filter selects, in the order of their ids; the registry is bounded (COMPONENTS_LIMIT).
_LIST = f"""
SELECT {_COLUMNS} FROM components
WHERE gone_at IS NULL AND ($1::text IS NULL OR component = $1) AND ($2::text IS NULL OR $2 = ANY (capabilities))
  AND ($3::text IS NULL OR version = $3) AND ($4::text IS NULL OR zone = $4)
  AND ($5::text IS NULL OR namespace = $5)
ORDER BY component, number LIMIT $6
"""
_COUNT = "SELECT count(*) FROM components WHERE gone_at IS NULL"
# The next number of a name, which is never given again.
_NEXT_NUMBER = """
INSERT INTO component_names (component, last_number) VALUES ($1, 1)
ON CONFLICT (component) DO UPDATE SET last_number = component_names.last_number + 1 RETURNING last_number
"""
_ADD = f"""
INSERT INTO components (id, component, number, host, port, namespace, version, capabilities, health_check_url,
    heartbeat_interval_seconds, zone, weight, protocol_version, request_url, holder, routable, incarnation,
    registered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, $17)
RETURNING {_COLUMNS}
"""
# The same component begins again; a tombstone comes back to life.
_REPLACE = f"""
UPDATE components SET version = $2, capabilities = $3, health_check_url = $4, heartbeat_interval_seconds = $5,
    zone = $6, weight = $7, protocol_version = $8, request_url = $9, holder = $10, routable = $11,
    incarnation = incarnation + 1, registered_at = $12, draining = false, gone_at = NULL, gone_reason = NULL
WHERE id = $1
RETURNING {_COLUMNS}
"""
_SET_DRAINING = "UPDATE components SET draining = $2 WHERE id = $1 AND draining <> $2 RETURNING true"
_BURY = "UPDATE components SET gone_at = $2, gone_reason = $3 WHERE id = $1 AND gone_at IS NULL"
_REMOVE_TOMBSTONES = "DELETE FROM components WHERE gone_at < $1"


async def lock(uow: UnitOfWork) -> None:
    """Wait for the turn to change the registry; it lasts until the transaction ends."""
    await uow.connection.execute(_LOCK, REGISTRY_LOCK_KEY)


async def find_key(uow: UnitOfWork, registration: Registration) -> Component | None:
    """The component of the same namespace, name, host and port, tombstone or not."""
    key = (registration.component, registration.host, registration.port, registration.namespace)
    row = await uow.connection.fetchrow(_FIND_KEY, *key)
    return None if row is None else _component(row)


async def find(connection: Connection, component_id: str) -> Component | None:
    """The component of this id, tombstone or not."""
    row = await connection.fetchrow(_FIND, component_id)
    return None if row is None else _component(row)


async def components(connection: Connection, selected: Filter) -> list[Component]:
    wanted = (selected.component, selected.capability, selected.version, selected.zone, selected.namespace)
    return [_component(row) for row in await connection.fetch(_LIST, *wanted, COMPONENTS_LIMIT)]


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
        registration.namespace,
        *_told(registration),
        holder,
        routable,
        uow.now,
    )
    return _component(row)


async def replace(uow: UnitOfWork, known_id: str, registration: Registration, holder: str, routable: bool) -> Component:
    """The next incarnation of a known component."""
    row = await uow.connection.fetchrow(_REPLACE, known_id, *_told(registration), holder, routable, uow.now)
    return _component(row)


async def set_draining(uow: UnitOfWork, known_id: str, draining: bool) -> bool:
    """Whether that changed anything."""
    return bool(await uow.connection.fetchval(_SET_DRAINING, known_id, draining))


async def bury(uow: UnitOfWork, known_id: str, reason: str) -> None:
    """Leave a tombstone."""
    await uow.connection.execute(_BURY, known_id, uow.now, reason)


async def remove_tombstones(uow: UnitOfWork, before: datetime) -> None:
    await uow.connection.execute(_REMOVE_TOMBSTONES, before)


def _told(registration: Registration) -> tuple[Any, ...]:
    """What a registration says anew each time, in the order of ``_ADD`` and ``_REPLACE``."""
    return (
        registration.version,
        list(registration.capabilities),
        registration.health_check_url,
        registration.heartbeat_interval_seconds,
        registration.zone,
        registration.weight,
        registration.protocol_version,
        registration.request_url,
    )


def _component(row: Any) -> Component:
    fields = dict(row)
    return Component(**fields | {"capabilities": tuple(fields["capabilities"])})
