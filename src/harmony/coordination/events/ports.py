"""What events asks of the rooms above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from harmony.adapters.db.unit_of_work import Connection
from harmony.commons.identity.model import Principal


class Snapshots(Protocol):
    """How the orchestra stands: for a reader whose position in the log is kept no longer."""

    async def take(self, connection: Connection, reader: Principal) -> Mapping[str, Any]:
        """JSON-ready facts as of the connection's snapshot, only what ``reader`` may read."""
        ...
