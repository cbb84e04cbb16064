"""What settlement asks of the other planes; ``apps.links`` fulfils it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from harmony.adapters.db.unit_of_work import Connection


@dataclass(frozen=True, slots=True)
class Parties:
    """Who takes part in a consultation: the ids of the principals."""

    seeker: str
    expert: str


class Consultations(Protocol):
    async def parties(self, connection: Connection, session_id: str) -> Parties | None:
        """The parties of a session, None when there is no such session."""
        ...
