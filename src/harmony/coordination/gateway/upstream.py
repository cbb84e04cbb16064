"""The connections to components: HTTP/1.1 whose bytes pass through, read by the parser that also reads our callers."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections import deque
from collections.abc import Sequence
from typing import cast

import httptools
from websockets.asyncio.client import ClientConnection
from websockets.client import ClientProtocol
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from harmony.coordination.gateway.model import (
    ANSWER_HEAD_LIMIT_BYTES,
    CONNECT_SECONDS,
    CONNECTION_IDLE_SECONDS,
    CONNECTIONS_KEPT_LIMIT,
    FRAME_LIMIT_BYTES,
    HELD_LIMIT_BYTES,
    Failure,
    authority,
    may_connect,
)
from harmony.coordination.gateway.ports import Closed, Lost, NotSent
from harmony.coordination.registry.model import Component

Place = tuple[str, int]
NO_CODE = 1005
ABNORMAL = 1006


class HttpUpstream:
    """``Upstream`` over sockets, with a bounded number of idle lines to each component."""

    def __init__(self) -> None:
        self._kept: dict[Place, deque[HttpLine]] = {}

    async def connect(self, component: Component, *, fresh: bool) -> HttpLine:
        place = (component.host, component.port)
        kept = None if fresh else self._kept.get(place)
        loop = asyncio.get_running_loop()
        while kept:
            line = kept.pop()
            if line.is_open() and loop.time() - line.kept_at < CONNECTION_IDLE_SECONDS:
                return line
            line.hang_up()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                address = await _address(*place)
                _, made = await loop.create_connection(lambda: HttpLine(self, place), address, component.port)
        except (OSError, TimeoutError) as error:
            raise NotSent from error
        return made

    async def dial(
        self, component: Component, target: str, headers: Sequence[tuple[str, str]], subprotocols: Sequence[str]
    ) -> WebSocket:
        uri = parse_uri(f"ws://{authority(component)}{target}")
        loop = asyncio.get_running_loop()
        protocol = ClientProtocol(
            uri, subprotocols=[Subprotocol(one) for one in subprotocols] or None, max_size=FRAME_LIMIT_BYTES
        )
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                address = await _address(component.host, component.port)
                _, found = await loop.create_connection(lambda: ClientConnection(protocol), address, component.port)
        except (OSError, TimeoutError) as error:
            raise NotSent from error
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await found.handshake(Headers(headers), None)
        except (OSError, TimeoutError, WebSocketException) as error:
            found.transport.abort()
            raise Lost("unfit") from error
        found.start_keepalive()
        return WebSocket(found)

    async def close(self) -> None:
        for kept in self._kept.values():
            for line in kept:
                line.hang_up()
        self._kept.clear()

    def keep(self, line: HttpLine) -> None:
        kept = self._kept.setdefault(line.place, deque())
        kept.append(line)
        if len(kept) > CONNECTIONS_KEPT_LIMIT:
            kept.popleft().hang_up()

    def forget(self, line: HttpLine) -> None:
        """A kept line was closed by its other side."""
        kept = self._kept.get(line.place)
        if kept is not None and line in kept:
            kept.remove(line)
            if not kept:
                del self._kept[line.place]


class HttpAnswer:
    """``Answer`` as it comes in. Beyond ``HELD_LIMIT_BYTES`` that nobody takes the component has to wait."""

    __slots__ = ("_held", "_line", "_parts", "ended", "failure", "headers", "status", "until_close", "waiter")

    def __init__(self, line: HttpLine) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.ended = False
        self.until_close = False
        self.failure: Failure | None = None
        self.waiter: asyncio.Future[None] | None = None
        self._line = line
        self._parts: list[bytes] = []
        self._held = 0

    def taken(self) -> bytes:
        parts = self._parts
        found = parts[0] if len(parts) == 1 else b"".join(parts)
        if self._held > HELD_LIMIT_BYTES:
            self._line.listen(True)
        self._parts, self._held = [], 0
        return found

    async def read(self, seconds: float) -> bytes:
        while not self._parts:
            if self.failure is not None:
                raise Lost(self.failure)
            if self.ended:
                return b""
            await self.wait(seconds)
        return self.taken()

    def add(self, body: bytes) -> None:
        self._parts.append(body)
        self._held += len(body)
        if self._held > HELD_LIMIT_BYTES:
            self._line.listen(False)
        self.wake()

    def wake(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    async def wait(self, seconds: float) -> None:
        """Until something has come; raises ``Lost`` after ``seconds`` in which nothing did."""
        loop = asyncio.get_running_loop()
        waiter = self.waiter = loop.create_future()
        patience = loop.call_later(seconds, _give_up, waiter)
        try:
            await waiter
        finally:
            patience.cancel()
            self.waiter = None


class HttpLine(asyncio.Protocol):
    """``Line``: one connection. The parser calls it back, as ``httptools`` wants it."""

    def __init__(self, upstream: HttpUpstream, place: Place) -> None:
        self.place = place
        self.kept_at = 0.0
        self._upstream = upstream
        self._transport: asyncio.Transport
        self._parser: httptools.HttpResponseParser
        self._answer: HttpAnswer | None = None
        self._has_head = False
        self._head_only = False
        self._head_bytes = 0
        self._dirty = False
        self._may_write: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own has another base

    def connection_lost(self, exc: Exception | None) -> None:
        answer = self._answer
        if answer is None:
            self._upstream.forget(self)
        elif not answer.ended and answer.failure is None:
            if self._has_head and answer.until_close and exc is None:
                answer.ended = True
            else:
                answer.failure = "broken off"
            answer.wake()
        self.resume_writing()

    def pause_writing(self) -> None:
        self._may_write = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        if self._may_write is not None and not self._may_write.done():
            self._may_write.set_result(None)
        self._may_write = None

    def is_open(self) -> bool:
        return not self._transport.is_closing()

    def hang_up(self) -> None:
        self._transport.abort()

    def listen(self, wanted: bool) -> None:
        if not self._transport.is_closing():
            (self._transport.resume_reading if wanted else self._transport.pause_reading)()

    def send(self, data: bytes) -> None:
        if self._answer is None:
            self._answer = HttpAnswer(self)
            self._parser = httptools.HttpResponseParser(self)
            self._has_head, self._head_bytes = False, 0
        self._transport.write(data)

    async def drained(self) -> None:
        if self._may_write is not None:
            await asyncio.shield(self._may_write)
        if self._transport.is_closing():
            raise Lost("broken off")

    async def answer(self, seconds: float, *, head_only: bool) -> HttpAnswer:
        answer = self._answer
        assert answer is not None, "something was sent"
        self._head_only = head_only
        while not self._has_head:
            if answer.failure is not None:
                raise Lost(answer.failure)
            await answer.wait(seconds)
        if answer.failure is not None and answer.failure != "broken off":
            raise Lost(answer.failure)
        return answer

    def release(self, *, whole: bool) -> None:
        answer, self._answer = self._answer, None
        clean = answer is not None and answer.ended and not answer.until_close and answer.failure is None
        if whole and clean and not self._dirty and self.is_open():
            self.kept_at = asyncio.get_running_loop().time()
            self._upstream.keep(self)
        else:
            self.hang_up()

    # What the parser calls.

    def data_received(self, data: bytes) -> None:
        answer = self._answer
        if answer is None or answer.ended:  # nobody asked for this
            self._dirty = True
            self.hang_up()
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._dirty = True
            if not answer.ended:
                self._fail("unfit")
            return
        if not self._has_head:
            self._head_bytes += len(data)
            if self._head_bytes > ANSWER_HEAD_LIMIT_BYTES:
                self._fail("unfit")

    def on_message_begin(self) -> None:
        self._dirty = self._dirty or (self._answer is not None and self._answer.ended)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._answer is not None and not self._answer.ended:
            self._answer.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        answer = self._answer
        if answer is None or answer.ended:
            return
        status = self._parser.get_status_code()
        if 100 <= status < 200 and status != 101:  # a word in between; the answer is yet to come
            answer.headers.clear()
            return
        sizes = sum(len(name) + len(value) for name, value in answer.headers)
        framing = [name for name, _ in answer.headers if name in (b"content-length", b"transfer-encoding")]
        if not 200 <= status <= 599 or len(framing) > 1 or sizes > ANSWER_HEAD_LIMIT_BYTES:
            self._fail("unfit")
            return
        answer.status = status
        answer.until_close = not (framing or self._head_only or status in (204, 304))
        self._dirty = self._dirty or not self._parser.should_keep_alive()
        self._has_head = True
        if self._head_only:
            answer.ended = True
        answer.wake()

    def on_body(self, body: bytes) -> None:
        if self._answer is not None and self._has_head:
            if self._answer.ended:
                self._dirty = True
            else:
                self._answer.add(body)

    def on_message_complete(self) -> None:
        if self._answer is not None and self._has_head and not self._answer.ended:
            self._answer.ended = True
            self._answer.wake()

    def _fail(self, failure: Failure) -> None:
        if self._answer is not None:
            self._answer.failure = failure
            self._answer.wake()
        self.hang_up()


class WebSocket:
    """``Socket`` of the ``websockets`` package, without its redirects and proxies."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.subprotocol: str | None = connection.subprotocol

    async def receive(self) -> str | bytes:
        try:
            return await self._connection.recv()
        except ConnectionClosed as closed:
            raise Closed(_code(closed)) from closed

    async def send(self, message: str | bytes) -> None:
        try:
            await self._connection.send(message)
        except ConnectionClosed as closed:
            raise Closed(_code(closed)) from closed

    async def close(self, code: int) -> None:
        await self._connection.close(code)


def _code(closed: ConnectionClosed) -> int:
    return closed.rcvd.code if closed.rcvd is not None else ABNORMAL


def _give_up(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_exception(Lost("silent"))


async def _address(host: str, port: int) -> str:
    """Where a registered host is; raises ``OSError`` when that is no place for a component."""
    try:
        found = [str(ipaddress.ip_address(host))]
    except ValueError:
        loop = asyncio.get_running_loop()
        infos = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found = [str(info[4][0]) for info in infos]
    fit = [one for one in found if may_connect(host, one)]
    if not fit:
        raise OSError(f"{host} is at no address of its own")
    return fit[0]
