"""What ``harmony inspect ROOM`` sees: facts and small tables, read in one snapshot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from harmony.adapters.db.unit_of_work import Connection
from harmony.commons.journal import store as journal
from harmony.coordination.heartbeats import service as heartbeats

Look = Callable[[Connection], Awaitable[dict[str, Any]]]


async def into_journal(connection: Connection) -> dict[str, Any]:
    head = await journal.head(connection)
    return {
        "epoch": head.epoch,
        "revision": head.revision,
        "compacted_revision": head.compacted_revision,
        "unstamped": await journal.has_unstamped(connection),
        "consumers": [{"name": name, "revision": revision} for name, revision in await journal.consumers(connection)],
    }


async def into_registry(connection: Connection) -> dict[str, Any]:
    members = await heartbeats.list_members(connection)
    return {
        "components": [
            {
                "component_id": member.component.id,
                "version": member.component.version,
                "address": f"{member.component.host}:{member.component.port}",
                "status": member.lease.status,
            }
            for member in members
        ]
    }


LOOKS: dict[str, Look] = {
    "journal": into_journal,
    "registry": into_registry,
}
