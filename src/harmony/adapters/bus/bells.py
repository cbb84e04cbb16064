"""Bells: who waits for something by name is woken when it may be there (PostgreSQL's LISTEN and NOTIFY)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from typing import Any

CHANNEL = "harmony_bells"
"""Notifications on it name the bell to ring; a name holds less than 8,000 bytes."""


class Bells:
    """The bells of one process."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, name: str) -> None:
        """Wake whoever waits for ``name`` in this process."""
        for waiter in self._waiting.get(name, ()):
            waiter.set()

    def waited_for(self, name: str) -> bool:
        """Whether anybody waits for ``name``."""
        return name in self._waiting

    def waiter(self, name: str) -> Waiter:
        """A waiter for ``name``; take it before looking, so that what comes in between is not missed."""
        return Waiter(self, name)

    async def listen(self, connection: Any) -> None:
        """Ring what other processes ring, for as long as ``connection`` lives."""
        await connection.add_listener(CHANNEL, lambda *heard: self.ring(heard[3]))

    def enter(self, name: str, waiter: asyncio.Event) -> None:
        self._waiting[name].add(waiter)

    def leave(self, name: str, waiter: asyncio.Event) -> None:
        waiting = self._waiting.get(name, set())
        waiting.discard(waiter)
        if not waiting:
            self._waiting.pop(name, None)


class Waiter:
    """Stands at one bell while its block runs."""

    def __init__(self, bells: Bells, name: str) -> None:
        self._bells = bells
        self._name = name
        self._rung = asyncio.Event()

    def __enter__(self) -> Waiter:
        self._bells.enter(self._name, self._rung)
        return self

    def __exit__(self, *_: object) -> None:
        self._bells.leave(self._name, self._rung)

    def look(self) -> None:
        """From here on a new ring counts: to be called before each look."""
        self._rung.clear()

    async def rung(self) -> None:
        """Until the bell rings after the last ``look``."""
        await self._rung.wait()


async def first_of(*waits: Coroutine[Any, Any, object]) -> None:
    """Until one of them has come; the others are given up."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
