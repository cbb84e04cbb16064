"""Migrations: one linear history of SQL files, safe to run twice and side by side."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import psycopg
import pytest
from tests.conftest import MIGRATIONS

from harmony.adapters.db import migrate, revisions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_pre_first.sql").write_text("CREATE TABLE first (n int); INSERT INTO first VALUES (1);")
    (tmp_path / "0002_post_second.sql").write_text("-- a comment with % and :name\nINSERT INTO first VALUES (2);")
    return tmp_path


async def numbers(dsn: str) -> list[int]:
    connection = await asyncpg.connect(dsn)
    try:
        return [row["n"] for row in await connection.fetch("SELECT n FROM first ORDER BY n")]
    finally:
        await connection.close()


@pytest.fixture
async def empty(server: str) -> str:
    """A database without the history of Harmony's own."""
    connection = await asyncpg.connect(server)
    await connection.execute("DROP DATABASE IF EXISTS unmigrated")
    await connection.execute("CREATE DATABASE unmigrated TEMPLATE template0")
    await connection.close()
    return server.replace("/harmony?", "/unmigrated?").replace("/postgres?", "/unmigrated?")


async def test_an_upgrade_runs_each_file_once_however_often_it_is_called(empty: str, folder: Path) -> None:
    migrate.upgrade(empty, folder)
    migrate.upgrade(empty, folder)
    assert await numbers(empty) == [1, 2]


async def test_upgrades_side_by_side_take_turns(empty: str, folder: Path) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate.upgrade, empty, folder) for _ in range(4)))
    assert await numbers(empty) == [1, 2]


async def test_a_failing_file_leaves_the_database_at_the_file_before(empty: str, folder: Path) -> None:
    (folder / "0003_pre_broken.sql").write_text("INSERT INTO first VALUES (3); SELECT no_such_function();")
    with pytest.raises(psycopg.Error):
        migrate.upgrade(empty, folder)
    assert await numbers(empty) == [1, 2]
    (folder / "0003_pre_broken.sql").write_text("INSERT INTO first VALUES (4);")
    migrate.upgrade(empty, folder)
    assert await numbers(empty) == [1, 2, 4]


async def test_a_migrated_database_is_current_until_a_file_is_added(empty: str, folder: Path) -> None:
    connection = await asyncpg.connect(empty)
    try:
        assert not await revisions.is_current(connection, folder)
        migrate.upgrade(empty, folder)
        assert await revisions.is_current(connection, folder)
        (folder / "0003_pre_third.sql").write_text("SELECT 1;")
        assert not await revisions.is_current(connection, folder)
    finally:
        await connection.close()


@pytest.mark.parametrize("name", ["0003_mid_x.sql", "0004_pre_gap.sql", "003_pre_x.sql", "0003_pre_Upper.sql"])
def test_a_misnamed_file_or_a_gap_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("SELECT 1;")
    with pytest.raises(ValueError, match=name.replace(".", r"\.")):
        revisions.history(folder)


def test_harmony_s_own_history_is_whole() -> None:
    assert len(revisions.history(MIGRATIONS)) >= 10
