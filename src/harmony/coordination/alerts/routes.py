"""The dashboard over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.alerts.schemas import Dashboard
from harmony.coordination.heartbeats.service import list_members

router = APIRouter(tags=["orchestra"])


@router.get("/dashboard")
async def dashboard(edge: Annotated[Edge, requires("components.read")]) -> Dashboard:
    """Every component, and one word for the whole."""
    async with edge.reading() as connection:
        members = await list_members(connection)
    return Dashboard.of(members, edge.house.database.clock.now())
