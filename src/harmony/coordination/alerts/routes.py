"""The dashboard over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.alerts.schemas import Dashboard
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service.members import list_members

router = APIRouter(tags=["orchestra"])


@router.get("/dashboard", response_model_exclude_unset=True)
async def dashboard(edge: Annotated[Edge, requires("components.read")]) -> Dashboard:
    """Every component, and one word for the whole."""
    pulse = edge.house.port(Pulse)
    async with edge.reading() as connection:
        members = await list_members(connection, pulse=pulse)
    return Dashboard.of(members, pulse.grace, edge.house.database.clock.now())
