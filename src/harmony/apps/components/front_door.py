"""The front door: a plain route table from path prefixes to the components of this process.

The browser talks to this port only. It is a table, not a gateway: no balancing, no retries, no other processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from harmony.adapters.http.problems import of_refusal
from harmony.kernel.errors import Unavailable

# Longest prefix first. A prefix ending in a star is taken off before the component sees the path.
ROUTES: tuple[tuple[str, str], ...] = (
    ("/api/v1/harmony/", "harmony-settlement"),
    ("/conductor/*", "conductor"),
    ("/v1/", "harmony-live"),
    ("/rpc", "harmony-live"),
    ("/mcp", "harmony-live"),
    ("/auth", "global-nexus"),
    ("/inspect/", "global-nexus"),
    ("/health", "global-nexus"),
    ("/openapi.json", "global-nexus"),
)


class ComponentAbsent(Unavailable):
    code = "front_door.component_absent"
    hint = "Start it with `harmony up`, which starts every component, or name it: `harmony up <name>`."


class FrontDoor:
    """ASGI: hands each request to the component that its path belongs to, and the rest to the page."""

    def __init__(self, page: Any, now: Callable[[], datetime]) -> None:
        self._page = page
        self._now = now
        self._components: Mapping[str, Any] = {}

    def opens_to(self, components: Mapping[str, Any]) -> None:
        """The applications that stand behind the door, by component name."""
        self._components = components

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        prefix, name = _route(scope["path"])
        application = self._components.get(name) if name is not None else self._page
        if scope["type"] == "websocket" and (name is None or application is None):
            await send({"type": "websocket.close", "code": 1008})
            return
        if application is None:
            refusal = ComponentAbsent(f"{name} does not run here", details={"component": name})
            await of_refusal(refusal, scope["path"], self._now())(scope, receive, send)
            return
        if prefix.endswith("*"):
            inner = "/" + scope["path"][len(prefix) - 1 :]
            scope = {**scope, "path": inner, "raw_path": inner.encode()}
        await application(scope, receive, send)


def _route(path: str) -> tuple[str, str | None]:
    for prefix, name in ROUTES:
        fixed = prefix.rstrip("*")
        if path.startswith(fixed) or path == fixed.rstrip("/"):
            return prefix, name
    return "", None
