"""settlement asks assist: who are the parties of a session?"""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection
from harmony.assist.sessions import service as sessions
from harmony.assist.sessions.errors import SessionUnknown
from harmony.settlement.ports import Parties

ON_BEHALF = "system"


async def parties(connection: Connection, session_id: str) -> Parties | None:
    """``Consultations.parties``: None when there is no such session."""
    try:
        session = await sessions.find_session(connection, session_id, ON_BEHALF, admin=True)
    except SessionUnknown:
        return None
    return Parties(session.seeker_id, session.expert_id)
