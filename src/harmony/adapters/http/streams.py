"""Long answers (server-sent events): how many may be open at once, and how to wait without outliving the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TypeVar

from harmony.kernel.errors import Unavailable

STREAMS_LIMIT = 200

Item = TypeVar("Item")


class StreamsTaken(Unavailable):
    code = "http.streams_taken"
    hint = "Close streams that are not read any more, or read pages instead."


class Streams:
    """Counts the open streams of a process."""

    def __init__(self, limit: int = STREAMS_LIMIT) -> None:
        self._limit = limit
        self._open = 0

    @contextmanager
    def opened(self) -> Iterator[None]:
        """One of the places for as long as the block runs; raises ``StreamsTaken``."""
        if self._open >= self._limit:
            raise StreamsTaken(f"{self._limit} streams are open", details={"limit": self._limit})
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


PLACES = Streams()
"""The places of this process: a stream costs memory and a turn at the database wherever it was mounted."""


async def a_place() -> AsyncIterator[None]:
    """A dependency: one of the places, until the answer has ended."""
    with PLACES.opened():
        yield


async def upcoming(items: AsyncIterator[Item], closing: asyncio.Event) -> Item | None:
    """The next item; None as soon as ``closing`` is set. Whoever is cancelled here leaves nothing running.

    An iterator that was stopped in the middle of an item has ended.
    """
    coming = asyncio.ensure_future(anext(items))
    closed = asyncio.ensure_future(closing.wait())
    try:
        await asyncio.wait((coming, closed), return_when=asyncio.FIRST_COMPLETED)
        return None if closing.is_set() else coming.result()
    finally:
        coming.cancel()
        closed.cancel()
        await asyncio.gather(coming, closed, return_exceptions=True)
