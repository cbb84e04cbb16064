"""What does redaction hide, what does it leave in peace, and how fast is it?

Reads the labelled data in ``HARMONY_BENCH_DATA``, or in ``../shared/data`` beside the repository, and says so when
there is none. Leaks and recall are those of the scorers that lie with the data; beside each stands the naive figure
(one ``key = value`` expression and long strings of high entropy) and a bootstrap interval over cases. Speed is CPU
time on this machine; the start of the module is taken over bare Python in the same run.
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
from pathlib import Path

from harmony.kernel.redaction.service import redact

Spans = list[tuple[int, int]]
Finder = Callable[[str], Spans]

PIECE_CHARS = 8
CLEAN_LINES_A_LOG = 4_000
BOOTSTRAP_ROUNDS = 1_000
START_ROUNDS = 15
ASKED_TYPES = ("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD")

_NAIVE_PAIR = re.compile(
    r"(?i)(?:key|token|secret|passw|pwd|auth|api)[\w.\"'-]{0,20}\s{0,3}(?:=|:=|:|=>|,)\s{0,3}[\"'`]?([^\s\"'`,;]{8,})"
)
_NAIVE_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w|\+?\d[\d ().-]{5,20}\d")


def ours(text: str) -> Spans:
    return [(span.start, span.end) for span in redact(text).spans]


def naive(text: str) -> Spans:
    found = [match.span(1) for match in _NAIVE_PAIR.finditer(text)]
    return found + [match.span() for match in _NAIVE_PERSONAL.finditer(text)]


def data_folder() -> Path | None:
    """Where the labelled data is, if anywhere."""
    named = os.environ.get("HARMONY_BENCH_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder if (folder / "secrets").is_dir() else None


def rows(path: Path) -> list[dict[str, object]]:
    text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def clean_lines(folder: Path) -> list[str]:
    """Lines of logs of builds that went well: what is hidden there is mostly hidden in vain."""
    lines: list[str] = []
    for case in rows(folder / "ci-logs" / "cases.jsonl"):
        expected = case["expected"]
        if isinstance(expected, dict) and expected.get("status") == "ok":
            raw = gzip.decompress((folder / "ci-logs" / str(case["log"])).read_bytes()).decode("utf-8", "replace")
            lines += [line for line in raw.replace("\r", "").split("\n") if line.strip()][:CLEAN_LINES_A_LOG]
    return lines


def hidden(text: str, spans: Spans) -> str:
    """``text`` with every span replaced by one NUL."""
    kept, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            kept += [text[done:start], "\0"]
        done = max(done, end)
    return "".join((*kept, text[done:]))


def secret_leaks(cases: Sequence[dict[str, object]], finder: Finder) -> tuple[list[float], list[float]]:
    """For each known secret: whether it survives whole, and whether a piece of it does."""
    whole, piece = [], []
    for case in cases:
        secret = str(case["secret"] or "")
        if case["is_secret"] and secret:
            left = hidden(str(case["text"]), finder(str(case["text"])))
            pieces = [secret[at : at + PIECE_CHARS] for at in range(len(secret) - PIECE_CHARS + 1)]
            whole.append(float(secret in left))
            piece.append(float(secret in left or any(part in left for part in pieces)))
    return whole, piece


def personal_recall(cases: Sequence[dict[str, object]], finder: Finder) -> list[float]:
    """For each labelled address, phone and card: whether all its letters and digits are hidden."""
    found = []
    for case in cases:
        text, labelled = str(case["text"]), case["spans"]
        covered = {at for start, end in finder(text) for at in range(start, end)}
        for span in labelled if isinstance(labelled, list) else []:
            if span["type"] in ASKED_TYPES:
                signs = [at for at in range(span["start"], span["end"]) if text[at].isalnum()]
                found.append(float(all(at in covered for at in signs)))
    return found


def removed(lines: Sequence[str], finder: Finder) -> list[float]:
    """The hidden share of each line's characters, weighted so that the mean is over characters."""
    average = sum(map(len, lines)) / len(lines)
    return [len({at for a, b in finder(line) for at in range(a, b)}) / average for line in lines]


def interval(values: Sequence[float]) -> str:
    """A 95 % bootstrap interval of the mean."""
    chance = random.Random(7)
    rounds = BOOTSTRAP_ROUNDS if len(values) <= 2_000 else BOOTSTRAP_ROUNDS // 10
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(rounds))
    return f"[{means[int(len(means) * 0.025)]:.4f}, {means[int(len(means) * 0.975)]:.4f}]"


def show(name: str, bar: str, values: Sequence[float], plain: Sequence[float]) -> None:
    figure = f"{statistics.fmean(values):.4f} {interval(values)}"
    print(f"{name:42s} {figure:26s} aim {bar:8s} naive {statistics.fmean(plain):.4f} n={len(values)}")


def start_milliseconds(program: str) -> float:
    """The median time of a fresh interpreter that runs ``program``."""
    taken = []
    for _ in range(START_ROUNDS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def speed(lines: Sequence[str]) -> None:
    begun = time.process_time()
    for line in lines:
        redact(line)
    one_by_one = (time.process_time() - begun) * 1000 / len(lines)
    begun = time.process_time()
    redact("\n".join(lines))
    print(f"{'ms a line, line by line':42s} {one_by_one:.4f}{'':20s} aim <= .1")
    print(f"{'ms a line, whole text':42s} {(time.process_time() - begun) * 1000 / len(lines):.4f}")


def main() -> None:
    source = str(Path(__file__).resolve().parents[1] / "src")
    bare = start_milliseconds("pass")
    first_use = "from harmony.kernel.redaction.service import redact; redact('a b')"
    loaded = start_milliseconds(f"import sys; sys.path.insert(0, {source!r}); {first_use}")
    print(f"{'start over bare Python, ms':42s} {loaded - bare:.1f}  (bare {bare:.1f}){'':10s} aim <= 60")
    folder = data_folder()
    if folder is None:
        print("no labelled data: set HARMONY_BENCH_DATA, or lay it at ../shared/data beside the repository")
        return
    secrets, people = rows(folder / "secrets" / "cases.jsonl.gz"), rows(folder / "pii" / "cases.jsonl")
    lines = clean_lines(folder)
    whole, piece = secret_leaks(secrets, ours)
    naive_whole, naive_piece = secret_leaks(secrets, naive)
    show("whole secrets surviving", "<= .005", whole, naive_whole)
    show(f"a piece of {PIECE_CHARS} or more surviving", "<= .02", piece, naive_piece)
    show("e-mail, phone, card: recall", ">= .95", personal_recall(people, ours), personal_recall(people, naive))
    show("clean log characters removed", "<= .01", removed(lines, ours), removed(lines, naive))
    speed(lines)


if __name__ == "__main__":
    main()
