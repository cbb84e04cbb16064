"""Components in memory: each does to a request what it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harmony.coordination.gateway.model import Failure
from harmony.coordination.gateway.ports import Closed, Lost, NotSent
from harmony.coordination.registry.model import Component


@dataclass(slots=True)
class Said:
    """``Answer`` that is all there."""

    status: int = 200
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    ended: bool = True

    def taken(self) -> bytes:
        found, self.body = self.body, b""
        return found

    async def read(self, seconds: float) -> bytes:
        return self.taken()


Act = Callable[[bytes], Said | Failure]
"""From the bytes of a request to its answer, or to how it is lost."""


def says(body: bytes = b"", status: int = 200) -> Act:
    def act(_request: bytes) -> Said:
        return Said(status, [(b"content-length", b"%d" % len(body))], body)

    return act


def fails(failure: Failure) -> Act:
    def act(_request: bytes) -> Failure:
        return failure

    return act


class Rehearsal:
    """``Upstream``: who is not in ``acts`` cannot be reached. ``heard`` are the requests that arrived, in order."""

    def __init__(self) -> None:
        self.acts: dict[str, Act] = {}
        self.heard: list[tuple[str, bytes]] = []

    async def connect(self, component: Component, *, fresh: bool) -> RehearsedLine:
        if component.id not in self.acts:
            raise NotSent
        return RehearsedLine(self, component.id)

    async def dial(
        self, component: Component, target: str, headers: Sequence[tuple[str, str]], subprotocols: Sequence[str]
    ) -> EchoSocket:
        if component.id not in self.acts:
            raise NotSent
        return EchoSocket(subprotocols[0] if subprotocols else None)

    async def close(self) -> None:
        self.acts.clear()


class RehearsedLine:
    """``Line`` to one of them."""

    def __init__(self, rehearsal: Rehearsal, component_id: str) -> None:
        self._rehearsal = rehearsal
        self._component_id = component_id
        self._sent = bytearray()

    def send(self, data: bytes) -> None:
        self._sent += data

    async def drained(self) -> None:
        return

    async def answer(self, seconds: float, *, head_only: bool) -> Said:
        request = bytes(self._sent)
        self._rehearsal.heard.append((self._component_id, request))
        found = self._rehearsal.acts[self._component_id](request)
        if isinstance(found, Said):
            return found
        raise Lost(found)

    def release(self, *, whole: bool) -> None:
        self._sent.clear()


class EchoSocket:
    """``Socket`` that says back what it hears."""

    def __init__(self, subprotocol: str | None) -> None:
        self.subprotocol = subprotocol
        self._said: asyncio.Queue[str | bytes | int] = asyncio.Queue()

    async def receive(self) -> str | bytes:
        found = await self._said.get()
        if isinstance(found, int):
            raise Closed(found)
        return found

    async def send(self, message: str | bytes) -> None:
        self._said.put_nowait(message)

    async def close(self, code: int) -> None:
        self._said.put_nowait(code)
