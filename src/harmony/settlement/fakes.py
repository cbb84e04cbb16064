"""In-memory stand-in of what settlement asks of the other planes."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmony.adapters.db.unit_of_work import Connection
from harmony.settlement.ports import Parties


@dataclass
class InMemoryConsultations:
    """Sessions by id."""

    sessions: dict[str, Parties] = field(default_factory=dict)

    async def parties(self, connection: Connection, session_id: str) -> Parties | None:
        return self.sessions.get(session_id)
