"""Fixtures of settlement."""

from __future__ import annotations

import pytest_asyncio
from tests.settlement.world import populate

from harmony.adapters.db.pool import Database


@pytest_asyncio.fixture
async def world(database: Database) -> Database:
    """A database with people in it, two of whom have practice money."""
    await populate(database)
    return database
