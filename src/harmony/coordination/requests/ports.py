"""What requests asks of the network."""

from __future__ import annotations

from typing import Protocol

from harmony.coordination.registry.model import Component
from harmony.coordination.requests.model import Message, Reply


class NotSent(Exception):
    """The request certainly did not arrive."""


class Unanswered(Exception):
    """The request may have arrived; there is no answer."""


class Carrier(Protocol):
    """A way to a component; bounded in time and size, follows no redirect, calls the component's own host only."""

    async def carry(self, component: Component, message: Message, timeout_seconds: float) -> Reply:
        """Bring the request and wait for its answer; raises ``NotSent``, ``Unanswered``, ``ReplyUnfit``."""
        ...

    async def probe(self, component: Component, timeout_seconds: float) -> bool | None:
        """Whether the component says that it lives; None when it names no address to ask."""
        ...
