"""How long from `make up` on a prepared checkout to the first answer, and how much memory does it hold when idle?

Aims: 5 s to the first answer, 400 MB resident for the whole idle process tree. Shared pages (PostgreSQL's buffers, the
interpreter's code) are counted once: the sum is of proportional set sizes. Beside it, the same start measured against
the time that PostgreSQL alone needs on the same folder.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.kernel.clock import SystemClock

ROUNDS = 3
CHECKOUT = Path(__file__).parent.parent
FIRST_PORT = 8888
SETTLE_SECONDS = 5.0


def main() -> None:
    base = Path(tempfile.mkdtemp(prefix="harmony-bench-", dir="/tmp"))
    base.chmod(0o711)
    data = base / "data"
    offset = _free_offset()
    first = _until_first_answer(data, offset)
    rounds = [_until_first_answer(data, offset) for _ in range(ROUNDS)]
    postgres = [_postgres_alone(data) for _ in range(ROUNDS)]
    seconds = sorted(rounds)[ROUNDS // 2][0]
    alone = sorted(postgres)[ROUNDS // 2]
    print(f"first start, with a new database   {first[0]:6.2f} s")
    print(f"prepared start to first answer     {seconds:6.2f} s   (median of {ROUNDS}; aim 5)")
    print(f"PostgreSQL alone, same folder      {alone:6.2f} s   ratio {seconds / alone:.1f}")
    print(f"idle memory of the process tree    {max(memory for _, memory in rounds):6.0f} MB  (aim 400)")


def _until_first_answer(data: Path, offset: int) -> tuple[float, float]:
    """Seconds until ``/health`` of the conductor is 200, and MB resident a little later."""
    command = ["make", "-s", "up", f"ARGS=--data {data} --port-offset {offset}"]
    begun = time.monotonic()
    process = subprocess.Popen(
        command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not _healthy(FIRST_PORT + offset):
            if process.poll() is not None:
                raise SystemExit("make up ended by itself")
            time.sleep(0.02)
        seconds = time.monotonic() - begun
        time.sleep(SETTLE_SECONDS)
        return seconds, _memory_megabytes(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def _postgres_alone(data: Path) -> float:
    async def start_and_stop() -> float:
        begun = time.monotonic()
        server = await EmbeddedPostgres.start(data, progress=lambda _: None, clock=SystemClock())
        seconds = time.monotonic() - begun
        await server.stop()
        return seconds

    return asyncio.run(start_and_stop())


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _memory_megabytes(process: int) -> float:
    """Proportional set size of the process and everything below it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    total, waiting = 0, [process]
    while waiting:
        current = waiting.pop()
        waiting += children.get(current, [])
        rollup = Path(f"/proc/{current}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return total / 1024


def _free_offset() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1]) % 40_000 + (os.getpid() % 100)


if __name__ == "__main__":
    main()
