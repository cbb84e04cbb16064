"""People with practice money, as in settlement's tests."""

from __future__ import annotations

import pytest_asyncio
from tests.settlement.world import populate

from harmony.adapters.db.pool import Database


@pytest_asyncio.fixture
async def world(database: Database) -> Database:
    await populate(database)
    return database
