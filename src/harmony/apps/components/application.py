"""From a component to its ASGI application: routers, problem documents, limits, guards."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus
from importlib import metadata
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from harmony.adapters.db.pool import new_trace
from harmony.adapters.http import problems
from harmony.adapters.http.bodies import BodyLimit
from harmony.adapters.http.origins import OriginGuard
from harmony.adapters.http.traces import parent_of, trace_of, traceparent
from harmony.adapters.telemetry.spans import Sink, Span, around, new_span_id, unrecorded
from harmony.apps.components.component import Component
from harmony.commons.identity.edge import Edge, House, guards, public, unguarded
from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock

PROBLEM: dict[str, Any] = {"model": problems.Problem, "description": "A problem document (RFC 9457)."}
OWN_BODIES = ("/HealthView",)
"""Answers that are no refusals although their status is: what is not healthy says how it is."""
VERSION = metadata.version("harmony")

log = structlog.get_logger("http")


class Health(BaseModel):
    status: str
    component: str
    version: str


def document(component: Component) -> dict[str, Any]:
    """The component's OpenAPI document; each operation names its permission under ``x-permission``."""
    app = _bare(component)
    described: dict[str, Any] = app.openapi()
    for name, permission in guards(app.routes).items():
        method, path = name.split(" ", 1)
        operation = described["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            operation["x-permission"] = permission or "public"
            _tell_problems(operation["responses"])
    return described


def _tell_problems(responses: dict[str, Any]) -> None:
    """Every refusal is a problem document of its own media type, also those that FastAPI documents by itself."""
    for status, response in responses.items():
        content = response.get("content", {})
        plain = content.get("application/json", {}).get("schema", {})
        if status[0] in "45" and not plain.get("$ref", "").endswith(OWN_BODIES):
            response["content"] = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def application(
    component: Component, house: House, closing: asyncio.Event, hosts: Collection[str], record: Sink = unrecorded
) -> Watched:
    """The ASGI application of ``component``; ``hosts`` are the addresses it may be called by.

    Raises ``RuntimeError`` when a route names neither a permission nor that it is public.
    """
    app = _bare(component)
    forgotten = unguarded(app.routes)
    if forgotten:
        raise RuntimeError(f"routes without a permission: {', '.join(forgotten)}")
    app.state.house = house
    app.state.closing = closing
    now = house.database.clock.now
    problems.install(app, now)
    limited = BodyLimit(app, now, by_prefix=component.body_limits)
    guarded = OriginGuard(limited, hosts, now)
    return Watched(guarded, component.name, house.database.clock, house.database.chance, record)


class Watched:
    """ASGI: gives each request its trace and its span, logs its outcome without its query or body, and counts it."""

    def __init__(self, app: Any, component: str, clock: Clock, chance: Chance, record: Sink = unrecorded) -> None:
        self._app = app
        self._component = component
        self._clock = clock
        self._chance = chance
        self._record = record
        self.requests = 0
        self.errors = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, begun_at = self._clock.monotonic(), self._clock.now()
        headers = {name: value for name, value in scope["headers"] if name == b"traceparent"}
        given = headers.get(b"traceparent", b"").decode("latin-1")
        trace, span = trace_of(given) or new_trace(self._chance), new_span_id(self._chance)
        scope.setdefault("state", {})["trace"] = trace
        own = (b"traceparent", traceparent(trace, span).encode())
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value

        async def watched(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._note(scope, message, begun)
                message = {**message, "headers": [*message["headers"], own]}
            await send(message)

        token = around.set((trace, span))
        try:
            await self._app(scope, receive, watched)
        finally:
            around.reset(token)
            self._record(self._span(scope, status, span, parent_of(given), begun_at))

    def _span(self, scope: dict[str, Any], status: int, span: str, parent: str | None, begun: datetime) -> Span:
        """The request as a span, by its route: a path may hold what only its caller should know."""
        route = getattr(scope.get("route"), "path", "unmatched")
        return Span(
            name=f"{scope['method']} {route}",
            trace=scope["state"]["trace"],
            id=span,
            parent=parent,
            begun=begun,
            ended=self._clock.now(),
            kind="server",
            attributes={
                "http.request.method": scope["method"],
                "http.route": route,
                "http.response.status_code": status,
                "harmony.component": self._component,
            },
            failed=status >= HTTPStatus.INTERNAL_SERVER_ERROR,
        )

    def _note(self, scope: dict[str, Any], message: Any, begun: float) -> None:
        self.requests += 1
        self.errors += message["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR
        log.info(
            "answered",
            component=self._component,
            method=scope["method"],
            path=scope["path"],
            status=message["status"],
            trace=scope["state"].get("trace"),
            milliseconds=round((self._clock.monotonic() - begun) * 1000, 1),
        )


def _bare(component: Component) -> FastAPI:
    app = FastAPI(
        title=component.name,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_id,
        responses={"4XX": PROBLEM},
    )
    for router in component.routers:
        app.include_router(router)
    if "GET /health" not in guards(app.routes):
        app.include_router(_health(component.name))
    return app


def _health(name: str) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/health", response_model=Health)
    async def health(_: Annotated[Edge, public()]) -> Health:
        """Whether this component answers."""
        return Health(status="healthy", component=name, version=VERSION)

    return router


def _id(route: Any) -> str:
    return f"{route.tags[0] if route.tags else 'x'}.{route.name}"
