"""Connections that are bounded before there is a request: how large its head may be, and how long it may take."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_LIMIT_BYTES = 64 * 1024
HEAD_LIMIT_SECONDS = 10.0

TOO_LARGE = f"The address and the headers of a request hold at most {HEAD_LIMIT_BYTES} bytes together."


class HeadTooLarge(Exception):
    """Raised into the parser, which then gives the request up."""


class BoundedConnection(HttpToolsProtocol):
    """uvicorn's connection, which itself would collect headers without end and wait for them for ever.

    A head beyond ``HEAD_LIMIT_BYTES`` is answered with 431. A connection on which no whole head arrives within
    ``HEAD_LIMIT_SECONDS`` after it was opened, or after the first byte behind the answer before, is closed.
    """

    _head_bytes = 0
    _moved = False
    _too_large = False
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_has_come()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._moved = False
        super().data_received(data)
        if self.transport.is_closing():
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

    def on_body(self, body: bytes) -> None:
        self._moved = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._moved = True
        super().on_message_complete()

    def on_headers_complete(self) -> None:
        self._moved = True
        self._head_has_come()
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > HEAD_LIMIT_BYTES:
            self._too_large = True
            raise HeadTooLarge
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        if not self._too_large:
            super().send_400_response(msg)
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
