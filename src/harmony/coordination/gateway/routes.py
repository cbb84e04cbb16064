"""``GET /gateway``: what is in flight, who is ejected and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.gateway import service
from harmony.coordination.gateway.asking import Board
from harmony.coordination.gateway.schemas import GatewayView

router = APIRouter(tags=["gateway"])


@router.get("/gateway")
async def gateway(edge: Annotated[Edge, requires("inspect.read")]) -> GatewayView:
    """How each component did by this process: outstanding, tries more, failures, ejections with their evidence."""
    board = edge.house.port(Board)
    told = service.told(edge.house.database, board.directory, board.traffic)
    return GatewayView.of(told, board.traffic)
