"""Long answers (server-sent events): how many may be open at once, and how to wait without outliving the server."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TypeVar

from starlette.requests import Request

from harmony.kernel.errors import Unavailable

STREAMS_LIMIT = 200
STREAMS_OF_ONE_CALLER_LIMIT = 20

Item = TypeVar("Item")


class StreamsTaken(Unavailable):
    code = "http.streams_taken"
    hint = "Close streams that are not read any more, or read pages instead."


class Streams:
    """Counts the open streams of a process, and of each caller: nobody takes everybody's places."""

    def __init__(self, limit: int = STREAMS_LIMIT, of_one_caller: int = STREAMS_OF_ONE_CALLER_LIMIT) -> None:
        self._limit = limit
        self._of_one_caller = of_one_caller
        self._open: Counter[str] = Counter()

    @contextmanager
    def opened(self, caller: str) -> Iterator[None]:
        """One of the places for as long as the block runs; raises ``StreamsTaken``."""
        for taken, limit in ((self._open.total(), self._limit), (self._open[caller], self._of_one_caller)):
            if taken >= limit:
                raise StreamsTaken(f"{limit} streams are open", details={"limit": limit})
        self._open[caller] += 1
        try:
            yield
        finally:
            self._open[caller] -= 1
            self._open += Counter()  # forgets callers that have none open


PLACES = Streams()
"""The places of this process: a stream costs memory and a turn at the database wherever it was mounted."""


async def a_place(request: Request) -> AsyncIterator[None]:
    """A dependency behind the route's guard: one of the places for its caller, until the answer has ended."""
    with PLACES.opened(request.state.caller):
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
