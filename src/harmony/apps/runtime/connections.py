"""Connections that are bounded before there is a request: how large its head may be, and how long it may take.

What they write within one turn of the loop leaves in one piece: the head of an answer needs no call to the system of
its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from harmony.adapters.http.bodies import BODY_IS_HERE

HEAD_LIMIT_BYTES = 64 * 1024
HEAD_LIMIT_SECONDS = 10.0

TOO_LARGE = f"The address and the headers of a request hold at most {HEAD_LIMIT_BYTES} bytes together."

GATHERED_LIMIT_BYTES = 64 * 1024
NOT_A_PATH = "A request names a path of this server, beginning with a slash."


class HeadTooLarge(Exception):
    """Raised into the parser, which then gives the request up."""


class NotAPath(Exception):
    """Raised into the parser: the request names something else than a path."""


class Gathering:
    """A transport that writes once for each turn of the loop; everything else is the transport's own."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size >= GATHERED_LIMIT_BYTES:  # who writes without a pause is to feel when the reader is slow
            self.flush()

    def writelines(self, list_of_data: Iterable[bytes]) -> None:
        self.write(b"".join(list_of_data))

    def flush(self) -> None:
        if self._parts:
            data = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
            self._parts, self._size = [], 0
            self._transport.write(data)

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def abort(self) -> None:
        self._parts, self._size = [], 0
        self._transport.abort()

    def get_write_buffer_size(self) -> int:
        return self._transport.get_write_buffer_size() + self._size


class BoundedConnection(HttpToolsProtocol):
    """uvicorn's connection, which itself would collect headers without end and wait for them for ever.

    A head beyond ``HEAD_LIMIT_BYTES`` is answered with 431. A connection on which no whole head arrives within
    ``HEAD_LIMIT_SECONDS`` after it was opened, or after the first byte behind the answer before, is closed.
    """

    _head_bytes = 0
    _moved = False
    _too_large = False
    _no_path = False
    _upgraded = False
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(cast(asyncio.Transport, Gathering(transport, self.loop)))
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_has_come()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._moved = False
        super().data_received(data)
        if self._upgraded or self.transport.is_closing():
            return
        idle = self.cycle is None or self.cycle.response_complete
        if idle:
            self._wait_for_head()
        # Bytes that ended no head and were of no body belong to a head that is still on its way.
        self._head_bytes = 0 if self._moved else self._head_bytes + len(data)
        if self._head_bytes > HEAD_LIMIT_BYTES:
            self._too_large = True
            if idle:
                self.send_400_response(TOO_LARGE)
            else:  # the answer before is not written yet, and nothing may stand in its midst
                self.transport.close()

    def handle_websocket_upgrade(self) -> None:
        """From here on the line is the WebSocket's: no head is waited for."""
        self._upgraded = True
        super().handle_websocket_upgrade()

    def on_body(self, body: bytes) -> None:
        self._moved = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._moved = True
        if not any(name == b"transfer-encoding" for name, _ in self.headers):
            cast("dict[str, Any]", self.scope)[BODY_IS_HERE] = True
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        self._moved = True
        self._head_has_come()
        # The absolute form names a host a second time, and whoever looks at the other one is misled.
        if not self.url.startswith(b"/") and self.url != b"*":
            self._no_path = True
            raise NotAPath
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > HEAD_LIMIT_BYTES:
            self._too_large = True
            raise HeadTooLarge
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        if not self._too_large:
            super().send_400_response(NOT_A_PATH if self._no_path else msg)
            return
        head = "HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
        self.transport.write(f"{head}content-length: {len(TOO_LARGE)}\r\nconnection: close\r\n\r\n{TOO_LARGE}".encode())
        self.transport.close()

    def _wait_for_head(self) -> None:
        if self._patience is None and not self.transport.is_closing():
            self._patience = self.loop.call_later(HEAD_LIMIT_SECONDS, self.transport.close)

    def _head_has_come(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
