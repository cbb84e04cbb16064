"""How the orchestra stands, for readers of events whose place in the log is kept no longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harmony.adapters.db.unit_of_work import Connection
from harmony.apps.links import looks
from harmony.commons.identity.model import Principal


async def take(connection: Connection, reader: Principal) -> Mapping[str, Any]:
    """Services and queues as ``harmony inspect`` shows them, as far as ``reader`` may read them."""
    facts: dict[str, Any] = {}
    if reader.may("components.read"):
        facts |= await looks.into_registry(connection)
    if reader.may("queue.read"):
        facts |= await looks.into_queue(connection)
    return facts
