"""What a member asks of its Conductor; the real one and the one in memory pass one contract suite."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
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


class Positions(Protocol):
    """Where a reader keeps how far it has come, so that a new process goes on there."""

    def load(self) -> str | None:
        """The id that was kept last, None at first."""
        ...

    def save(self, position: str) -> None: ...


class Conductor(Protocol):
    """Every call raises ``ConductorAway`` when nobody answers, and ``Refused`` when the answer is no."""

    async def register(self, body: Mapping[str, Any]) -> Mapping[str, Any]: ...

    async def deregister(self, component_id: str, reason: str) -> None: ...

    async def services(self, filters: Mapping[str, str]) -> list[Mapping[str, Any]]: ...

    async def request(self, body: Mapping[str, Any], key: str | None) -> Any:
        """What the asked component answered."""
        ...

    def stream(self) -> AbstractAsyncContextManager[Stream]: ...

    async def send(self, messages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Bodies of ``POST /queue/send``, 100 at most; what became of each, in order."""
        ...

    async def receive(self, asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Messages in hand, as ``GET /queue/receive`` answers what is asked."""
        ...

    async def acknowledge(self, held: Sequence[tuple[str, str]]) -> frozenset[str]:
        """Finish messages, given with their leases; the ids of those that are finished."""
        ...

    async def settle(self, verb: str, body: Mapping[str, Any]) -> None:
        """``reject``, ``terminate`` or ``extend`` a message in hand."""
        ...

    async def broadcast(self, body: Mapping[str, Any]) -> None: ...

    async def end_of_log(self) -> str:
        """The id of the last place in the log."""
        ...

    def events(self, pattern: str, after: str) -> AbstractAsyncContextManager[AsyncIterator[Mapping[str, Any]]]:
        """Frames behind a place: events, ``bookmark``, ``reset``. Raises ``ConductorAway`` when they end."""
        ...

    async def close(self) -> None: ...
