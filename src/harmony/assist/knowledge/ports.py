"""What knowledge asks upward: the facts of a session that a draft is made from."""

from __future__ import annotations

from typing import Protocol

from harmony.adapters.db.unit_of_work import Connection
from harmony.assist.knowledge.model import SessionFacts


class SessionReader(Protocol):
    async def __call__(self, connection: Connection, session_id: str, principal_id: str) -> SessionFacts:
        """The facts of a session that ``principal_id`` is a party of; refuses with 404 otherwise."""
        ...
