"""The way in of a request: who calls, in which trace, with which permission, in which transaction.

A route declares ``edge: Annotated[Edge, requires("room.verb")]`` and works in ``edge.begin()`` or ``edge.once(...)``;
a route that anybody may call declares ``public()``. A route that declares neither stops the start (``unguarded``).
"""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Depends
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute, APIWebSocketRoute
from pydantic import BaseModel
from starlette.requests import HTTPConnection
from starlette.routing import Route

from harmony.adapters.db import idempotency
from harmony.adapters.db.errors import KeyMissing
from harmony.adapters.db.pool import Database, new_trace
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.adapters.http.traces import trace_of
from harmony.commons.identity import service
from harmony.commons.identity.errors import PermissionMissing, SignInNeeded
from harmony.commons.identity.model import GRANTS, LOCAL_ROLE, Principal
from harmony.commons.identity.service import Signer
from harmony.commons.journal.service import Journal, append
from harmony.messages.identity import AccessRefused, PrivilegeUsed

Port = TypeVar("Port")

COOKIE = "harmony_session"
WEBSOCKET = "WEBSOCKET"
"""Stands for the method in the name of a route that is a WebSocket."""
LOCAL = Principal("local", "operator", "local caller", (LOCAL_ROLE,))
ANYBODY = Principal("anybody", "person", "anybody", ())


@dataclass(frozen=True, slots=True)
class House:
    """What every component's application is given at the start; kept in ``app.state.house``."""

    database: Database
    journal: Journal
    signer: Signer
    ports: Mapping[type, Any] = field(default_factory=dict)
    """What the planes ask of one another: the protocols of their ``ports.py``, fulfilled by ``apps.links``."""
    local_allowed: bool = True

    def port(self, protocol: type[Port]) -> Port:
        """What fulfils ``protocol``; wiring that is missing is a programming error."""
        found: Port = self.ports[protocol]
        return found


@dataclass(frozen=True, slots=True)
class Edge:
    """One request's caller and its door to the database."""

    house: House
    caller: Principal
    trace: str
    route: str
    key: str | None

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """The transaction of this request; the edge commits it by leaving the block."""
        return self.house.database.begin(actor=self.caller.id, trace=self.trace)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        async with self.house.database.reading() as connection:
            yield connection

    async def once(
        self,
        body: BaseModel | bytes | None,
        work: Callable[[UnitOfWork], Awaitable[BaseModel]],
        *,
        status: int = 200,
        key_required: bool = False,
    ) -> JSONResponse:
        """Do ``work`` in one transaction and answer what it returns; with an Idempotency-Key, once.

        The same key with the same body is answered as the first time, another body is refused (409).
        """
        if self.key is None:
            if key_required:
                raise KeyMissing("this act moves money and needs an Idempotency-Key header", field="Idempotency-Key")
            async with self.begin() as uow:
                answer = await work(uow)
            return JSONResponse(answer.model_dump(mode="json", by_alias=True), status_code=status)
        claim = idempotency.Claim(self.caller.id, self.route, self.key)
        async with self.begin() as uow:
            earlier = await idempotency.claim(uow, claim, _body_bytes(body))
            if earlier is not None:
                headers = {"Idempotent-Replayed": "true"}
                return JSONResponse(earlier.body, status_code=earlier.status, headers=headers)
            content = (await work(uow)).model_dump(mode="json", by_alias=True)
            await idempotency.store(uow, claim, idempotency.Answer(status, content))
        return JSONResponse(content, status_code=status)


class Guard:
    """The dependency that authenticates the caller and asks for ``permission``; None lets anybody in."""

    def __init__(self, permission: str | None) -> None:
        self.permission = permission

    async def __call__(self, request: HTTPConnection) -> Edge:
        house: House = request.app.state.house
        edge = Edge(
            house=house,
            caller=await _caller(request, house) or ANYBODY,
            trace=trace_given(request, house),
            route=f"{request.scope.get('method', WEBSOCKET)} {request.scope['route'].path}",
            key=request.headers.get("Idempotency-Key"),
        )
        request.state.caller = edge.caller.id
        if self.permission is not None:
            await _authorise(edge, self.permission)
        return edge


def trace_given(request: HTTPConnection, house: House) -> str:
    """The trace that the server gave the request, or that its caller did."""
    given: str | None = getattr(request.state, "trace", None)
    return given or trace_of(request.headers.get("traceparent")) or new_trace(house.database.chance)


def requires(permission: str) -> Any:
    """Only callers whose roles carry ``permission``."""
    return Depends(Guard(permission))


def public() -> Any:
    """Anybody; the caller is known when a valid proof was sent."""
    return Depends(Guard(None))


def guards(routes: Iterable[Any]) -> dict[str, str | None]:
    """``METHOD path`` of each guarded route and its permission, None for a public one."""
    return {
        name: dependency.call.permission
        for route in _api_routes(routes)
        for dependency in route.dependant.dependencies
        if isinstance(dependency.call, Guard)
        for name in _names(route)
    }


def unguarded(routes: Iterable[Any]) -> list[str]:
    """``METHOD path`` of each API route that names neither a permission nor ``public()``."""
    declared = list(_api_routes(routes))
    guarded = guards(declared)
    return [name for route in declared for name in _names(route) if name not in guarded]


def _api_routes(routes: Iterable[Any]) -> Iterator[APIRoute | APIWebSocketRoute]:
    """The API routes, also of included routers; refuses to pass over a kind of route that it does not know."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _api_routes(included.routes)
        elif isinstance(route, APIRoute | APIWebSocketRoute):
            yield route
        elif not isinstance(route, Route) or route.path != "/openapi.json":
            raise TypeError(f"a route of an unknown kind could let anybody in: {route!r}")


def _names(route: APIRoute | APIWebSocketRoute) -> list[str]:
    methods = sorted(route.methods or ()) if isinstance(route, APIRoute) else [WEBSOCKET]
    return [f"{method} {route.path}" for method in methods]


async def _caller(request: HTTPConnection, house: House) -> Principal | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return await service.of_bearer(house.database, house.signer, token.strip())
    cookie = request.cookies.get(COOKIE)
    if cookie:
        found = await service.of_cookie(house.database, cookie)
        if found is not None:
            return found
    if house.local_allowed and _from_loopback(request) and request.headers.get("Origin") is None:
        return LOCAL
    return None


def _from_loopback(request: HTTPConnection) -> bool:
    if request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


async def _authorise(edge: Edge, permission: str) -> None:
    if edge.caller.may(permission):
        if "admin" in edge.caller.roles and edge.route.split()[0] not in ("GET", "HEAD"):
            async with edge.begin() as uow:
                await append(uow, PrivilegeUsed(edge.caller.id, permission, edge.route), subject=edge.caller.id)
        return
    if edge.caller in (ANYBODY, LOCAL):
        raise SignInNeeded("this needs a signed-in caller", details={"permission": permission})
    async with edge.begin() as uow:
        await append(uow, AccessRefused(edge.caller.id, permission, edge.route), subject=edge.caller.id)
    carriers = [role for role, grants in GRANTS.items() if permission in grants or "*" in grants]
    raise PermissionMissing(
        f"this needs the permission {permission}", details={"permission": permission, "roles_that_carry_it": carriers}
    )


def _body_bytes(body: BaseModel | bytes | None) -> bytes:
    if body is None:
        return b""
    return body if isinstance(body, bytes) else body.model_dump_json().encode()
