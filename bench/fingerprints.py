"""Do fingerprints keep one cause together and two causes apart, and how fast are they, alone and against a million?

Reads the labelled tracebacks in ``HARMONY_BENCH_DATA``, or in ``../shared/data`` beside the repository, and says so
when there are none: the same failures under six versions of Python. Beside each figure stand the naive ones (the last
line normalised; the whole text without numbers and paths) and a bootstrap interval over cases. Speed is wall time on
this machine; the start of the filter is taken over bare Python in the same run. The million are invented failures,
many of them nearly alike; ``--known N`` asks another number, ``--postgres`` fills the PostgreSQL index beside the one
in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.apps.cli.fingerprint import fingerprint
from harmony.assist.problems.fingerprints import Fingerprint, take
from harmony.assist.problems.grouping import nearest_of
from harmony.assist.problems.index import MemoryIndex, keys_of, sketch_of
from harmony.assist.problems.model import Failure, Frame
from harmony.kernel.clock import SystemClock

KNOWN = 1_000_000
ASKED = 1_000
BOOTSTRAP_ROUNDS = 300
START_ROUNDS = 15
MIGRATION = Path("src/harmony/apps/migrations/0012_pre_problem_fingerprints.sql")
VERBS = "load save read write parse send fetch open close build render check merge split sort find list make".split()
NOUNS = "order invoice page index user image report batch token queue cache row file graph model event label".split()
KINDS = "ValueError KeyError TypeError OSError TimeoutError AttributeError RuntimeError LookupError".split()
SAID = "is missing|is not ready|was closed|cannot be read|has the wrong shape|took too long|is locked".split("|")

_LAST = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Warning|Interrupt|Exit|Iteration)?(: |$)")
Case = dict[str, str]


def naive_line(text: str) -> str:
    lines = text.strip().split("\n")
    last = [line for line in lines if _LAST.match(line)] or lines
    quoted = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "<q>", last[-1])
    return re.sub(r"\(detected at line \d+\)|0x[0-9a-f]+|\d+", "<n>", quoted)


def naive_text(text: str) -> str:
    return re.sub(r"\d+", "", re.sub(r'File "[^"]*", line \d+', "File", text))


def data_folder() -> Path | None:
    """Where the labelled data is, if anywhere."""
    named = os.environ.get("HARMONY_BENCH_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder if (folder / "tracebacks").is_dir() else None


def tracebacks(folder: Path) -> list[Case]:
    lines = (folder / "tracebacks" / "tracebacks.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def marks(cases: Sequence[Case], values: Sequence[str]) -> list[tuple[str, float, float, float]]:
    """For each traceback its case, its B-cubed precision and recall, and whether it is in a wrong merge."""
    clusters: dict[str, list[Case]] = defaultdict(list)
    for case, value in zip(cases, values, strict=True):
        clusters[value].append(case)
    sizes = Counter(case["case"] for case in cases)
    found = []
    for case, value in zip(cases, values, strict=True):
        cluster = clusters[value]
        together = sum(other["case"] == case["case"] for other in cluster)
        wrong = any(other["cause_class"] != case["cause_class"] for other in cluster)
        found.append((case["case"], together / len(cluster), together / sizes[case["case"]], float(wrong)))
    return found


def f1(marked: Sequence[tuple[str, float, float, float]]) -> float:
    precision, recall = statistics.fmean(m[1] for m in marked), statistics.fmean(m[2] for m in marked)
    return 2 * precision * recall / (precision + recall)


def wrong(marked: Sequence[tuple[str, float, float, float]]) -> float:
    return statistics.fmean(m[3] for m in marked)


def interval(
    marked: Sequence[tuple[str, float, float, float]],
    figure: Callable[[Sequence[tuple[str, float, float, float]]], float],
) -> str:
    """A 95 % bootstrap interval over cases."""
    by_case: dict[str, list[tuple[str, float, float, float]]] = defaultdict(list)
    for mark in marked:
        by_case[mark[0]].append(mark)
    chance, groups = random.Random(7), list(by_case.values())
    rounds = sorted(
        figure([mark for group in chance.choices(groups, k=len(groups)) for mark in group])
        for _ in range(BOOTSTRAP_ROUNDS)
    )
    return f"[{rounds[int(len(rounds) * 0.025)]:.4f}, {rounds[int(len(rounds) * 0.975)]:.4f}]"


def p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[max(0, int(len(seconds) * 0.95) - 1)] * 1_000


def quality(cases: Sequence[Case]) -> None:
    values, taken = [], []
    for case in cases:
        begun = time.perf_counter()
        values.append(fingerprint(case["traceback"])[1].value)
        taken.append(time.perf_counter() - begun)
    ours = marks(cases, values)
    line = marks(cases, [naive_line(case["traceback"]) for case in cases])
    text = marks(cases, [naive_text(case["traceback"]) for case in cases])
    for name, aim, figure in (("B-cubed F1", ">= .88", f1), ("tracebacks in a wrong merge", "<= .01", wrong)):
        shown = f"{figure(ours):.4f} {interval(ours, figure)}"
        print(f"{name:38s} {shown:26s} aim {aim:8s} last line {figure(line):.4f}  whole text {figure(text):.4f}")
    print(f"{'distinct fingerprints':38s} {len(set(values))} of {len({case['case'] for case in cases})} cases")
    print(f"{'fingerprint, redaction included, ms p95':38s} {p95(taken):.3f}{'':21s} aim <= 5")


def start() -> None:
    source = str(Path(__file__).resolve().parents[1] / "src")
    trace = b'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    x[1]\nKeyError: 1\n'

    def milliseconds(*arguments: str) -> float:
        taken = []
        for _ in range(START_ROUNDS):
            begun = time.perf_counter()
            environment = {**os.environ, "PYTHONPATH": source}
            subprocess.run([sys.executable, *arguments], check=True, input=trace, capture_output=True, env=environment)
            taken.append((time.perf_counter() - begun) * 1_000)
        return statistics.median(taken)

    bare, filtered = milliseconds("-c", "pass"), milliseconds("-m", "harmony.apps.cli", "fingerprint")
    print(f"{'start over bare Python, ms':38s} {filtered - bare:.1f}  (bare {bare:.1f}){'':10s} aim <= 60")


def invented(number: int, chance: random.Random) -> Fingerprint:
    """A failure that shares its shape with many others: few kinds and messages, stacks of common functions."""
    depth = chance.randint(1, 12)
    functions = [f"{chance.choice(VERBS)}_{chance.choice(NOUNS)}" for _ in range(depth)]
    message = f"{chance.choice(NOUNS)} {chance.choice(SAID)} {_letters(number % 5_000)}"
    frames = tuple(Frame("/srv/app/x.py", name, 3, False) for name in functions)
    return take(Failure(chance.choice(KINDS), message, "", 1, "python", frames, 3))


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def new_ones() -> Iterator[Fingerprint]:
    """Failures made like the known ones, few of them equal to one."""
    chance = random.Random(11)
    for _ in range(ASKED):
        yield invented(chance.randrange(KNOWN), chance)


def in_memory(known: int) -> None:
    index, chance = MemoryIndex(known), random.Random(7)
    begun, some = time.perf_counter(), []
    for number in range(known):
        print_ = invented(number, chance)
        index.add(print_)
        if number % max(1, known // ASKED) == 0:
            some.append(print_)
    filled = time.perf_counter() - begun
    taken, first = [], []
    for print_ in (*some, *new_ones()):
        begun = time.perf_counter()
        found = index.like(print_)
        taken.append(time.perf_counter() - begun)
        first.append(bool(found) and found[0].fingerprint == print_.value)
    shown(f"like among {len(index):,} in memory", taken, statistics.fmean(first[: len(some)]))
    print(f"{'':38s} filled in {filled:.0f} s; {index.bytes / 2**20:.0f} MB held")


def shown(name: str, taken: Sequence[float], first: float) -> None:
    middle = statistics.median(taken) * 1_000
    print(f"{name + ', ms p95':38s} {p95(taken):.2f}  (median {middle:.2f}; a known one first {first:.3f}) aim <= 20")


async def in_postgres(known: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="harmony-bench-", dir="/tmp"))
    folder.chmod(0o711)
    server = await EmbeddedPostgres.start(folder / "data", progress=lambda _: None, clock=SystemClock())
    try:
        connection: Any = await asyncpg.connect(server.dsn)
        await connection.execute((Path(__file__).resolve().parents[1] / MIGRATION).read_text(encoding="utf-8"))
        some = await _fill(connection, known)
        taken, first = [], []
        for print_ in (*some, *new_ones()):
            begun = time.perf_counter()
            found = await nearest_of(connection, "wanda", print_)
            taken.append(time.perf_counter() - begun)
            first.append(bool(found) and found[0][0] == print_.value)
        shown(f"like among {known:,} in PostgreSQL", taken, statistics.fmean(first[: len(some)]))
        await connection.close()
    finally:
        await server.stop()
        shutil.rmtree(folder)


async def _fill(connection: Any, known: int) -> list[Fingerprint]:
    chance, now, rows, keys = random.Random(7), SystemClock().now(), [], []
    seen: set[str] = set()
    some = []
    for number in range(known):
        print_ = invented(number, chance)
        if number % max(1, known // ASKED) == 0:
            some.append(print_)
        if print_.value not in seen:
            seen.add(print_.value)
            sketch, at = sketch_of(print_), len(seen)
            rows.append(
                (at, "wanda", print_.value, "{}", sketch.kind, list(sketch.words), list(sketch.steps), now, now)
            )
            keys += [("wanda", place, key, at) for place, key in enumerate(keys_of(print_, sketch), 1) if key]
        if len(rows) >= 20_000 or (number == known - 1 and rows):
            await connection.copy_records_to_table("problem_fingerprints", records=rows)
            await connection.copy_records_to_table("problem_fingerprint_keys", records=keys)
            rows, keys = [], []
    await connection.execute("ANALYZE problem_fingerprints, problem_fingerprint_keys")
    return some


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--known", type=int, default=KNOWN)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    start()
    folder = data_folder()
    if folder is None:
        print("no labelled data: set HARMONY_BENCH_DATA, or lay it at ../shared/data beside the repository")
    else:
        quality(tracebacks(folder))
    in_memory(options.known)
    if options.postgres:
        asyncio.run(in_postgres(options.known))


if __name__ == "__main__":
    main()
