"""The embedded server's bad days: killed, orphaned, mistaken for somebody else."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
from tests.adapters.db.conftest import Hold, Start
from tests.adapters.db.test_embedded import ask

from harmony.adapters.db import leftovers
from harmony.adapters.db.cluster import IMMEDIATE_SHUTDOWN
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.errors import DataFolderDamaged, ServerDied
from harmony.adapters.db.processes import alive
from harmony.kernel.clock import VirtualClock

pytestmark = pytest.mark.asyncio


async def end_of(pid: int) -> None:
    """Wait for a process that is not our child; the pidfd tells, no clock is asked."""
    try:
        pinned = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(pinned, over.set)
    await over.wait()
    asyncio.get_running_loop().remove_reader(pinned)
    os.close(pinned)


@contextmanager
def orphan(server: EmbeddedPostgres) -> Iterator[subprocess.Popen[bytes]]:
    """A real server on the folder of a stopped one, with nobody who feels responsible for it."""
    cluster, owner = server._cluster, server._cluster.folder.stat()
    identity = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    process = subprocess.Popen(  # type: ignore[call-overload]  # the identity is for root only
        cluster.command(server._programs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **identity
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def somebody_else() -> Iterator[subprocess.Popen[bytes]]:
    """A living process that has nothing to do with PostgreSQL."""
    with subprocess.Popen(["sleep", "600"]) as process:
        try:
            yield process
        finally:
            process.kill()


async def accepting(dsn: str) -> None:
    """Until a server that nobody watches accepts connections."""
    while True:
        try:
            await ask(dsn, "SELECT 1")
            return
        except (OSError, asyncpg.CannotConnectNowError):
            await asyncio.sleep(0)


async def test_kill_9_of_postgres_is_noticed_and_a_restart_has_all_that_was_committed(base: Path, start: Start) -> None:
    server = await start(base / "data")
    await ask(server.dsn, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    noticed = asyncio.create_task(server.wait())
    os.kill(server.pid, signal.SIGKILL)
    assert await noticed == -signal.SIGKILL
    await server.restart()
    assert await ask(server.dsn, "SELECT sum(number) FROM kept") == 500_500


async def test_a_restart_ends_a_backend_too_busy_to_notice_that_its_server_was_killed(base: Path, start: Start) -> None:
    server = await start(base / "data")
    connection = await asyncpg.connect(server.dsn)
    backend = await connection.fetchval("SELECT pg_backend_pid()")
    busy = asyncio.create_task(connection.execute("DO 'BEGIN LOOP END LOOP; END'"))
    while await ask(server.dsn, f"SELECT state FROM pg_stat_activity WHERE pid = {backend}") != "active":
        await asyncio.sleep(0)
    os.kill(server.pid, signal.SIGKILL)
    await server.wait()
    assert alive(backend)
    await server.restart()
    assert not alive(backend)
    assert await ask(server.dsn, "SELECT 1") == 1
    await asyncio.gather(busy, return_exceptions=True)


async def test_restart_also_replaces_a_living_server(embedded: EmbeddedPostgres) -> None:
    before = embedded.pid
    await embedded.restart()
    assert embedded.pid != before
    assert not alive(before)
    assert await ask(embedded.dsn, "SELECT 1") == 1


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="without util-linux's setpriv leftovers wait for a start")
async def test_kill_9_of_the_main_process_takes_postgres_with_it(base: Path, hold: Hold) -> None:
    held = await hold(base / "data")
    held.process.kill()
    await end_of(int(held.said["server_pid"]))
    assert not alive(int(held.said["server_pid"]))


async def test_after_kill_9_of_the_main_process_the_next_start_has_all_that_was_committed(
    base: Path, hold: Hold, start: Start
) -> None:
    held = await hold(base / "data")
    await ask(held.said["dsn"], "CREATE TABLE kept AS SELECT 'still here' AS word")
    held.process.kill()
    server = await start(base / "data")
    assert server.dsn == held.said["dsn"]
    assert await ask(server.dsn, "SELECT word FROM kept") == "still here"


@pytest.mark.parametrize("stubborn", [False, True])
async def test_an_orphan_is_stopped_before_a_new_server_starts(
    base: Path, start: Start, stubborn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "FAST_WAIT_SECONDS", 0.1 if stubborn else leftovers.FAST_WAIT_SECONDS)
    monkeypatch.setattr(leftovers, "IMMEDIATE_WAIT_SECONDS", 0.1)
    first = await start(base / "data")
    await first.stop()
    said: list[str] = []
    with orphan(first) as process:
        await accepting(first.dsn)
        await ask(first.dsn, "CREATE TABLE kept AS SELECT 'from the orphan' AS word")
        if stubborn:
            process.send_signal(signal.SIGSTOP)
        second = await start(base / "data", progress=said.append)
        assert process.wait() == (-signal.SIGKILL if stubborn else 0)
        assert await ask(second.dsn, "SELECT word FROM kept") == "from the orphan"
    assert any(str(process.pid) in line for line in said)


async def test_an_orphan_of_another_folder_is_left_alone(base: Path, start: Start) -> None:
    mine = await start(base / "mine", durable=False)
    await mine.stop()
    shutil.copytree(base / "mine", base / "copy", symlinks=True)
    if os.geteuid() == 0:
        owner = (base / "mine/postgres").stat()
        for path in (base / "copy/postgres", *(base / "copy/postgres").rglob("*"), base / "copy/socket"):
            os.chown(path, owner.st_uid, owner.st_gid)
    with orphan(mine) as process:
        await accepting(mine.dsn)
        copy = await start(base / "copy", durable=False)
        assert process.poll() is None
        assert await ask(copy.dsn, "SELECT 1") == await ask(mine.dsn, "SELECT 1") == 1
        process.send_signal(IMMEDIATE_SHUTDOWN)
        process.wait()


async def test_a_stale_pid_file_whose_pid_was_reused_stops_nobody(base: Path, start: Start) -> None:
    first = await start(base / "data")
    pid_file = base / "data/postgres/postmaster.pid"
    written, old_pid = pid_file.read_text(), first.pid
    await first.stop()
    with somebody_else() as stranger:
        for path in (pid_file, base / "data/socket/.s.PGSQL.5432.lock"):
            path.write_text(written.replace(str(old_pid), str(stranger.pid), 1))
        said: list[str] = []
        server = await start(base / "data", progress=said.append)
        assert await ask(server.dsn, "SELECT 1") == 1
        assert stranger.poll() is None
        assert any(str(stranger.pid) in line for line in said)


async def test_a_server_that_cannot_start_says_why_and_frees_the_folder(base: Path, start: Start) -> None:
    first = await start(base / "data")
    await first.stop()
    control = base / "data/postgres/global/pg_control"
    kept = control.read_bytes()
    control.write_bytes(b"")
    with pytest.raises(ServerDied, match="pg_control"):
        await start(base / "data")
    control.write_bytes(kept)
    assert await ask((await start(base / "data")).dsn, "SELECT 1") == 1


async def test_passwords_that_do_not_fit_are_named_and_the_server_is_not_left_running(base: Path, start: Start) -> None:
    first = await start(base / "data")
    await first.stop()
    (base / "data/passwords.json").write_text('{"harmony": "wrong", "postgres": "wrong"}')
    with pytest.raises(DataFolderDamaged, match="passwords"):
        await start(base / "data")
    assert not (base / "data/postgres/postmaster.pid").exists()


class HurriedClock(VirtualClock):
    """Each pause is a second of its time and none of ours."""

    async def sleep(self, seconds: float) -> None:
        self.advance(1)
        await asyncio.sleep(0)


async def test_recovery_is_reported_every_few_seconds_and_has_no_limit(
    base: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server refuses connections while it recovers, for an hour here: the refusals are put in front of a real one."""
    refusals = iter(range(3600))
    really_accepts = EmbeddedPostgres._accepts

    async def accepts(server: EmbeddedPostgres) -> bool:
        return next(refusals, None) is None and await really_accepts(server)

    monkeypatch.setattr(EmbeddedPostgres, "_accepts", accepts)
    said: list[str] = []
    server = await start(base / "data", durable=False, clock=HurriedClock(), progress=said.append)
    reports = [line.partition(":")[0] for line in said if "recovering" in line]
    assert reports[:1199] == [f"PostgreSQL is recovering, {seconds} s so far" for seconds in range(3, 3600, 3)]
    assert await ask(server.dsn, "SELECT 1") == 1
