"""``GET /services``: now, as of a revision, or as soon as something has changed."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from harmony.adapters.http.problems import Problem
from harmony.adapters.http.streams import PLACES, upcoming
from harmony.commons.identity.edge import Edge, requires
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.store import head
from harmony.coordination.heartbeats.model import Member, Status
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.schemas import Service, Services
from harmony.coordination.heartbeats.service import members
from harmony.coordination.heartbeats.service.members import REGISTRY_KINDS
from harmony.coordination.registry.model import VERSION_LIMIT_CHARACTERS, Filter
from harmony.coordination.registry.schemas import Capability, ComponentName, Namespace, Zone

PROBLEM: dict[str, Any] = {"model": Problem}
INDEX_HEADER = "X-Harmony-Index"
WAIT_DEFAULT_SECONDS = 30.0
WAIT_LIMIT_SECONDS = 60.0

Revision = Annotated[int, Query(ge=0, le=2**53)]

router = APIRouter(tags=["orchestra"])


@router.get("/services", responses={410: PROBLEM, 422: PROBLEM, 503: PROBLEM})
async def services(
    request: Request,
    response: Response,
    edge: Annotated[Edge, requires("components.read")],
    component: Annotated[ComponentName | None, Query()] = None,
    capability: Annotated[Capability | None, Query()] = None,
    status: Annotated[Status | None, Query()] = None,
    version: Annotated[str | None, Query(max_length=VERSION_LIMIT_CHARACTERS)] = None,
    zone: Annotated[Zone | None, Query()] = None,
    namespace: Annotated[Namespace | None, Query()] = None,
    index: Revision | None = None,
    wait: Annotated[float, Query(ge=0, le=WAIT_LIMIT_SECONDS)] = WAIT_DEFAULT_SECONDS,
    revision: Revision | None = None,
) -> Services:
    """Who takes part, in the order of names; all filters given must hold.

    The header ``X-Harmony-Index`` says as of which revision. Given back as ``index`` the answer comes as soon as the
    registry has changed after it, or after ``wait`` seconds. ``revision`` asks for the registry as it was then.
    """
    selected = Filter(component, capability, version, zone, namespace)
    if index is not None:
        with PLACES.opened(edge.caller.id):
            await _changed(edge, index, wait, request.app.state.closing)
    found, as_of = await _members(edge, selected, status, revision)
    response.headers[INDEX_HEADER] = str(as_of)
    return Services(services=[Service.of(member) for member in found])


async def _members(
    edge: Edge, selected: Filter, status: Status | None, revision: int | None
) -> tuple[list[Member], int]:
    async with edge.reading() as connection:
        if revision is not None:
            return await members.list_members_as_of(connection, revision, selected, status), revision
        as_of = (await head(connection)).revision
        return await members.list_members(connection, selected, status, edge.house.port(Pulse)), as_of


async def _changed(edge: Edge, index: int, wait: float, closing: asyncio.Event) -> None:
    """Until an entry about components follows ``index``, or the patience ends; a foreign index does not wait."""
    follower = edge.house.journal.follow(index, REGISTRY_KINDS, patience_seconds=WAIT_LIMIT_SECONDS)
    try:
        async with asyncio.timeout(wait):
            while (batch := await upcoming(follower, closing)) is not None:
                if batch:
                    return
    except (TimeoutError, PositionCompacted, PositionAhead):
        return
