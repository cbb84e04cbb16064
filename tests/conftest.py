"""One PostgreSQL for the whole run, one fresh database for each test that asks, a virtual clock, seeded chance."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import settings

import harmony.apps
from harmony.adapters.db import migrate
from harmony.adapters.db.pool import Database
from harmony.kernel.chance import SeededChance
from harmony.kernel.clock import VirtualClock
from harmony.kernel.ids import TimeOrderedIds
from tests.postgres import running_postgres

MIGRATIONS = Path(harmony.apps.__path__[0]) / "migrations"
TEMPLATE = "harmony_template"
RECURSION_LIMIT = 1_000
"""Python's own."""

# The same examples in every run, so that a change is judged by itself; `make nightly` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("exploring", max_examples=1_000, deadline=None, print_blob=True)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """A library of the chain's world raises Python's recursion limit where it is imported; deep JSON would then end
    this process instead of being refused."""
    sys.setrecursionlimit(RECURSION_LIMIT)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes by name and length: archives hold the time they were made, and all workers must see the same tests."""
    return f"{argname} of {len(val)} bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The DSN of a PostgreSQL of this run's own, with a migrated template database in it."""
    with running_postgres() as dsn:
        asyncio.run(_execute(dsn, f"CREATE DATABASE {TEMPLATE}"))
        migrate.upgrade(_in(dsn, TEMPLATE), MIGRATIONS)
        yield dsn


@pytest_asyncio.fixture
async def dsn(server: str, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The DSN of a fresh, migrated database."""
    name = f"test_{abs(hash(request.node.nodeid)) % 10**12}"
    await _execute(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    yield _in(server, name)
    # An autovacuum worker of the superuser may be in there; the whole server is thrown away at the end.
    with suppress(asyncpg.InsufficientPrivilegeError):
        await _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest_asyncio.fixture
async def database(dsn: str, clock: VirtualClock) -> AsyncIterator[Database]:
    """A fresh database under a virtual clock and seeded chance."""
    chance = SeededChance(1)
    found = await Database.connect(dsn, clock=clock, ids=TimeOrderedIds(clock, chance), chance=chance, connections=8)
    yield found
    await found.close()


def _in(dsn: str, name: str) -> str:
    """The same server, another database: the name is the last part of the path before the query."""
    before, _, query = dsn.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
