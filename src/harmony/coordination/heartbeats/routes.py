"""The handshake over HTTP: register, heartbeat, deregister, services, health; and what the Conductor thinks of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.adapters.http.problems import Problem
from harmony.commons.identity.edge import Edge, public, requires
from harmony.coordination.heartbeats.doubt import spared_until
from harmony.coordination.heartbeats.hot import HotRoute
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.schemas import (
    Acknowledged,
    AcknowledgedMany,
    AcknowledgedOne,
    Agreed,
    Commands,
    CommandView,
    ComponentId,
    Deregister,
    Deregistered,
    Drain,
    Graces,
    GraceView,
    HealthView,
    Heartbeat,
    Heartbeats,
    IssueCommand,
    RefusedOne,
    Registered,
    Service,
    Why,
)
from harmony.coordination.heartbeats.service import beat as beats
from harmony.coordination.heartbeats.service import join, members, watch
from harmony.coordination.registry.schemas import RegisterComponent
from harmony.kernel.errors import Refusal

PROBLEM: dict[str, Any] = {"model": Problem}
MANAGES = "components.manage"
"""May act for components that others hold."""
OneId = Annotated[ComponentId, Path()]

router = APIRouter(tags=["orchestra"])
hot = APIRouter(tags=["orchestra"], route_class=HotRoute)
"""What every member calls all the time."""


@router.post("/register", response_model=Registered | Agreed, responses={409: PROBLEM, 422: PROBLEM})
async def register(
    body: RegisterComponent, request: Request, edge: Annotated[Edge, requires("components.register")]
) -> JSONResponse:
    """Join the orchestra. The same namespace, component, host and port is always given the same id."""
    registration = body.to_registration(request.client.host if request.client else None)
    pulse, built_in = edge.house.port(Pulse), edge.house.port(BuiltIn).names()
    shape = Registered if body.protocol_versions is None else Agreed

    async def work(uow: UnitOfWork) -> Registered:
        return shape.of(await join.join(uow, pulse, registration, built_in), uow.now)

    return await edge.once(body, work)


@hot.post("/heartbeat", responses={403: PROBLEM, 404: PROBLEM, 409: PROBLEM, 410: PROBLEM, 422: PROBLEM})
async def heartbeat(body: Heartbeat, edge: Annotated[Edge, requires("components.heartbeat")]) -> Acknowledged:
    """Say that the component is alive, how it is, and what it counted. Unknown ids are told to register again."""
    return Acknowledged.of(await _hear(edge, body))


@router.post("/heartbeat/batch", responses={422: PROBLEM})
async def heartbeat_batch(
    body: Heartbeats, edge: Annotated[Edge, requires("components.heartbeat")]
) -> AcknowledgedMany:
    """The beats of many components at once; each is accepted or refused by itself."""
    results: list[AcknowledgedOne | RefusedOne] = []
    for one in body.heartbeats:
        try:
            accepted = Acknowledged.of(await _hear(edge, one))
            results.append(AcknowledgedOne(component_id=one.component_id, **dict(accepted)))
        except Refusal as refusal:
            refused = RefusedOne(
                component_id=one.component_id, code=refusal.code, message=refusal.message, hint=refusal.hint
            )
            results.append(refused)
    return AcknowledgedMany(results=results)


@router.post("/deregister", responses={403: PROBLEM, 404: PROBLEM, 410: PROBLEM, 422: PROBLEM})
async def deregister(body: Deregister, edge: Annotated[Edge, requires("components.register")]) -> Deregistered:
    """Leave the orchestra: nobody waits for beats, and the id is kept for this component alone."""
    pulse, by_anybody = edge.house.port(Pulse), edge.caller.may(MANAGES)
    async with edge.begin() as uow:
        await join.leave(uow, pulse, body.component_id, body.reason, by_anybody=by_anybody)
    return Deregistered(component_id=body.component_id)


@router.get("/services/{component_id}", responses={404: PROBLEM, 410: PROBLEM})
async def service(component_id: OneId, edge: Annotated[Edge, requires("components.read")]) -> Service:
    """One component and how it is."""
    async with edge.reading() as connection:
        return Service.of(await members.find_member(connection, component_id, edge.house.port(Pulse)))


@router.get("/services/{component_id}/why", responses={404: PROBLEM, 410: PROBLEM})
async def why(component_id: OneId, edge: Annotated[Edge, requires("components.read")]) -> Why:
    """Why a component is as it is: every change of its status with the evidence for it, newest first."""
    pulse = edge.house.port(Pulse)
    async with edge.reading() as connection:
        lease, changes = await members.why(connection, component_id, pulse)
    return Why.of(lease, changes, spared_until(lease, pulse.grace))


@router.post("/services/{component_id}/drain", responses={403: PROBLEM, 404: PROBLEM, 410: PROBLEM})
async def drain(component_id: OneId, body: Drain, edge: Annotated[Edge, requires("components.register")]) -> Service:
    """Give a component nothing new, so that it can end what it has; or give it work again."""
    pulse, by_anybody = edge.house.port(Pulse), edge.caller.may(MANAGES)
    async with edge.begin() as uow:
        await join.drain(uow, component_id, body.draining, by_anybody=by_anybody)
        return Service.of(await members.find_member(uow.connection, component_id, pulse))


@router.get("/services/{component_id}/commands", responses={404: PROBLEM, 410: PROBLEM})
async def commands(component_id: OneId, edge: Annotated[Edge, requires("components.manage")]) -> Commands:
    """What a component has still to acknowledge."""
    async with edge.reading() as connection:
        found = await beats.list_commands(connection, component_id, edge.house.database.clock.now())
    return Commands(commands=[CommandView.of(one) for one in found])


@router.post(
    "/services/{component_id}/commands",
    response_model=CommandView,
    status_code=201,
    responses={404: PROBLEM, 409: PROBLEM, 410: PROBLEM},
)
async def command(
    component_id: OneId, body: IssueCommand, edge: Annotated[Edge, requires("components.manage")]
) -> JSONResponse:
    """Tell a component to do something, in the answers to its beats until it acknowledges."""
    pulse, life = edge.house.port(Pulse), timedelta(seconds=body.life_seconds)

    async def work(uow: UnitOfWork) -> CommandView:
        return CommandView.of(await beats.command(uow, pulse, component_id, body.command, body.arguments, life))

    return await edge.once(body, work, status=201)


@router.get("/grace")
async def graces(edge: Annotated[Edge, requires("components.read")]) -> Graces:
    """When the Conductor doubted itself, why, and whom it spared."""
    async with edge.reading() as connection:
        found = await members.list_graces(connection)
    return Graces(doubting=bool(found) and found[0].ended_at is None, graces=[GraceView.of(grace) for grace in found])


@router.post("/grace/end", responses={409: PROBLEM})
async def end_grace(edge: Annotated[Edge, requires("components.manage")]) -> GraceView:
    """Trust what is heard again, before the bound: whoever is silent is then let go, a few at a time."""
    pulse = edge.house.port(Pulse)
    async with edge.begin() as uow:
        ended = await watch.end_grace(uow, pulse, edge.caller.id)
    pulse.wanted.set()
    return GraceView.of(ended)


@router.get("/health", response_model=HealthView, responses={503: {"model": HealthView}})
async def health(edge: Annotated[Edge, public()]) -> JSONResponse:
    """200 once every component that was started is registered, 503 before."""
    expected, pulse = edge.house.port(Expected), edge.house.port(Pulse)
    async with edge.reading() as connection:
        found = await members.check_health(connection, pulse, expected.names(), expected.since())
    view = HealthView.of(found, edge.house.database.clock.now())
    return JSONResponse(view.model_dump(mode="json"), status_code=503 if found.missing else 200)


async def _hear(edge: Edge, body: Heartbeat) -> Any:
    house = edge.house
    return await beats.hear(house.database, house.port(Pulse), body.to_beat(), actor=edge.caller.id, trace=edge.trace)


router.include_router(hot)
