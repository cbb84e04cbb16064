"""The same member for scripts without an event loop: ``with SyncMember("sherlock-hub", port=8000) as member``."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from harmony.sdk.member import CommandHandler, Handler, Member
from harmony.sdk.model import Request, View

Result = TypeVar("Result")


class SyncMember:
    """Takes what ``Member`` takes. Its loop and the handlers run in a thread of their own.

    A handler that asks others is a coroutine and does so with a ``Member``: one that called back here would wait for
    itself.
    """

    def __init__(self, component: str, **options: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"member {component}", daemon=True)
        self._thread.start()
        self._member: Member = self._run(self._make(component, options))

    @property
    def component_id(self) -> str | None:
        return self._member.component_id

    def on(self, request_type: str) -> Any:
        """A decorator: answers requests of this type."""

        def keep(handler: Handler) -> Handler:
            return self._member.on(request_type)(handler)

        return keep

    def on_command(self, command: str) -> Any:
        """A decorator: carries this command out."""

        def keep(handler: CommandHandler) -> CommandHandler:
            return self._member.on_command(command)(handler)

        return keep

    def __enter__(self) -> Self:
        entered = False
        try:
            self._run(self._member.__aenter__())
            entered = True
        finally:
            if not entered:
                self._stop()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._run(self._member.__aexit__(kind, error, trace))
        finally:
            self._stop()

    def services(self, **filters: str) -> View:
        return self._run(self._member.services(**filters))

    def ask(
        self,
        to: str,
        request_type: str,
        payload: Any = None,
        *,
        timeout_seconds: float = 10.0,
        idempotent: bool = False,
        key: str | None = None,
        serving: Request | None = None,
    ) -> Any:
        asked = self._member.ask(
            to,
            request_type,
            payload,
            timeout_seconds=timeout_seconds,
            idempotent=idempotent,
            key=key,
            serving=serving,
        )
        return self._run(asked)

    def beat(self) -> None:
        """Beat now instead of at the end of the interval."""
        self._loop.call_soon_threadsafe(self._member.beat)

    async def _make(self, component: str, options: dict[str, Any]) -> Member:
        return Member(component, **options)

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
