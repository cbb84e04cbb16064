"""The front door: fixed prefixes to the components of this process, others' names to the gateway, the rest to the page.

The browser talks to this port only. What runs in this process is called in this process, without a socket.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from harmony.adapters.http.problems import of_refusal
from harmony.apps.components.component import Component
from harmony.apps.components.page import Page
from harmony.commons.identity.edge import House
from harmony.coordination.gateway.asking import Board, Crossing
from harmony.coordination.gateway.door import Gateway
from harmony.coordination.gateway.paths import BY_CAPABILITY, Target, target_of
from harmony.kernel.errors import Refusal, Unavailable

# Longest prefix first. A prefix ending in a star is taken off before the component sees the path.
ROUTES: tuple[tuple[str, str], ...] = (
    ("/api/v1/harmony/", "harmony-settlement"),
    ("/conductor/*", "conductor"),
    ("/v1/", "harmony-live"),
    ("/rpc", "harmony-live"),
    ("/mcp", "harmony-live"),
    ("/auth", "global-nexus"),
    ("/inspect/", "global-nexus"),
    ("/gateway", "global-nexus"),
    ("/health", "global-nexus"),
    ("/openapi.json", "global-nexus"),
)
_FIRST_WORDS = frozenset(prefix.split("/")[1] for prefix, _ in ROUTES)


class ComponentAbsent(Unavailable):
    code = "front_door.component_absent"
    hint = "Start it with `harmony up`, which starts every component, or name it: `harmony up <name>`."


class FrontDoor:
    """ASGI: hands each request to the component that its path belongs to, and the rest to the page.

    ``gateway`` is asked for what no component of this process answers.
    """

    def __init__(self, page: Any, gateway: Any, now: Callable[[], datetime]) -> None:
        self._page = page
        self._gateway = gateway
        self._now = now
        self._components: Mapping[str, Any] = {}
        self._capabilities: Mapping[str, str] = {}

    def opens_to(self, components: Mapping[str, Any], capabilities: Mapping[str, str]) -> None:
        """The applications that stand behind the door, by component name, and who of them has which capability."""
        self._components = components
        self._capabilities = capabilities

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        prefix, name = _route(scope["path"])
        if name is None:
            await self._elsewhere(scope, receive, send)
            return
        application = self._components.get(name)
        if application is None:
            refusal = ComponentAbsent(f"{name} does not run here", details={"component": name})
            await self._refuse(refusal, scope, receive, send)
            return
        if prefix.endswith("*"):
            inner = "/" + scope["path"][len(prefix) - 1 :]
            scope = {**scope, "path": inner, "raw_path": inner.encode()}
        await application(scope, receive, send)

    async def _elsewhere(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """A component by its name or by what it can do; the page for everything else."""
        try:
            own = self._own(scope["raw_path"])
        except Refusal as refusal:
            await self._refuse(refusal, scope, receive, send)
            return
        if own is not None:
            application, target = own
            scope = {**scope, "path": unquote(target.rest.decode("ascii")), "raw_path": target.rest}
            await application(scope, receive, send)
        elif (target := await self._gateway.target(scope)) is not None:
            await self._gateway.answer(target, scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._page(scope, receive, send)

    def _own(self, raw_path: bytes) -> tuple[Any, Target] | None:
        """The component of this process that is named, or that offers what is named: nobody else is asked for it."""
        head, _, rest = raw_path[1:].partition(b"/")
        # Component names and capabilities of our own are plain words, so their raw form is the only one.
        word = rest.partition(b"/")[0] if head == BY_CAPABILITY.encode() else head
        name = word.decode("latin-1")
        if name not in (self._components if word is head else self._capabilities):
            return None
        target = target_of(raw_path)
        if target is None:
            return None
        name = name if target.kind == "component" else self._capabilities[name]
        application = self._components.get(name)
        return None if application is None else (application, target)

    async def _refuse(self, refusal: Refusal, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await of_refusal(refusal, scope["path"], self._now())(scope, receive, send)


def opened(
    house: House,
    components: Iterable[Component],
    applications: Mapping[str, Any],
    ports: Iterable[int],
    closing: asyncio.Event,
) -> FrontDoor:
    """The front door. Its gateway never calls this process's own ports: there it would be taken for a local caller."""
    house.port(Board).directory.own_ports = frozenset(ports)
    door = FrontDoor(Page(), Gateway(Crossing(house, closing)), house.database.clock.now)
    capabilities = {capability: one.name for one in components for capability in one.capabilities}
    door.opens_to(applications, capabilities)
    return door


def _route(path: str) -> tuple[str, str | None]:
    """A fixed prefix ends where a word of the path does: ``/rpc`` is not ``/rpc-monitor``."""
    if path[1:].partition("/")[0] not in _FIRST_WORDS:
        return "", None
    for prefix, name in ROUTES:
        fixed = prefix.rstrip("*").rstrip("/")
        if path == fixed or path.startswith(f"{fixed}/"):
            return prefix, name
    return "", None
