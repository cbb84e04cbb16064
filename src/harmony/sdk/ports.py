"""What a member asks of its Conductor; the real one and the one in memory pass one contract suite."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol


class Stream(Protocol):
    """Frames in both directions, as docs/guides/member.md lists them."""

    async def send(self, frame: Mapping[str, Any]) -> None:
        """Raises ``ConductorAway``."""
        ...

    async def receive(self) -> Mapping[str, Any]:
        """The next frame; raises ``ConductorAway`` when the stream has ended."""
        ...


class Conductor(Protocol):
    """Every call raises ``ConductorAway`` when nobody answers, and ``Refused`` when the answer is no."""

    async def register(self, body: Mapping[str, Any]) -> Mapping[str, Any]: ...

    async def deregister(self, component_id: str, reason: str) -> None: ...

    async def services(self, filters: Mapping[str, str]) -> list[Mapping[str, Any]]: ...

    async def request(self, body: Mapping[str, Any], key: str | None) -> Any:
        """What the asked component answered."""
        ...

    def stream(self) -> AbstractAsyncContextManager[Stream]: ...

    async def close(self) -> None: ...
