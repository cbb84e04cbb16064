"""Who may call from where: the Host must be ours, and a browser's Origin too.

A page of another site can make a browser send requests here, and a name of another site can be made to resolve to
this machine (DNS rebinding). Both carry a foreign Origin or Host, and both are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from harmony.adapters.http.problems import of_refusal
from harmony.kernel.errors import Refusal


class HostRefused(Refusal):
    code = "http.host_refused"
    status = 421
    hint = "Call Harmony by the address that `harmony up` printed."


class OriginRefused(Refusal):
    code = "http.origin_refused"
    status = 403
    hint = "Use the page that Harmony serves itself."


class OriginGuard:
    """ASGI: lets through only requests for one of ``hosts`` and, when they come from a browser, from one of them."""

    def __init__(self, app: Any, hosts: Collection[str], now: Callable[[], datetime]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._now = now

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(_all(scope, b"host"), _all(scope, b"origin"))
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await of_refusal(refusal, scope["path"], self._now())(scope, receive, send)

    def _refusal(self, hosts: list[str], origins: list[str]) -> Refusal | None:
        """A header that is there twice means one thing to us and another to who reads the other: neither is taken."""
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return HostRefused("this Host is not served here", field="Host")
        if not origins:
            return None
        scheme, _, authority = origins[0].partition("://")
        if len(origins) != 1 or scheme not in ("http", "https") or authority not in self._hosts:
            return OriginRefused("this Origin may not call Harmony", field="Origin")
        return None


def _all(scope: dict[str, Any], name: bytes) -> list[str]:
    return [value.decode("latin-1").lower() for key, value in scope["headers"] if key == name]
