"""A second fresh database, for what is done twice."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio
from tests.conftest import TEMPLATE

NAME = "test_simulated_twin"


@pytest_asyncio.fixture
async def twin_dsn(server: str) -> AsyncIterator[str]:
    """The DSN of a fresh, migrated database beside the usual one."""
    before, _, query = server.partition("?")
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {NAME} TEMPLATE {TEMPLATE}")
    yield f"{before.rsplit('/', 1)[0]}/{NAME}" + (f"?{query}" if query else "")
    await connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
    await connection.close()
