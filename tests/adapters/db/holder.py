"""A program that starts the embedded PostgreSQL and keeps it: what the tests kill, and run as somebody else.

holder.py FOLDER    prints one JSON line {pid, server_pid, dsn, superuser_dsn} or {refusal, message}, then waits for
                    the end of its standard input and stops in an orderly way
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.kernel.clock import SystemClock
from harmony.kernel.errors import Refusal


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


async def main(folder: Path) -> None:
    try:
        server = await EmbeddedPostgres.start(folder, progress=lambda line: None, clock=SystemClock())
    except Refusal as refusal:
        say(refusal=refusal.code, message=refusal.message)
        return
    say(pid=os.getpid(), server_pid=server.pid, dsn=server.dsn, superuser_dsn=server.superuser_dsn)
    await asyncio.to_thread(sys.stdin.read)
    await server.stop()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
