"""How soon does a filter answer, how much memory does a long input take, and what does a line cost?

Start: each filter on a small input beside bare Python (`-c pass`), in turn in every round, so that a busy machine slows
both; aim 60 ms over bare Python. Beside it the processor time of the same runs, which other programs disturb less.
Memory: `redact` and `digest` on 200 MB of invented log, and on one line of 50 MB; aim 200 MB. Needs no labelled data.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 25
LOG_MEGABYTES = 200
LINE_MEGABYTES = 50
MEGABYTE = 1024**2
PEAK_EVERY_SECONDS = 0.05
SOURCE = Path(__file__).resolve().parents[1] / "src"
RUN = "import sys; from harmony.apps.cli.entry import main; sys.exit(main())"
STARTS: dict[str, tuple[str, ...]] = {
    "bare Python": (),
    "redact": ("redact",),
    "digest": ("digest",),
    "fingerprint": ("fingerprint",),
    "stuck": ("stuck",),
    "watch": ("watch", "--", "true"),
}
GIVEN = {"stuck": b'{"role": "user", "text": "hello"}\n'}
WORDS = "alpha beta build step cached resolving package test passed compiled module warning info done with".split()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        starts()
        lengths(Path(folder))
    print(f"load {' '.join(f'{figure:.2f}' for figure in os.getloadavg())} on {os.cpu_count()} cores")


def starts() -> None:
    walls: dict[str, list[float]] = {name: [] for name in STARTS}
    works: dict[str, list[float]] = {name: [] for name in STARTS}
    for _ in range(ROUNDS):
        for name, arguments in STARTS.items():
            wall, work = _start(arguments, GIVEN.get(name, b"plain line\n"))
            walls[name].append(wall)
            works[name].append(work)
    print(f"start, {ROUNDS} rounds in turn    median     p95   over bare   ratio   cpu over bare (median)")
    bare, idle = statistics.median(walls["bare Python"]), statistics.median(works["bare Python"])
    for name, taken in walls.items():
        middle = statistics.median(taken)
        over, cpu = middle - bare, statistics.median(works[name]) - idle
        aim = "" if name == "bare Python" else f"   {over:6.1f} ms   {middle / bare:5.2f}   {cpu:6.1f} ms   aim <= 60"
        print(f"  {name:<22} {middle:7.1f} {_p95(taken):7.1f}{aim}")


def _start(arguments: Sequence[str], given: bytes) -> tuple[float, float]:
    """Milliseconds on the clock and of processor time until the answer is there."""
    command = [sys.executable, "-c", RUN, *arguments] if arguments else [sys.executable, "-c", "pass"]
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
    ) as running:
        assert running.stdin is not None
        running.stdin.write(given)
        running.stdin.close()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    return (time.perf_counter() - begun) * 1000, (used.ru_utime + used.ru_stime) * 1000


def lengths(folder: Path) -> None:
    log, line = folder / "long.log", folder / "line.log"
    lines = _write(log, LOG_MEGABYTES, b"\n")
    _write(line, LINE_MEGABYTES, b" ")
    for name, path, counted in (
        ("redact", log, lines),
        ("digest", log, lines),
        ("redact", line, 1),
        ("digest", line, 1),
    ):
        seconds, peak, work = _whole(name, path)
        size = path.stat().st_size / MEGABYTE
        what = f"{name}, {size:.0f} MB in {counted:,} line{'s' if counted > 1 else ''}"
        each = f", {work * 1000 / counted:.4f} ms a line (aim .1)" if name == "redact" and counted > 1 else ""
        print(
            f"{what:<36} {seconds:6.1f} s, {work * 1000 / size:6.1f} ms of cpu a MB, peak {peak:.0f} MB (aim 200){each}"
        )


def _whole(name: str, path: Path) -> tuple[float, float, float]:
    """Seconds, the peak of resident memory in MB, and processor seconds of one run over a file."""
    peak = 0.0
    done = threading.Event()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, name, str(path)], stdout=subprocess.DEVNULL, env=_environment()
    )

    def look() -> None:
        nonlocal peak
        while not done.wait(PEAK_EVERY_SECONDS):
            peak = max(peak, _peak(process.pid))

    looking = threading.Thread(target=look)
    looking.start()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    looking.join()
    return time.perf_counter() - begun, peak, used.ru_utime + used.ru_stime


def _peak(process: int) -> float:
    """The high-water mark of the program itself; that of ``wait4`` begins with its parent's."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024 if "VmHWM:" in told else 0.0


def _write(path: Path, megabytes: int, line_end: bytes) -> int:
    """An invented log with a password here and there; how many lines it has."""
    chance = random.Random(5)
    block = b"".join(_line(number, chance).encode() + line_end for number in range(20_000))
    times = megabytes * MEGABYTE // len(block) + 1
    with path.open("wb") as file:
        for _ in range(times):
            file.write(block)
    return times * 20_000


def _line(number: int, chance: random.Random) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(10))
    secret = f" password={chance.getrandbits(80):x}" if number % 500 == 0 else ""
    return f"2026-01-02T03:04:{number % 60:02d}.123Z {words} {chance.getrandbits(40):x} /usr/lib/a/{number}.py{secret}"


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE)}


if __name__ == "__main__":
    main()
