"""A request's body has a limit, whether or not its length was announced, and a time to arrive in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from harmony.adapters.http.problems import of_refusal
from harmony.kernel.errors import Refusal, TooLarge

BODY_LIMIT_BYTES = 1 * 1024 * 1024
BODY_LIMIT_SECONDS = 60.0

Scope = dict[str, Any]


class BodyTooLarge(TooLarge):
    code = "http.body_too_large"
    hint = "Send less; the limit is in the message."


class BodyTooSlow(Refusal):
    code = "http.body_too_slow"
    status = 408
    hint = "Send the whole body at once; the time it may take is in the message."


class BodyLimit:
    """ASGI: refuses with 413 a body beyond ``limit_bytes``, or beyond the limit of the path's prefix.

    A body that has not arrived whole after ``limit_seconds`` is refused with 408: who sends a byte now and then holds
    no place for ever.
    """

    def __init__(
        self,
        app: Any,
        now: Callable[[], datetime],
        limit_bytes: int = BODY_LIMIT_BYTES,
        by_prefix: Mapping[str, int] | None = None,
        limit_seconds: float = BODY_LIMIT_SECONDS,
    ) -> None:
        self._app = app
        self._now = now
        self._limit_bytes = limit_bytes
        self._by_prefix = dict(by_prefix or {})
        self._limit_seconds = limit_seconds

    def limit_for(self, path: str) -> int:
        return next((limit for prefix, limit in self._by_prefix.items() if path.startswith(prefix)), self._limit_bytes)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self.limit_for(scope["path"])
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            await self._refuse(scope, receive, send, self._too_large(limit))
            return
        body = _Body(receive, limit, self._limit_seconds)
        refused = False

        async def replaced(message: Any) -> None:
            nonlocal refused
            if body.broken_off:
                return
            if message["type"] == "http.response.start" and (body.taken > limit or body.late):
                refused = True
                await self._refuse(scope, receive, send, self._too_slow() if body.late else self._too_large(limit))
            elif not refused:
                await send(message)

        try:
            await self._app(scope, body.receive, replaced)
        except Exception:  # a reader whose caller has gone may end in any way, and nobody is left to be answered
            if not (refused or body.broken_off):
                raise

    def _too_large(self, limit: int) -> Refusal:
        return BodyTooLarge(f"the body is larger than {limit} bytes", details={"limit_bytes": limit})

    def _too_slow(self) -> Refusal:
        return BodyTooSlow(
            f"the body has not arrived within {self._limit_seconds:g} seconds",
            details={"limit_seconds": self._limit_seconds},
        )

    async def _refuse(self, scope: Scope, receive: Any, send: Any, refusal: Refusal) -> None:
        await of_refusal(refusal, scope["path"], self._now())(scope, receive, send)


class _Body:
    """One request's body on its way in; what it brings is counted, and the wait for it is bounded."""

    def __init__(self, receive: Any, limit_bytes: int, limit_seconds: float) -> None:
        self._receive = receive
        self._limit_bytes = limit_bytes
        self._ends = asyncio.get_running_loop().time() + limit_seconds
        self._whole = False
        self.taken = 0
        self.late = False
        self.broken_off = False

    async def receive(self) -> Any:
        """The next message; beyond a limit the reader is told that the caller has gone."""
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends):
                message = await self._receive()
        except TimeoutError:
            self.late = True
            return {"type": "http.disconnect"}
        self.broken_off = message["type"] == "http.disconnect"
        self._whole = not message.get("more_body", False)
        self.taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.taken > self._limit_bytes else message
