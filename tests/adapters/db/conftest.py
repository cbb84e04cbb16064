"""What the tests of the embedded server share: folders it can reach, and starting it with little ado."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from tests.postgres import reachable_folder

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.kernel.clock import SystemClock

Start = Callable[..., Coroutine[Any, Any, EmbeddedPostgres]]
Hold = Callable[..., Awaitable["Held"]]
HOLDER = Path(__file__).with_name("holder.py")
PYTHON_PATH = os.pathsep.join(entry for entry in sys.path if entry)


@dataclass(frozen=True, slots=True)
class Held:
    """A holder program and what it said."""

    process: subprocess.Popen[str]
    said: dict[str, str]


def _holder(folder: Path, python: str, uid: int | None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [python, "-B", str(HOLDER), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": PYTHON_PATH, "HOME": "/nonexistent"},
        user=uid,
        group=uid,
        extra_groups=None if uid is None else [],
    )


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder of the test's own below which data folders may be made."""
    with reachable_folder() as folder:
        yield folder


@pytest_asyncio.fixture
async def start() -> AsyncIterator[Start]:
    """``await start(folder, …)`` as ``EmbeddedPostgres.start``; what is still running afterwards is stopped."""
    started: list[EmbeddedPostgres] = []

    async def _start(folder: Path, **options: object) -> EmbeddedPostgres:
        chosen = {"progress": lambda line: None, "clock": SystemClock(), **options}
        server = await EmbeddedPostgres.start(folder, **chosen)  # type: ignore[arg-type]  # the test's own options
        started.append(server)
        return server

    yield _start
    for server in started:
        await server.stop()


@pytest_asyncio.fixture
async def hold() -> AsyncIterator[Hold]:
    """``await hold(folder)`` runs a holder program to its first line; every holder is ended afterwards."""
    held: list[Held] = []

    async def _hold(folder: Path, *, python: str = sys.executable, uid: int | None = None) -> Held:
        process = _holder(folder, python, uid)
        assert process.stdout is not None
        line = await asyncio.to_thread(process.stdout.readline)
        held.append(Held(process, json.loads(line)))
        return held[-1]

    yield _hold
    for each in held:
        await asyncio.to_thread(each.process.communicate)


@pytest_asyncio.fixture
async def embedded(base: Path, start: Start) -> EmbeddedPostgres:
    return await start(base / "nondurable", durable=False)


@pytest_asyncio.fixture
async def durable_embedded(base: Path, start: Start) -> EmbeddedPostgres:
    return await start(base / "data")
