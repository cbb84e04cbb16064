"""A request's body has a limit, whether or not its length was announced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from harmony.adapters.http.problems import of_refusal
from harmony.kernel.errors import TooLarge

BODY_LIMIT_BYTES = 1 * 1024 * 1024

Scope = dict[str, Any]


class BodyTooLarge(TooLarge):
    code = "http.body_too_large"
    hint = "Send less; the limit is in the message."


class BodyLimit:
    """ASGI: refuses with 413 a body beyond ``limit_bytes``, or beyond the limit of the path's prefix."""

    def __init__(
        self,
        app: Any,
        now: Callable[[], datetime],
        limit_bytes: int = BODY_LIMIT_BYTES,
        by_prefix: Mapping[str, int] | None = None,
    ) -> None:
        self._app = app
        self._now = now
        self._limit_bytes = limit_bytes
        self._by_prefix = dict(by_prefix or {})

    def limit_for(self, path: str) -> int:
        return next((limit for prefix, limit in self._by_prefix.items() if path.startswith(prefix)), self._limit_bytes)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self.limit_for(scope["path"])
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            await self._refuse(scope, receive, send, limit)
            return
        taken = 0
        refused = False

        async def counted() -> Any:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            # The reader is told that the caller has gone; what it answers to that is replaced below.
            return {"type": "http.disconnect"} if taken > limit else message

        async def replaced(message: Any) -> None:
            nonlocal refused
            if taken > limit and message["type"] == "http.response.start":
                refused = True
                await self._refuse(scope, receive, send, limit)
            elif not refused:
                await send(message)

        await self._app(scope, counted, replaced)

    async def _refuse(self, scope: Scope, receive: Any, send: Any, limit: int) -> None:
        refusal = BodyTooLarge(f"the body is larger than {limit} bytes", details={"limit_bytes": limit})
        await of_refusal(refusal, scope["path"], self._now())(scope, receive, send)
