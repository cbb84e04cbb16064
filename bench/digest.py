"""Does the digest read CI logs rightly, does it find the error lines and the decisive one, and how fast is it?

Reads the labelled data in ``HARMONY_BENCH_DATA``, or in ``../shared/data`` beside the repository, and says so when
there is none. The measures are those of the scorers that lie with the data; beside each stands the naive figure (a
few regular expressions) and a bootstrap interval over logs. No labelled set of decisive lines lies there:
``HARMONY_DECISIVE_LABELS`` may name a file of JSON lines ``{"id": case, "pattern": what an explaining line holds}``;
its figures are only as good as its labels. Speed is CPU time on this machine; the start is taken over bare Python in
the same run.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.lines import CHUNK_BYTES
from harmony.assist.problems.digest.wire import wired

BOOTSTRAP_ROUNDS = 1_000
START_ROUNDS = 15
RECALL_ASKED = 0.90
SMALLEST_LOG_MEGABYTES = 0.05
EXTENSIONS = {"py", "js", "ts", "jsx", "tsx", "java", "rb"}
SAME_STATUS = {"terminated": "cancelled", "canceled": "cancelled"}

_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_NAIVE_EXIT = re.compile(r"exited with (\d+)|exit code (\d+)")
_NAIVE_COUNT = re.compile(r"(\d+) failing|Tests:\s+(\d+) failed|(\d+) failed|failures=(\d+)|Failures: (\d+)")
_NAIVE_NAME = re.compile(r"(?:FAILED|FAIL:|ERROR:) (\S+)")
_NAIVE_ERROR = re.compile(r"(?i)\berror\b|\bfail|\bfatal|crash|unexpected|traceback|hanging|abort|\*\*\*")


@dataclass(frozen=True)
class Answer:
    """What a reader says of one log."""

    status: str
    n_failed: int
    names: frozenset[tuple[str, ...]]
    lines: list[tuple[int, float]]
    decisive: list[str]
    milliseconds: float


Answerer = Callable[[bytes], Answer]


def ours(raw: bytes) -> Answer:
    begun = time.process_time()
    answer: dict[str, Any] = wired(digest_of([raw[at : at + CHUNK_BYTES] for at in range(0, len(raw), CHUNK_BYTES)]))
    return Answer(
        answer["status"],
        answer["n_failed"],
        frozenset(map(canonical, answer["failed_tests"])),
        [(line, score) for line, score in answer["lines"]],
        [one["text"] for one in answer["decisive"]],
        (time.process_time() - begun) * 1000,
    )


def naive(raw: bytes) -> Answer:
    """A few regular expressions over the whole text."""
    begun = time.process_time()
    text = _COLOUR.sub("", raw.decode("utf-8", "replace"))
    exits = [first or second for first, second in _NAIVE_EXIT.findall(text)]
    status = "cancelled" if "was canceled" in text else ("broken" if any(code != "0" for code in exits) else "ok")
    counts = _NAIVE_COUNT.findall(text)
    failed = sum(int(part) for part in counts[-1] if part) if counts else 0
    hits = [(at + 1, line) for at, line in enumerate(text.split("\n")) if _NAIVE_ERROR.search(line)]
    names = frozenset(canonical(name) for name in _NAIVE_NAME.findall(text))
    lines = [(at, 0.0) for at, _ in hits]
    return Answer(status, failed, names, lines, [line for _, line in hits[:3]], (time.process_time() - begun) * 1000)


def canonical(name: str) -> tuple[str, ...]:
    """A test's name without the order of its parts, as the scorer compares it."""
    return tuple(sorted(part for part in re.findall(r"[a-z0-9_$]+", name.lower()) if part not in EXTENSIONS))


