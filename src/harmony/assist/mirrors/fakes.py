"""Wishes in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmony.assist.mirrors.model import SyncRequest


@dataclass(slots=True)
class Wishes:
    """``SyncRequests``: ``waiting`` come in their order; what became of each is in the lists."""

    waiting: list[SyncRequest] = field(default_factory=list)
    held: dict[str, SyncRequest] = field(default_factory=dict)
    finished: list[str] = field(default_factory=list)
    returned: list[tuple[str, str]] = field(default_factory=list)
    dead: list[tuple[str, str]] = field(default_factory=list)

    async def take(self) -> SyncRequest | None:
        if not self.waiting:
            return None
        request = self.waiting.pop(0)
        self.held[request.id] = request
        return request

    async def extend(self, request: SyncRequest) -> None:
        return None

    async def done(self, request: SyncRequest) -> None:
        if self.held.pop(request.id, None) is not None:
            self.finished.append(request.id)

    async def give_back(self, request: SyncRequest, reason: str) -> None:
        if self.held.pop(request.id, None) is not None:
            self.returned.append((request.id, reason))
            self.waiting.append(request)

    async def give_up(self, request: SyncRequest, reason: str) -> None:
        if self.held.pop(request.id, None) is not None:
            self.dead.append((request.id, reason))
