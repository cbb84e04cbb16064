"""Rewards over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from harmony.assist.rewards import service
from harmony.assist.rewards.schemas import ContributionView
from harmony.commons.identity.edge import Edge, requires

OVERSEERS = frozenset({"coordinator", "admin"})

router = APIRouter(prefix="/v1", tags=["rewards"])


@router.get("/sessions/{sessionId}/contribution", response_model=ContributionView)
async def read_contribution(sessionId: str, edge: Annotated[Edge, requires("rewards.read")]) -> ContributionView:
    overseer = bool(OVERSEERS.intersection(edge.caller.roles))
    async with edge.reading() as connection:
        found = await service.find_contribution(connection, sessionId, edge.caller.id, overseer=overseer)
    return ContributionView.of(found)
