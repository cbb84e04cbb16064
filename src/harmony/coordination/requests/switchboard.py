"""The open streams and the breakers of this process: in memory, made again by whoever connects and fails again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from harmony.coordination.requests.model import Breaker, Message, Reply
from harmony.coordination.requests.ports import NotSent, Unanswered


class Line:
    """One open stream: what is asked over it, and who waits for the answers."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: dict[str, asyncio.Future[Reply]] = {}
        self.components: set[str] = set()

    async def ask(self, message: Message, timeout_seconds: float) -> Reply:
        """Raises ``NotSent`` when the stream broke before, ``Unanswered`` when it broke or nothing came in time."""
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[message.id] = answer
        try:
            try:
                await self._send({"type": "request", **message.as_json()})
            except RuntimeError as error:  # Starlette's word for a stream that is closed
                raise NotSent from error
            async with asyncio.timeout(timeout_seconds):
                return await answer
        except (TimeoutError, ConnectionError) as error:
            raise Unanswered from error
        finally:
            self._waiting.pop(message.id, None)

    def answered(self, request_id: str, reply: Reply) -> None:
        """A reply that nobody waits for any more is dropped."""
        answer = self._waiting.get(request_id)
        if answer is not None and not answer.done():
            answer.set_result(reply)

    def broke(self) -> None:
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the stream broke off"))


class Switchboard:
    """Which component is reached over which line, how busy each is, and who is left alone for a while."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}
        self._breakers: dict[str, Breaker] = {}
        self.busy: Counter[str] = Counter()

    def attach(self, component_id: str, line: Line) -> None:
        """The newest stream of a component is the one it is asked over."""
        self._lines[component_id] = line
        line.components.add(component_id)
        self._breakers.pop(component_id, None)

    def detach(self, line: Line) -> set[str]:
        """The components that have no stream any more."""
        lost = {one for one in line.components if self._lines.get(one) is line}
        for component_id in lost:
            del self._lines[component_id]
        line.broke()
        return lost

    def line(self, component_id: str) -> Line | None:
        return self._lines.get(component_id)

    def lets_through(self, component_id: str, monotonic: float) -> bool:
        return self._breakers.get(component_id, Breaker()).lets_through(monotonic)

    def note(self, component_id: str, ok: bool, monotonic: float) -> None:
        """How an attempt ended."""
        after = self._breakers.get(component_id, Breaker()).after(ok, monotonic)
        if after == Breaker():
            self._breakers.pop(component_id, None)
        else:
            self._breakers[component_id] = after
