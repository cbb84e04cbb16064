"""Escapes from a check: each with its reason beside it, all of them counted, the numbers only ever falling."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from house.source import Finding, House, Rule, Source

BUDGETS = "tools/budgets.json"
HISTORY_LIMIT_COMMITS = 200

REASON = Rule(
    "escape-reason",
    "an escape without its reason is never taken away again",
    "write the reason after it in the same comment: `# noqa: X123  # the driver returns any`",
)
BUDGET = Rule(
    "escape-budget",
    "escapes grow quietly; a number that may only fall makes each new one a decision",
    "mend what the check found, or mend another escape first; `tools/tidy.py lower` takes back what is not used",
)
RAISED = Rule(
    "budget-raised",
    "a budget that can be raised is no budget",
    "put the old number back into tools/budgets.json and take an escape away instead",
)
RULES = (REASON, BUDGET, RAISED)

_IGNORE = "type: " + "ignore"
_QA = "no" + "qa"
_OK = "tidy: " + "ok"
_COVER = "pragma: " + "no cover"

KINDS: Mapping[str, re.Pattern[str]] = {
    _IGNORE: re.compile(r"#\s*" + _IGNORE + r"(?:\[[^\]]*\])?"),
    _QA: re.compile(r"#\s*" + _QA + r"\b(?::\s*[A-Z0-9, ]+)?", re.IGNORECASE),
    _OK: re.compile(r"#\s*" + _OK + r"(?:\([a-z-]+\))?"),
    _COVER: re.compile(r"#\s*" + _COVER),
    "skip": re.compile(r"(?:pytest\.mark\.|pytest\.|\b(?:test|it|describe)\.)(?:skip|skipif|xfail|importorskip)\b"),
    "eslint-disable": re.compile("eslint-" + "disable(?:-next-line|-line)?(?: [a-z@/-]+)*"),
    "ts-ignore": re.compile("@ts-" + r"(?:ignore|expect-error|nocheck)\b"),
}
COUNTED = ("src", "tools", "tests", "bench", "demo", "web")
_WORD = re.compile(r"[A-Za-z]{2,}")
REASON_LEAST_WORDS = 2


def check(source: Source) -> Iterator[Finding]:
    """Every comment that switches a check off says why."""
    for line, kind, rest in _found(source):
        if kind != "skip" and len(_WORD.findall(rest)) < REASON_LEAST_WORDS:
            yield from source.finding(REASON, line, f"`{kind}` without its reason")


def check_house(house: House) -> Iterator[Finding]:
    """The counts are within the budgets, and the budgets not above what they ever were."""
    budgets, counted = read_budgets(house.root), count(house)
    for kind in KINDS:
        if counted[kind] > budgets.get(kind, 0):
            yield Finding(BUDGETS, 1, BUDGET, f"{counted[kind]} times `{kind}`; the budget is {budgets.get(kind, 0)}")
    lowest = lowest_ever(house.root)
    for kind, budget in budgets.items():
        if budget > lowest.get(kind, budget):
            yield Finding(BUDGETS, 1, RAISED, f"the budget of `{kind}` is {budget} and was {lowest[kind]} before")


def count(house: House) -> Counter[str]:
    return Counter(kind for source in house.sources for _, kind, _ in _found(source))


def read_budgets(root: Path) -> dict[str, int]:
    return {kind: int(number) for kind, number in json.loads((root / BUDGETS).read_text(encoding="utf-8")).items()}


def slack(house: House) -> dict[str, tuple[int, int]]:
    """Kind to (budget, count) where the budget is wider than it need be."""
    counted = count(house)
    return {kind: (wide, counted[kind]) for kind, wide in read_budgets(house.root).items() if wide > counted[kind]}


def lower(house: House) -> dict[str, tuple[int, int]]:
    """Write every budget down to its count; what was lowered, from and to."""
    lowered = slack(house)
    budgets = read_budgets(house.root) | {kind: counted for kind, (_, counted) in lowered.items()}
    (house.root / BUDGETS).write_text(json.dumps(budgets, indent=4) + "\n", encoding="utf-8")
    return lowered


def lowest_ever(root: Path) -> dict[str, int]:
    """Kind to the lowest committed budget, as far as this clone's history reaches."""
    hashes = _git(root, "log", f"-{HISTORY_LIMIT_COMMITS}", "--format=%H", "--", BUDGETS).split()
    lowest: dict[str, int] = {}
    for commit in hashes:
        try:
            committed = json.loads(_git(root, "show", f"{commit}:{BUDGETS}"))
        except ValueError:
            continue  # the commit that deleted it, or one that left it unreadable: no number to hold to
        for kind, number in committed.items():
            lowest[kind] = min(number, lowest.get(kind, number))
    return lowest


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True, text=True).stdout


def _found(source: Source) -> Iterator[tuple[int, str, str]]:
    """Line, kind, and what the line says after the escape."""
    if not source.under(*COUNTED) or source.path.suffix not in (".py", ".ts", ".tsx", ".js", ".mjs"):
        return
    for number, line in _lines(source):
        for kind, pattern in KINDS.items():
            match = pattern.search(line)
            if match:
                yield number, kind, line[match.end() :]


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """Comments of Python plus lines of code that may skip a test; whole lines of anything else."""
    lines = enumerate(source.text.splitlines(), 1)
    if not source.is_python:
        yield from lines
        return
    quoted = _quoted_lines(source)
    for number, line in lines:
        if number in source.comments:
            yield number, source.comments[number]
        elif number not in quoted and KINDS["skip"].search(line):
            yield number, line


def _quoted_lines(source: Source) -> frozenset[int]:
    """Lines that are the inside of a string: what a test feeds to a rule is no escape."""
    return frozenset(number for first, last in source.strings for number in range(first, last + 1))