def data_folder() -> Path | None:
    """Where the labelled data is, if anywhere."""
    named = os.environ.get("HARMONY_BENCH_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder if (folder / "ci-logs").is_dir() else None


def cases(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "cases.jsonl").read_text("utf-8").split("\n")
    found = [json.loads(line) for line in lines if line.strip()]
    return [{**case, "raw": gzip.decompress((folder / case["log"]).read_bytes())} for case in found]


def interval(figure: Callable[[Sequence[Any]], float], values: Sequence[Any]) -> str:
    """A 95 % bootstrap interval of ``figure`` over ``values``."""
    chance = random.Random(7)
    figures = sorted(figure(chance.choices(values, k=len(values))) for _ in range(BOOTSTRAP_ROUNDS))
    return f"[{figures[int(BOOTSTRAP_ROUNDS * 0.025)]:.3f}, {figures[int(BOOTSTRAP_ROUNDS * 0.975)]:.3f}]"


def show(
    name: str, aim: str, figure: Callable[[Sequence[Any]], float], values: Sequence[Any], plain: Sequence[Any]
) -> None:
    told = f"{figure(values):.4f} {interval(figure, values)}"
    print(f"{name:44s} {told:24s} aim {aim:8s} naive {figure(plain):.4f} n={len(values)}")


def f1(counts: Sequence[tuple[int, int, int]]) -> float:
    """Of (right, wrong, missed) per log."""
    right, wrong, missed = (sum(part) for part in zip(*counts, strict=True))
    return float(2 * right / max(1, 2 * right + wrong + missed))


def ci_logs(folder: Path, answerer: Answerer) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {"status": [], "failed": [], "names": [], "speed": [], "decisive": []}
    labels = decisive_labels()
    for case in cases(folder / "ci-logs"):
        answer, expected = answerer(case["raw"]), case["expected"]
        if "status" in expected:
            wanted = SAME_STATUS.get(expected["status"], expected["status"])
            found["status"].append(float(answer.status == wanted))
        if isinstance(expected.get("n_failed"), int):
            found["failed"].append(float(answer.n_failed == expected["n_failed"]))
        if "failed_tests" in expected:
            gold = set(map(canonical, expected["failed_tests"]))
            found["names"].append((len(gold & answer.names), len(answer.names - gold), len(gold - answer.names)))
        if case["id"] in labels:
            hits = [bool(re.search(labels[case["id"]], text)) for text in answer.decisive[:3]]
            found["decisive"].append((float(any(hits[:1])), float(any(hits))))
        found["speed"].append(answer.milliseconds / max(len(case["raw"]) / 1e6, SMALLEST_LOG_MEGABYTES))
    return found


def decisive_labels() -> dict[str, str]:
    named = os.environ.get("HARMONY_DECISIVE_LABELS")
    if not named:
        return {}
    rows = [json.loads(line) for line in Path(named).read_text("utf-8").split("\n") if line.strip()]
    return {row["id"]: row["pattern"] for row in rows}


def error_lines(folder: Path, answerer: Answerer) -> list[tuple[int, list[tuple[float, bool, int]]]]:
    """For each log: how many gold lines, and every predicted line with its score, whether right, gold lines met."""
    found = []
    for case in cases(folder / "error-lines"):
        text = [bare(line) for line in case["raw"].decode("utf-8", "replace").split("\n")]
        gold = [text[row["line"] - 1] if row["line"] else bare(row["text"]) for row in case["gold"]]
        met: set[str] = set()
        scored: list[tuple[float, bool, int]] = []
        for line, score in answerer(case["raw"]).lines:
            said = text[line - 1]
            scored.append((score, said in gold, gold.count(said) if said not in met else 0))
            met.add(said)
        found.append((len(gold), scored))
    return found


def bare(line: str) -> str:
    return re.sub(r"^\[task [^\]]*\]\s*", "", re.sub(r"\s+", " ", _COLOUR.sub("", line)).strip())


def precision_at_recall(logs: Sequence[tuple[int, list[tuple[float, bool, int]]]]) -> float:
    """The best precision among the score limits at which enough gold lines are found."""
    total = sum(n for n, _ in logs)
    ordered = sorted((entry for _, scored in logs for entry in scored), key=lambda entry: -entry[0])
    best, right, met = 0.0, 0, 0
    for at, (score, is_right, gold) in enumerate(ordered, 1):
        right, met = right + is_right, met + gold
        last_of_score = at == len(ordered) or ordered[at][0] != score
        if last_of_score and met >= RECALL_ASKED * total:
            best = max(best, right / at)
    return best


def start_milliseconds(program: str) -> float:
    """The median time of a fresh interpreter that runs ``program``."""
    taken = []
    for _ in range(START_ROUNDS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def main() -> None:
    source = str(Path(__file__).resolve().parents[1] / "src")
    bare_start = start_milliseconds("pass")
    loaded = start_milliseconds(f"import sys; sys.path.insert(0, {source!r}); import harmony.apps.cli.digest")
    print(f"{'start over bare Python, ms':44s} {loaded - bare_start:.1f} (bare {bare_start:.1f}){'':8s} aim <= 60")
    folder = data_folder()
    if folder is None:
        print("no labelled data: set HARMONY_BENCH_DATA, or lay it at ../shared/data beside the repository")
        return
    read, plain = ci_logs(folder, ours), ci_logs(folder, naive)
    show("status", ">= .98", statistics.fmean, read["status"], plain["status"])
    show("failed count exact", ">= .90", statistics.fmean, read["failed"], plain["failed"])
    show("failing-test-name F1 (canonical)", ">= .90", f1, read["names"], plain["names"])
    for at, name, aim in ((0, "decisive line, top-1", ">= .70"), (1, "decisive line, top-3", ">= .88")):
        if read["decisive"]:
            of = [[pair[at] for pair in side["decisive"]] for side in (read, plain)]
            show(name, aim, statistics.fmean, of[0], of[1])
    if not read["decisive"]:
        print("decisive line: no labels (set HARMONY_DECISIVE_LABELS)")
    show("ms a MB, p95", "<= 150", p95, read["speed"], plain["speed"])
    lines, plain_lines = error_lines(folder, ours), error_lines(folder, naive)
    show("error lines: precision at recall >= .90", ">= .35", precision_at_recall, lines, plain_lines)


if __name__ == "__main__":
    main()
