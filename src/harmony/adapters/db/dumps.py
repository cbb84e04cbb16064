"""Whole copies of a database by PostgreSQL's own programs: one snapshot out, one transaction in."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from harmony.adapters.db import programs
from harmony.adapters.db.errors import DiskFull, DumpFailed
from harmony.adapters.db.processes import CLEAN_ENVIRONMENT, tied_to_this_process
from harmony.adapters.db.unit_of_work import Connection
from harmony.kernel.clock import Clock

PROGRESS_EVERY_SECONDS = 2.0
WORDS_LIMIT_CHARS = 1_000
FULL = "No space left on device"

_PATIENT = ("SET LOCAL idle_in_transaction_session_timeout = 0", "SET LOCAL statement_timeout = 0")
_SNAPSHOT = "SELECT pg_export_snapshot()"
_SIZE = "SELECT pg_database_size(current_database())"


async def snapshot(connection: Connection) -> str:
    """A name by which ``dump`` sees what this open transaction sees; without limits on its time."""
    for statement in _PATIENT:
        await connection.execute(statement)
    return str(await connection.fetchval(_SNAPSHOT))


async def size_bytes(connection: Connection) -> int:
    return int(await connection.fetchval(_SIZE))


async def dump(dsn: str, seen: str, target: Path, *, clock: Clock, progress: Callable[[int], None]) -> None:
    """Write the database as it is in the snapshot ``seen``; ``progress`` hears how many bytes there are by now.

    Raises ``DiskFull`` and ``DumpFailed``.
    """
    options = ["--format=custom", "--compress=gzip:3", "--no-owner", "--no-privileges", "--exclude-extension=*"]
    command = [str(programs.installed().pg_dump), *options, f"--snapshot={seen}", f"--file={target}"]
    async with _reported(target, clock, progress):
        await _run(command, dsn)


async def restore(dsn: str, source: Path) -> None:
    """Fill an empty database, wholly or not at all. Raises ``DiskFull`` and ``DumpFailed``."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    name = urlsplit(dsn).path.lstrip("/")
    await _run([str(programs.installed().pg_restore), *options, f"--dbname={name}", str(source)], dsn)


async def _run(command: list[str], dsn: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *tied_to_this_process(command, signal.SIGKILL),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**CLEAN_ENVIRONMENT, **_variables(dsn)},
        umask=0o077,
    )
    try:
        _, said = await process.communicate()
    except BaseException:  # whatever happened, including cancellation: no program without its owner
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    words = said.decode("utf-8", "replace").strip()
    if process.returncode != 0:
        if FULL in words:
            raise DiskFull("there is no space left for the copy")
        raise DumpFailed(words[-WORDS_LIMIT_CHARS:] or f"it ended with {process.returncode}")


def _variables(dsn: str) -> dict[str, str]:
    """The address as variables: a command line can be read by everybody on this machine."""
    parts = urlsplit(dsn)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    found = {
        "PGHOST": query.get("host") or parts.hostname or "",
        "PGPORT": query.get("port") or (str(parts.port) if parts.port else ""),
        "PGUSER": query.get("user") or unquote(parts.username or ""),
        "PGPASSWORD": query.get("password") or unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": query.get("sslmode", ""),
    }
    return {name: value for name, value in found.items() if value}


@asynccontextmanager
async def _reported(target: Path, clock: Clock, progress: Callable[[int], None]) -> AsyncIterator[None]:
    async def report() -> None:
        while True:
            await clock.sleep(PROGRESS_EVERY_SECONDS)
            with suppress(OSError):
                progress(os.stat(target).st_size)

    task = asyncio.create_task(report(), name="progress of a dump")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
