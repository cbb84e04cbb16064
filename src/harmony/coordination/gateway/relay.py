"""One WebSocket from a caller to a component and back, message by message."""

from __future__ import annotations

import asyncio
from typing import Any

from harmony.coordination.gateway.asking import Crossing
from harmony.coordination.gateway.errors import Unreachable
from harmony.coordination.gateway.exchange import cancelled, check_page, lost_refusal, trace_for
from harmony.coordination.gateway.headers import read_asked, sent
from harmony.coordination.gateway.model import ATTEMPTS_LIMIT, CONNECT_SECONDS, SOCKETS_LIMIT, authority
from harmony.coordination.gateway.paths import Target, checked_query
from harmony.coordination.gateway.ports import Closed, Lost, NotSent, Socket
from harmony.coordination.registry.model import Component

OVER = 1000
GOING_AWAY = 1012
UNSPOKEN = frozenset({1004, 1005, 1006, 1015})
"""Codes that stand for an end without a word and may not be sent."""
_HANDSHAKE = (b"host", b"content-length", b"sec-websocket-protocol")


class Relay:
    """One WebSocket of one caller. It counts among what its component and its caller have in flight."""

    def __init__(self, crossing: Crossing, target: Target, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self._crossing = crossing
        self._target = target
        self._scope = scope
        self._receive = receive
        self._send = send

    async def run(self) -> None:
        """Relay until one side closes or the process ends; raises a refusal before the socket is accepted."""
        crossing, scope = self._crossing, self._scope
        asked = read_asked(scope["headers"])
        check_page(asked)
        checked_query(scope["query_string"])
        caller = await crossing.callers.caller(crossing.house, scope, asked)
        now = crossing.house.database.clock.monotonic()
        with crossing.traffic.admitted(caller.id, now), crossing.traffic.socket(SOCKETS_LIMIT):
            if (await self._receive())["type"] != "websocket.connect":
                return
            trace = trace_for(crossing, asked)
            way = await crossing.way(self._target, asked, caller, "GET", trace[3:35].decode())
            client = scope.get("client")

            def headers_for(component: Component) -> list[tuple[str, str]]:
                passed = sent(
                    asked,
                    authority=authority(component),
                    client=client[0] if client else "unknown",
                    prefix=self._target.prefix,
                    caller=caller.id,
                    trace=trace,
                    seconds=CONNECT_SECONDS,
                )
                return [
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in passed
                    if name not in _HANDSHAKE
                ]

            component, socket = await self._dialled(way, headers_for)
            try:
                await self._send({"type": "websocket.accept", "subprotocol": socket.subprotocol, "headers": []})
                await self._relay(socket)
            finally:
                crossing.traffic.ended(component.id)

    async def _dialled(self, way: Any, headers_for: Any) -> tuple[Component, Socket]:
        """A socket to somebody. A handshake is a GET: it may be tried again."""
        tried: set[str] = set()
        lost: Lost | None = None
        traffic, clock = self._crossing.traffic, self._crossing.house.database.clock
        path = self._target.rest + (b"?" + self._scope["query_string"] if self._scope["query_string"] else b"")
        for attempt in range(ATTEMPTS_LIMIT):
            component = way.choose(tried, again=False)
            if component is None or (attempt and not traffic.may_retry(component.id, clock.monotonic())):
                break
            tried.add(component.id)
            traffic.began(component.id)
            try:
                socket = await self._crossing.upstream.dial(
                    component, path.decode("ascii"), headers_for(component), self._scope.get("subprotocols") or []
                )
            except NotSent:
                traffic.failed(component.id, "refused", clock.monotonic())
            except Lost as error:
                # No word of its health: it may simply have no WebSocket there.
                lost = error
            else:
                traffic.succeeded(component.id, clock.monotonic())
                return component, socket
            traffic.ended(component.id)
        if lost is not None:
            raise lost_refusal(lost, self._target.name)
        raise Unreachable(f"{self._target.name} cannot be reached", details={"tried": sorted(tried)})

    async def _relay(self, socket: Socket) -> None:
        onward = asyncio.create_task(self._onward(socket), name="gateway to component")
        back = asyncio.create_task(self._back(socket), name="gateway to caller")
        closing = asyncio.ensure_future(self._crossing.closing.wait())
        done: set[asyncio.Future[Any]] = set()
        try:
            done, _ = await asyncio.wait((onward, back, closing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await cancelled(onward, back, closing)
        if back in done and not back.cancelled():
            await self._send({"type": "websocket.close", "code": back.result()})
            await socket.close(OVER)
        elif onward in done and not onward.cancelled():
            await socket.close(onward.result())
        else:
            await self._send({"type": "websocket.close", "code": GOING_AWAY})
            await socket.close(GOING_AWAY)

    async def _onward(self, socket: Socket) -> int:
        """The code with which the caller closed."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return spoken(message.get("code", OVER))
            text = message.get("text")
            try:
                await socket.send(text if text is not None else message["bytes"])
            except Closed as closed:
                return spoken(closed.code)

    async def _back(self, socket: Socket) -> int:
        """The code with which the component closed."""
        while True:
            try:
                message = await socket.receive()
            except Closed as closed:
                return spoken(closed.code)
            kind = "text" if isinstance(message, str) else "bytes"
            await self._send({"type": "websocket.send", kind: message})


def spoken(code: int) -> int:
    """A code that may be sent for ``code``."""
    if code == 1005:
        return OVER
    return 1011 if code in UNSPOKEN or not 1000 <= code <= 4999 else code
