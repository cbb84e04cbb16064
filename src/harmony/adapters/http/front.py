"""The few busiest routes in front of the framework: its layers cost more than what they would carry.

A route that can answer by itself has ``in_front``. It stays an ordinary route of the framework, for documents, guards
and whatever it hands on; only the way to it is short. Refusals become the same problem documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from fastapi import FastAPI

from harmony.adapters.http import problems
from harmony.kernel.errors import Refusal


@runtime_checkable
class InFront(Protocol):
    """A route with a fixed path that answers by itself."""

    path: str
    methods: set[str]

    async def in_front(self, scope: Any, receive: Any, send: Any) -> Any | None:
        """Answer, or return the ``receive`` with which the framework goes on; raises refusals."""
        ...


class Front:
    """ASGI: hands a request to the route in front that it is for, any other to ``app``."""

    def __init__(self, app: FastAPI, routes: Iterable[Any], now: Callable[[], datetime]) -> None:
        self._app = app
        self._now = now
        self._routes = {
            (method, route.path): route for route in routes if isinstance(route, InFront) for method in route.methods
        }

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        route = self._routes.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if route is None:
            await self._app(scope, receive, send)
            return
        scope["app"], scope["route"] = self._app, route
        try:
            going_on = await route.in_front(scope, receive, send)
        except Refusal as refusal:
            await problems.of_refusal(refusal, scope["path"], self._now())(scope, receive, send)
        except Exception:  # whatever it was, the caller is answered as the framework would answer it
            await problems.of_mistake(scope["path"], self._now())(scope, receive, send)
            raise  # the server logs it, as it does the framework's
        else:
            if going_on is not None:
                await self._app(scope, going_on, send)
