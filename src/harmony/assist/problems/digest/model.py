"""What a log says, as nouns: counts, failed tests, error lines, the verdict. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

OK: Final = "ok"
BROKEN: Final = "broken"
CANCELLED: Final = "cancelled"
STATUSES = (OK, BROKEN, CANCELLED)

FAILED_TESTS_LIMIT = 20_000
"""Names kept of one log; the count goes on."""
ERROR_LINES_LIMIT = 2_000
DECISIVE_LINES_LIMIT = 10
NAMES_A_TEST: Final = "names a failed test"
"""The reason of a line that says which test failed, not why."""
TEXT_CHARS = 2_000
"""Of a line that is shown or judged, at most this much."""


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A failed test by the name its runner prints; ``line`` is where it was named, from 1."""

    name: str
    runner: str
    line: int


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """A line that tells of an error. ``score`` in 0..1; ``reason`` in words a person understands."""

    line: int
    score: float
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Tests as the runner counts them. ``ran`` has no skipped ones, unless the runner's own total has."""

    ran: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    xfailed: int = 0
    xpassed: int = 0
    seconds: float = 0.0

    @property
    def broken(self) -> int:
        return self.failed + self.errors

    @property
    def ok(self) -> int:
        return max(0, self.ran - self.broken)

    def plus(self, other: Counts) -> Counts:
        return Counts(
            self.ran + other.ran,
            self.failed + other.failed,
            self.errors + other.errors,
            self.skipped + other.skipped,
            self.xfailed + other.xfailed,
            self.xpassed + other.xpassed,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class RunnerResult:
    """What one runner said in the whole log. ``summarised``: it printed its own count."""

    runner: str
    framework: str
    counts: Counts
    failed_tests: tuple[FailedTest, ...]
    summarised: bool
    culprits: tuple[tuple[int, str], ...] = ()
    """Line numbers and texts that say why a test failed, as far as the runner shows them."""
    unloaded: int = 0
    """Files of tests that could not be loaded: none of their tests ran, so none is counted."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The answer. ``lines`` are all error lines, ``decisive_lines`` the few that explain the failure; best first."""

    status: str
    status_reason: str
    service: str | None
    build_system: str | None
    counts: Counts
    failed_tests: tuple[FailedTest, ...]
    frameworks: tuple[str, ...]
    lines: tuple[ErrorLine, ...]
    decisive_lines: tuple[ErrorLine, ...]
    failing_command: str | None
    environment: dict[str, str] = field(default_factory=dict)
    n_lines: int = 0
    n_bytes: int = 0
    notes: tuple[str, ...] = ()
    """What a reader should know about the reading itself: cut lines, odd bytes."""
