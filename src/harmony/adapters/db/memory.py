"""What a process remembers of rows that are asked for all the time and seldom change.

A table that is remembered tells of its changes by a trigger (``harmony_tell_change`` with the topic's name). This
process forgets a topic before the change that it made itself is answered, and others' as soon as PostgreSQL's
notification comes. Nothing is remembered while no connection listens, and nothing longer than ``KEPT_SECONDS``: that
is the bound should a notification be lost with its connection and the loss not be noticed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

Value = TypeVar("Value")

CHANNEL = "harmony_changed"
KEPT_SECONDS = 5.0
TOPIC_LIMIT_ITEMS = 4_096


@dataclass(slots=True)
class _Topic:
    """``changes`` counts how often it was forgotten: what was read before a change is not kept after it."""

    changes: int = 0
    kept: dict[Hashable, tuple[float, Any]] = field(default_factory=dict)


class Memory:
    """One a process, beside its pool."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._topics: dict[str, _Topic] = defaultdict(_Topic)
        self._listeners = 0

    def recall(self, topic: str, key: Hashable) -> Any:
        """What was kept under ``key``; None when it has to be read."""
        found = self._topics[topic].kept.get(key) if self._listeners else None
        return found[1] if found is not None and found[0] > self._monotonic() else None

    async def recall_or(self, topic: str, key: Hashable, read: Callable[[], Awaitable[Value | None]]) -> Value | None:
        """What was kept under ``key``, else what ``read`` finds, which is then kept; None is not."""
        found: Value | None = self.recall(topic, key)
        if found is not None:
            return found
        remembered = self._topics[topic]
        changes = remembered.changes
        found = await read()
        if found is not None and self._listeners and changes == remembered.changes:
            while len(remembered.kept) >= TOPIC_LIMIT_ITEMS:
                del remembered.kept[next(iter(remembered.kept))]  # the one that was read first
            remembered.kept[key] = (self._monotonic() + KEPT_SECONDS, found)
        return found

    def forget(self, topic: str) -> None:
        self._topics[topic].changes += 1
        self._topics[topic].kept.clear()

    @asynccontextmanager
    async def listening(self, connection: Any) -> AsyncIterator[None]:
        """Remember for as long as the block runs; it must end when ``connection`` is lost."""
        await connection.add_listener(CHANNEL, lambda *heard: self.forget(heard[3]))
        for topic in self._topics:
            self.forget(topic)
        self._listeners += 1
        try:
            yield
        finally:
            self._listeners -= 1
