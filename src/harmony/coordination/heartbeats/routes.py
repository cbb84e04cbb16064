"""The handshake over HTTP: register, heartbeat, services, health."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.adapters.http.problems import Problem
from harmony.commons.identity.edge import Edge, public, requires
from harmony.coordination.heartbeats import service
from harmony.coordination.heartbeats.model import Status
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.coordination.heartbeats.schemas import (
    Acknowledged,
    HealthView,
    Heartbeat,
    Registered,
    Service,
    Services,
)
from harmony.coordination.registry.model import Filter
from harmony.coordination.registry.schemas import Capability, ComponentName, RegisterComponent

PROBLEM: dict[str, Any] = {"model": Problem}

router = APIRouter(tags=["orchestra"])


@router.post("/register", response_model=Registered, responses={409: PROBLEM, 422: PROBLEM})
async def register(
    body: RegisterComponent, request: Request, edge: Annotated[Edge, requires("components.register")]
) -> JSONResponse:
    """Join the orchestra. The same component, host and port is always given the same id."""
    registration = body.to_registration(request.client.host if request.client else None)
    built_in = edge.house.port(BuiltIn).names()

    async def work(uow: UnitOfWork) -> Registered:
        return Registered.of(await service.join(uow, registration, built_in), uow.now)

    return await edge.once(body, work)


@router.post("/heartbeat", responses={403: PROBLEM, 404: PROBLEM, 422: PROBLEM})
async def heartbeat(body: Heartbeat, edge: Annotated[Edge, requires("components.heartbeat")]) -> Acknowledged:
    """Say that the component is alive, how it is, and what it counted. Unknown ids are told to register again."""
    async with edge.begin() as uow:
        next_heartbeat = await service.beat(uow, body.to_beat())
    return Acknowledged(next_heartbeat=next_heartbeat)


@router.get("/services", responses={422: PROBLEM})
async def services(
    edge: Annotated[Edge, requires("components.read")],
    component: Annotated[ComponentName | None, Query()] = None,
    capability: Annotated[Capability | None, Query()] = None,
    status: Annotated[Status | None, Query()] = None,
) -> Services:
    """Who takes part, in the order of names; all filters given must hold."""
    async with edge.reading() as connection:
        members = await service.list_members(connection, Filter(component, capability), status)
    return Services(services=[Service.of(member) for member in members])


@router.get("/health", response_model=HealthView, responses={503: {"model": HealthView}})
async def health(edge: Annotated[Edge, public()]) -> JSONResponse:
    """200 once every component that was started is registered, 503 before."""
    expected = edge.house.port(Expected)
    async with edge.reading() as connection:
        found = await service.check_health(connection, expected.names(), expected.since())
    view = HealthView.of(found, edge.house.database.clock.now())
    return JSONResponse(view.model_dump(mode="json"), status_code=503 if found.missing else 200)
