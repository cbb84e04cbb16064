"""What mirrors ask of the coordination plane: wishes that others put into the queue."""

from __future__ import annotations

from typing import Protocol

from harmony.assist.mirrors.model import SyncRequest

LEASE_SECONDS = 60
EXTEND_EVERY_SECONDS = 20


class SyncRequests(Protocol):
    """Each call works in its own transaction. A wish whose lease is lost may be with somebody else by now: then
    ``extend``, ``done``, ``give_back`` and ``give_up`` change nothing."""

    async def take(self) -> SyncRequest | None:
        """The next wish, ours for ``LEASE_SECONDS``; None when there is none."""
        ...

    async def extend(self, request: SyncRequest) -> None:
        """Ours for another ``LEASE_SECONDS``."""
        ...

    async def done(self, request: SyncRequest) -> None: ...

    async def give_back(self, request: SyncRequest, reason: str) -> None:
        """It comes again after a while, unless it has come too often."""
        ...

    async def give_up(self, request: SyncRequest, reason: str) -> None:
        """It never comes again and is kept with its reason."""
        ...
