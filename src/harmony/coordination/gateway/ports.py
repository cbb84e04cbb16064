"""What the gateway asks of the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harmony.coordination.gateway.model import Failure
from harmony.coordination.registry.model import Component


class NotSent(Exception):
    """The component could not be reached: the request certainly did not arrive."""


class Lost(Exception):
    """The request may have arrived, and its answer is not to be had."""

    def __init__(self, kind: Failure) -> None:
        super().__init__(kind)
        self.kind: Failure = kind


class Closed(Exception):
    """The other side has closed the WebSocket; ``code`` is its word."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Answer(Protocol):
    """An answer whose head is there; header names are in lower case."""

    status: int
    headers: list[tuple[bytes, bytes]]
    ended: bool
    """Whether the whole body has come; what of it is not taken yet is still there."""

    def taken(self) -> bytes:
        """What of the body has come since the last time, which may be nothing."""
        ...

    async def read(self, seconds: float) -> bytes:
        """The next of the body, empty at its end; raises ``Lost`` when it breaks off or pauses for ``seconds``."""
        ...


class Line(Protocol):
    """A connection to a component, for one exchange at a time."""

    def send(self, data: bytes) -> None:
        """Bytes of a request in HTTP/1.1."""
        ...

    async def drained(self) -> None:
        """Until the component has taken so much that more may be sent; raises ``Lost``."""
        ...

    async def answer(self, seconds: float, *, head_only: bool) -> Answer:
        """The answer to what was sent, once its head is there; raises ``Lost``. ``head_only``: HEAD was asked."""
        ...

    def release(self, *, whole: bool) -> None:
        """The exchange is over; ``whole`` says that all of the request was sent."""
        ...


class Socket(Protocol):
    """A WebSocket to a component."""

    subprotocol: str | None

    async def receive(self) -> str | bytes:
        """The next message; raises ``Closed``."""
        ...

    async def send(self, message: str | bytes) -> None:
        """Raises ``Closed``."""
        ...

    async def close(self, code: int) -> None: ...


class Upstream(Protocol):
    """The way to components: to the registered host and port of each and nowhere else, without proxies."""

    async def connect(self, component: Component, *, fresh: bool) -> Line:
        """A line, a kept one unless ``fresh``; raises ``NotSent``."""
        ...

    async def dial(
        self, component: Component, target: str, headers: Sequence[tuple[str, str]], subprotocols: Sequence[str]
    ) -> Socket:
        """A WebSocket; raises ``NotSent``, and ``Lost`` when the component does not take it up."""
        ...

    async def close(self) -> None:
        """Hang up everywhere."""
        ...
