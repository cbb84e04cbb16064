"""``/inspect/ROOM``: what a room holds at this moment, read in one snapshot and changed by nobody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter

from harmony.adapters.db.unit_of_work import Connection
from harmony.apps.links import looks
from harmony.commons.identity.edge import Edge, requires
from harmony.kernel.errors import NotFound

Look = Callable[[Connection], Awaitable[dict[str, Any]]]

router = APIRouter(prefix="/inspect", tags=["inspection"])


class RoomUnknown(NotFound):
    code = "inspection.room_unknown"
    hint = "`harmony inspect` without a room lists the rooms that can be looked into."


@router.get("/", response_model=dict[str, Any])
async def rooms(_: Annotated[Edge, requires("inspect.read")]) -> dict[str, Any]:
    """Which rooms can be looked into."""
    return {"rooms": sorted(looks.LOOKS)}


@router.get("/{room}", response_model=dict[str, Any])
async def room(room: str, edge: Annotated[Edge, requires("inspect.read")]) -> dict[str, Any]:
    """What the room holds."""
    look: Look | None = looks.LOOKS.get(room)
    if look is None:
        raise RoomUnknown("there is no such room to look into", field="room", details={"rooms": sorted(looks.LOOKS)})
    async with edge.reading() as connection:
        return await look(connection)
