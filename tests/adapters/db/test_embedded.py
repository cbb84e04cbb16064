"""The embedded server's ordinary life: start, answer, keep, stop."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from pathlib import Path

import asyncpg
import psycopg
import pytest
import uvloop
from tests.adapters.db.conftest import Start

from harmony.adapters.db.cluster import SOCKET_PATH_LIMIT_BYTES
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.errors import ServerDied
from harmony.adapters.db.processes import alive
from harmony.kernel.clock import SystemClock

pytestmark = pytest.mark.asyncio


async def ask(dsn: str, question: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_a_first_start_answers_asyncpg_and_psycopg(embedded: EmbeddedPostgres) -> None:
    assert await ask(embedded.dsn, "SELECT 1") == 1
    with psycopg.connect(embedded.dsn) as connection:
        assert connection.execute("SELECT 2").fetchone() == (2,)


async def test_vectors_are_there_in_the_database_and_in_each_that_harmony_makes(embedded: EmbeddedPostgres) -> None:
    assert await ask(embedded.dsn, "SELECT '[3,4]'::vector <-> '[0,0]'::vector") == 5.0
    await ask(embedded.dsn, "CREATE DATABASE another")
    other = embedded.dsn.replace("/harmony?", "/another?")
    await ask(other, "CREATE EXTENSION IF NOT EXISTS vector")
    assert await ask(other, "SELECT '[1]'::vector::text") == "[1]"


async def test_harmony_works_as_an_ordinary_role_that_owns_its_database(embedded: EmbeddedPostgres) -> None:
    assert await ask(embedded.dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    await ask(embedded.dsn, "CREATE SCHEMA own")
    assert await ask(embedded.superuser_dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is True


async def test_the_settings_are_the_documented_ones(embedded: EmbeddedPostgres) -> None:
    expected = {
        "listen_addresses": "",
        "server_encoding": "UTF8",
        "data_checksums": "on",
        "TimeZone": "UTC",
        "jit": "off",
        "max_connections": "100",
        "shared_buffers": "64MB",
    }
    for setting, value in expected.items():
        assert await ask(embedded.dsn, f"SELECT current_setting('{setting}')") == value, setting


async def test_text_sorts_and_folds_by_the_builtin_locale(embedded: EmbeddedPostgres) -> None:
    row = "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'harmony'"
    assert await ask(embedded.dsn, row) == "b C.UTF-8"
    assert await ask(embedded.dsn, "SELECT upper('ä') || lower('É')") == "Äé"


async def test_a_durable_server_has_its_guarantees_on_whatever_its_files_say(base: Path, start: Start) -> None:
    server = await start(base / "data")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await ask(server.superuser_dsn, f"ALTER SYSTEM SET {setting} = off")
    await server.restart()
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert await ask(server.dsn, f"SELECT current_setting('{setting}')") == "on"


async def test_what_is_not_durable_says_so_in_its_name(embedded: EmbeddedPostgres) -> None:
    assert str(await ask(embedded.dsn, "SELECT current_setting('cluster_name')")).startswith("harmony-nondurable-")


async def test_stop_and_start_keep_the_data_and_the_password(base: Path, start: Start) -> None:
    first = await start(base / "data")
    await ask(first.dsn, "CREATE TABLE kept AS SELECT 'still here' AS word")
    await first.stop()
    second = await start(base / "data")
    assert await ask(second.dsn, "SELECT word FROM kept") == "still here"
    assert second.dsn == first.dsn


async def test_stop_ends_the_process_and_may_be_repeated(base: Path, start: Start) -> None:
    server = await start(base / "data")
    pid = server.pid
    await server.stop()
    await server.stop()
    assert not alive(pid)
    assert await server.wait() == 0
    with pytest.raises(ServerDied):
        _ = server.pid


async def test_a_stop_without_patience_loses_nothing_committed(base: Path, start: Start) -> None:
    server = await start(base / "data")
    await ask(server.dsn, "CREATE TABLE kept AS SELECT 7 AS number")
    await server.stop(fast_seconds=0)
    again = await start(base / "data")
    assert await ask(again.dsn, "SELECT number FROM kept") == 7


async def test_the_password_is_in_no_command_line_log_or_representation(embedded: EmbeddedPostgres) -> None:
    password = embedded.dsn.split(":")[2].split("@")[0]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(embedded.dsn.replace(password, "0" * len(password)))
    command_line = Path(f"/proc/{embedded.pid}/cmdline").read_text()
    log = (embedded.data_dir / "postgres.log").read_text()
    assert len(password) == 48
    assert all(password not in text for text in (command_line, log, repr(embedded)))


async def test_only_the_owner_may_read_the_secrets_the_log_and_the_cluster(embedded: EmbeddedPostgres) -> None:
    for name in ("passwords.json", "postgres.log", "harmony.lock", "harmony-data.json"):
        assert stat.S_IMODE((embedded.data_dir / name).stat().st_mode) == 0o600, name
    for name in ("postgres", "socket"):
        assert stat.S_IMODE((embedded.data_dir / name).stat().st_mode) == 0o700, name
    assert stat.S_IMODE(embedded.data_dir.stat().st_mode) in (0o700, 0o711)


@pytest.mark.parametrize("spare_bytes", [0, -1, -200])
async def test_a_path_too_long_for_a_socket_uses_a_private_folder_elsewhere_and_cleans_up(
    base: Path, start: Start, spare_bytes: int
) -> None:
    tail = len("/socket/.s.PGSQL.5432")
    name = "n" * (SOCKET_PATH_LIMIT_BYTES - spare_bytes - tail - len(str(base)) - 1)
    folder = base / name[:100] / name[101:] if len(name) > 100 else base / name
    server = await start(folder, durable=False)
    sockets = Path(str(await ask(server.superuser_dsn, "SELECT current_setting('unix_socket_directories')")).strip('"'))
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert (sockets.parent == folder) == (spare_bytes >= 0)
    await server.stop()
    assert sockets.exists() == (spare_bytes >= 0)


async def test_a_path_with_odd_characters_works(base: Path, start: Start) -> None:
    server = await start(base / "a, b'ö %20&c", durable=False)
    assert await ask(server.dsn, "SELECT 1") == 1
    with psycopg.connect(server.dsn) as connection:
        assert connection.execute("SELECT 2").fetchone() == (2,)


async def test_it_is_started_watched_and_stopped_from_different_loops_uvloop_among_them(base: Path) -> None:
    """A thread of its own stands for a program that runs one loop after another."""

    def program() -> int:
        starting = EmbeddedPostgres.start(base / "data", progress=lambda line: None, clock=SystemClock(), durable=False)
        server = uvloop.run(starting)
        assert asyncio.run(ask(server.dsn, "SELECT 1")) == 1
        os.kill(server.pid, signal.SIGKILL)
        code: int = uvloop.run(server.wait())
        asyncio.run(server.restart())
        uvloop.run(server.stop())
        return code

    assert await asyncio.to_thread(program) == -signal.SIGKILL
