"""Long answers have a bound, and nobody takes everybody's places."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack

import pytest

from harmony.adapters.http.streams import Streams, StreamsTaken, upcoming


def test_one_caller_has_a_share_and_leaves_the_rest_to_others() -> None:
    places = Streams(limit=5, of_one_caller=3)
    with ExitStack() as held:
        for _ in range(3):
            held.enter_context(places.opened("greedy"))
        with pytest.raises(StreamsTaken), places.opened("greedy"):
            pass
        held.enter_context(places.opened("modest"))
        held.enter_context(places.opened("another"))
        with pytest.raises(StreamsTaken), places.opened("late"):
            pass
    with places.opened("greedy"):
        pass


async def test_whoever_stops_waiting_leaves_nothing_running() -> None:
    ended = asyncio.Event()

    async def slow() -> AsyncIterator[int]:
        try:
            yield 1
            await asyncio.Event().wait()
        finally:
            ended.set()

    items, closing = slow(), asyncio.Event()
    assert await upcoming(items, closing) == 1
    waiting = asyncio.ensure_future(upcoming(items, closing))
    await asyncio.sleep(0)
    closing.set()
    assert await waiting is None
    assert ended.is_set()
