"""What a process remembers of rows, and that it forgets them in time."""

from __future__ import annotations

import asyncpg
import pytest

from harmony.adapters.db.memory import KEPT_SECONDS, TOPIC_LIMIT_ITEMS, Memory
from harmony.adapters.db.pool import Database
from harmony.kernel.clock import VirtualClock

TOPIC = "access rules"


class Rows:
    """A table of one row, and how often it was read."""

    def __init__(self) -> None:
        self.value: str | None = "first"
        self.reads = 0

    async def read(self) -> str | None:
        self.reads += 1
        return self.value


class Line:
    """A connection that hears nothing."""

    async def add_listener(self, *_: object) -> None:
        return None


@pytest.fixture
def memory(clock: VirtualClock) -> Memory:
    return Memory(clock.monotonic)


async def test_a_row_is_read_once_while_a_connection_listens_and_always_while_none_does(memory: Memory) -> None:
    rows = Rows()
    for _ in range(2):
        assert await memory.recall_or(TOPIC, 1, rows.read) == "first"
    assert rows.reads == 2
    async with memory.listening(Line()):
        for _ in range(2):
            assert await memory.recall_or(TOPIC, 1, rows.read) == "first"
    assert rows.reads == 3
    assert memory.recall(TOPIC, 1) is None
    async with memory.listening(Line()):
        assert memory.recall(TOPIC, 1) is None, "what changed while nobody listened is not known"


async def test_nothing_is_remembered_beyond_its_time(memory: Memory, clock: VirtualClock) -> None:
    rows = Rows()
    async with memory.listening(Line()):
        await memory.recall_or(TOPIC, 1, rows.read)
        clock.advance(KEPT_SECONDS - 0.001)
        assert memory.recall(TOPIC, 1) == "first"
        clock.advance(0.001)
        assert memory.recall(TOPIC, 1) is None


async def test_what_was_read_before_a_change_is_not_kept_after_it(memory: Memory) -> None:
    async def read() -> str:
        memory.forget(TOPIC)
        return "old"

    async with memory.listening(Line()):
        assert await memory.recall_or(TOPIC, 1, read) == "old"
        assert memory.recall(TOPIC, 1) is None


async def test_what_is_not_there_is_asked_for_again(memory: Memory) -> None:
    rows = Rows()
    rows.value = None
    async with memory.listening(Line()):
        assert await memory.recall_or(TOPIC, 1, rows.read) is None
        rows.value = "made"
        assert await memory.recall_or(TOPIC, 1, rows.read) == "made"


async def test_a_full_topic_lets_the_oldest_go(memory: Memory) -> None:
    rows = Rows()
    async with memory.listening(Line()):
        for key in range(TOPIC_LIMIT_ITEMS + 1):
            await memory.recall_or(TOPIC, key, rows.read)
        assert memory.recall(TOPIC, 0) is None
        assert memory.recall(TOPIC, 1) == memory.recall(TOPIC, TOPIC_LIMIT_ITEMS) == "first"


@pytest.mark.parametrize(
    ("topic", "change"),
    [
        ("proofs", "UPDATE api_tokens SET revoked_at = now()"),
        ("proofs", "UPDATE principals SET disabled_at = now()"),
        ("proofs", "DELETE FROM api_tokens"),
        ("access rules", "DELETE FROM access_rules"),
        ("access rules", "INSERT INTO access_rules VALUES ('rule-1', 'a', '{b}', '{}', 'me', now())"),
    ],
)
async def test_a_change_by_anybody_else_is_told(database: Database, dsn: str, topic: str, change: str) -> None:
    rows = Rows()
    listener = await asyncpg.connect(dsn)
    stranger = await asyncpg.connect(dsn)
    try:
        async with database.memory.listening(listener):
            await database.memory.recall_or(topic, 1, rows.read)
            await stranger.execute(change)
            await listener.execute("SELECT 1")  # notifications come before the answer of the next statement
            assert database.memory.recall(topic, 1) is None
    finally:
        await stranger.close()
        await listener.close()
