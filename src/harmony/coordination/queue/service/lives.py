"""Lives: whether a consumer is a component whose death would be noticed."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection
from harmony.commons.identity.model import LOCAL_ROLE
from harmony.coordination.heartbeats.errors import ComponentUnknown
from harmony.coordination.heartbeats.service import members as heartbeats


async def does_live(connection: Connection, component_id: str, caller: str | None = None) -> bool:
    """Whether a component is registered and not offline, and ``caller`` may speak for it."""
    try:
        lease = await heartbeats.find_lease(connection, component_id)
    except ComponentUnknown:
        return False
    return lease.status != "offline" and (caller is None or lease.holder in (caller, LOCAL_ROLE))
