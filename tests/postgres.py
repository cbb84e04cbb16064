"""A PostgreSQL of the tests' own: real, in a temporary folder, without the disk's guarantees."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.kernel.clock import SystemClock


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A temporary folder that the server's system user may pass through; pytest's own lies below a closed one."""
    folder = Path(tempfile.mkdtemp(prefix="harmony-test-", dir="/tmp"))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a running, non-durable server that is gone with its data afterwards; usable from any loop."""
    with reachable_folder() as folder:
        server = asyncio.run(start_nondurable(folder / "data"))
        try:
            yield server.dsn
        finally:
            asyncio.run(server.stop())


async def start_nondurable(folder: Path) -> EmbeddedPostgres:
    return await EmbeddedPostgres.start(folder, progress=lambda line: None, clock=SystemClock(), durable=False)
