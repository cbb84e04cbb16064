"""What a test runner is to the digest: the words its lines begin and end with, and who reads them.

Most runners are data: patterns that count and patterns that name (``Plain``). One that needs memory of its own brings
a reader with ``read`` and a ``tally``. Every runner carries examples of its output and what they must yield; one test
runs them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from harmony.assist.problems.digest.model import FAILED_TESTS_LIMIT, TEXT_CHARS, Counts, FailedTest, RunnerResult
from harmony.assist.problems.digest.patterns import Pattern

CULPRITS_LIMIT = 500
EARLY_LIMIT = 10
"""Counts held until the runner is proven to be the one that printed them."""
WHY_LINES = 8
"""So many lines after a failed test's name the reason is looked for."""


class Reader(Protocol):
    """Reads the lines its runner is called for."""

    @property
    def tally(self) -> Tally:
        """What was counted so far."""
        ...

    def read(self, text: str, line: int) -> bool:
        """One line; true to be given the next one too, whatever it is."""
        ...


@dataclass(frozen=True, slots=True)
class Example:
    """Invented output, and what must come of it. ``failed_tests`` in any order."""

    log: str
    failed: int
    ran: int
    failed_tests: tuple[str, ...] = ()
    skipped: int = 0
    why: str = ""
    """The line that must be the first decisive one; unsaid where empty."""


@dataclass(frozen=True, slots=True)
class Runner:
    """One runner. A line is offered to it when its first word is among ``heads``, its last among ``tails``, or a text
    of ``holds`` occurs in it. Words are normalised by ``cue``. ``runs`` are the frameworks whose programs it runs: of
    those it prints the output only where they failed, so that their own counts are a part of its own.
    """

    name: str
    framework: str
    reader: Callable[[], Reader]
    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


class Tally:
    """What a reader has counted so far."""

    def __init__(self, has_total: bool = False) -> None:
        self.has_total = has_total
        self.counts = Counts()
        self.summarised = False
        self.tests: dict[str, int] = {}
        self.culprits: dict[int, str] = {}
        self.n_named = 0
        self.unloaded = 0

    def add(self, groups: dict[str, str | None]) -> None:
        """One summary line by the names in its pattern. Without a total, what ran is what passed or failed."""
        given = {key: int(value) for key, value in groups.items() if value and value.isdigit() and key not in _DECIMALS}
        seconds = _decimal(groups.get("seconds")) + 60 * _decimal(groups.get("minutes"))
        parts = given.get("ok", 0) + given.get("failed", 0) + given.get("errors", 0)
        ran = given.get("run", 0) if self.has_total or "run" in given else parts
        rest = {key: given.get(key, 0) for key in ("failed", "errors", "skipped", "xfailed", "xpassed")}
        self.counts = self.counts.plus(Counts(ran=ran, seconds=seconds, **rest))
        self.summarised = True

    def fail(self, name: str, line: int) -> None:
        """A failed test by name."""
        self.n_named += 1
        name = name.strip()
        if name and len(self.tests) < FAILED_TESTS_LIMIT:
            self.tests.setdefault(name, line)

    def blame(self, line: int, text: str) -> None:
        """A line that says why a test failed."""
        if len(self.culprits) < CULPRITS_LIMIT:
            self.culprits[line] = text[:TEXT_CHARS]

    def result(self, runner: Runner) -> RunnerResult:
        counts = self.counts
        if not self.summarised and self.n_named:
            counts = Counts(ran=self.n_named, failed=self.n_named)
        tests = tuple(FailedTest(name, runner.name, line) for name, line in self.tests.items())
        culprits = tuple(self.culprits.items())
        return RunnerResult(runner.name, runner.framework, counts, tests, self.summarised, culprits, self.unloaded)


_DECIMALS = frozenset(("seconds", "minutes", "name", "message", "path"))


def _decimal(text: str | None) -> float:
    return float(text.replace(",", ".")) if text else 0.0


@dataclass(frozen=True, slots=True)
class Plain:
    """A reader made of patterns: every count adds up, every name is a failed test, ``why`` is the reason shown for
    it. With ``list_after``, ``names`` hold only between a line that matches it and one that matches ``list_ends``.
    """

    counts: tuple[Pattern, ...] = ()
    names: tuple[Pattern, ...] = ()
    why: tuple[Pattern, ...] = ()
    list_after: Pattern | None = None
    list_ends: Pattern | None = None
    has_total: bool = False
    last: bool = False
    """Each count is the running total: the latest counts, not the sum."""
    proof: Pattern | None = None
    """Where the counts look like anybody's: nothing counts before a line of this kind, or a name, was seen."""

    def __call__(self) -> Reader:
        return _PlainReader(self)


class _PlainReader:
    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.tally = Tally(plain.has_total)
        self.listing = plain.list_after is None
        self.proven = plain.proof is None
        self.why_left = 0
        self.early: list[dict[str, str | None]] = []

    def read(self, text: str, line: int) -> bool:
        plain = self.plain
        if not self.proven and plain.proof is not None and plain.proof.match(text):
            self._prove()
        for pattern in plain.counts:
            if found := pattern.match(text):
                self._count(found.groupdict())
                return self._open()
        if plain.list_after is not None:
            if plain.list_after.match(text):
                self.listing = True
                return True
            if self.listing and plain.list_ends is not None and plain.list_ends.match(text):
                self.listing = False
        if self.listing:
            for pattern in plain.names:
                if found := pattern.match(text):
                    self.tally.fail(spelled(found.groupdict()), line)
                    self._prove()
                    self.why_left = WHY_LINES if plain.why else 0
                    return self._open()
        for pattern in plain.why:
            if pattern.match(text):
                self.tally.blame(line, text)
                self.why_left = 0
                break
        self.why_left = max(0, self.why_left - 1)
        return self._open()

    def _count(self, groups: dict[str, str | None]) -> None:
        if self.plain.last:
            self.tally.counts = Counts()
        if self.proven:
            self.tally.add(groups)
        elif len(self.early) < EARLY_LIMIT:
            self.early.append(groups)

    def _prove(self) -> None:
        self.proven = True
        for groups in self.early:
            self.tally.add(groups)
        self.early = []

    def _open(self) -> bool:
        return self.why_left > 0 or (self.listing and self.plain.list_after is not None)


def spelled(groups: dict[str, str | None]) -> str:
    """A test's name from a pattern's ``suite`` and ``name`` groups."""
    name, suite = (groups.get("name") or "").strip(), (groups.get("suite") or "").strip()
    return f"{suite}.{name}" if suite and name else name or suite


def cue(head: str, second: str) -> str:
    """A line's beginning as runners list it in ``heads``: mostly the first word; ``0 passed`` for a number and what
    is counted; ``0)`` for a list's number; ``✔ 0`` for a tick before a number; one sign for a rule of signs.
    """
    first = head[:1]
    if first.isdigit():
        return "0)" if head[-1] == ")" and "(" not in head else "0 " + second.rstrip(",.:;")
    if first in _RULES and len(head) > 1 and head == first * len(head):
        return first
    if first in _TICKS and second[:1].isdigit():
        return first + " 0"
    return head


_RULES = frozenset("=_*#─━⎯")
_TICKS = frozenset("✓✔√✖×ℹi•🎉❌")
