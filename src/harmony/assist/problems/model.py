"""The nouns of problems. What is decided about them is in the files that the room card names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from harmony.assist.environments.model import Answer

Level = Literal["low", "medium", "high"]
Action = Literal["none", "nudge", "known_solution", "expert_assistance"]

Verdict = Literal["merge", "split"]

LEVELS: tuple[Level, ...] = ("low", "medium", "high")
UNKNOWN_CATEGORY = "unknown"
UNKNOWN_SUBCATEGORY = "unclassified"

LOG_LIMIT_BYTES = 256 * 1024
ERRORS_LIMIT_ITEMS = 50
EVIDENCE_LIMIT_ITEMS = 12
EVIDENCE_LIMIT_CHARS = 300
MESSAGE_LIMIT_CHARS = 2_000
REPEATS_WINDOW_HOURS = 24
FRAMES_SHOWN_ITEMS = 50
TAIL_LIMIT_LINES = 500
TAIL_LINE_LIMIT_CHARS = 500
FAILED_TESTS_SHOWN_ITEMS = 100
"""Names of failed tests in a preview; the count says how many there are."""


@dataclass(frozen=True, slots=True)
class ReportedError:
    """One of ``recentErrors``: an error as the sender's tool saw it."""

    error_type: str
    message: str
    frequency: int = 1


@dataclass(frozen=True, slots=True)
class Environment:
    os: str = ""
    previous_environment: str = ""
    recent_code_changes: bool = False
    language: str = ""
    runtime: str = ""


@dataclass(frozen=True, slots=True)
class Signals:
    """``userFrustrationSignals``."""

    repeated_attempts: bool = False
    rapid_edits: bool = False
    documentation_checks: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports."""

    errors: tuple[ReportedError, ...] = ()
    environment: Environment = Environment()
    signals: Signals = Signals()
    log: str | None = None
    command: str | None = None
    exit_code: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One call of a stack, outermost first; ``library`` when it is not the reporter's own code."""

    path: str
    function: str
    line: int | None
    library: bool
    source: str = ""
    at: int | None = None
    """The line of the log that shows it."""
    column: int | None = None
    """From 1, where the language prints it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One error found in a report. ``line`` counts the log's lines from 1, None for an error that came by itself.

    ``rank`` says how plainly it names its kind: 3 typed with a stack, 2 typed, 1 a known form of line, 0 a line that
    merely speaks of an error.
    """

    error_type: str
    message: str
    text: str
    line: int | None
    language: str = ""
    frames: tuple[Frame, ...] = ()
    rank: int = 2
    count: int = 1
    causes: tuple[Failure, ...] = ()
    """What led to it, first to last, where the trace says so."""

    @property
    def own_frames(self) -> tuple[Frame, ...]:
        return tuple(frame for frame in self.frames if not frame.library)


@dataclass(frozen=True, slots=True)
class Observation:
    """A feature of a report and where it was seen."""

    feature: str
    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, redacted and read: its failures with the decisive one first."""

    report: Report
    failures: tuple[Failure, ...]
    observations: tuple[Observation, ...]
    fingerprint: str
    language: str

    @property
    def decisive(self) -> Failure | None:
        return self.failures[0] if self.failures else None


@dataclass(frozen=True, slots=True)
class Evidence:
    line: int | None
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Classification:
    category: str
    subcategory: str
    complexity: Level
    urgency: Level


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was made of a reading; confidence in whole percent."""

    problem_detected: bool
    confidence_percent: int
    classification: Classification
    evidence: tuple[Evidence, ...]
    occurrences: int
    class_percent: int = 0
    """How sure the class is by itself; 0 where it is unknown, and in contexts that were kept."""
    decided_by: str = ""
    """The rule that decided the class."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the machine that wrote the log, and the line that tells it; None when the reporter said so."""

    name: str
    value: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a helper needs of a log: ``frames`` of the decisive failure, the innermost last; ``tail`` redacted."""

    decisive: Failure | None
    frames: tuple[Frame, ...]
    facts: tuple[Fact, ...]
    tail: tuple[str, ...]
    tail_begins: int
    """The number of the tail's first line in the log, from 1."""
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ProblemContext:
    """A reported failure as it is kept."""

    id: str
    user_id: str
    space_id: str | None
    trace: str
    judgement: Judgement
    suggested_action: Action
    fingerprint: str
    error_type: str
    error_message: str
    language: str
    environment: Environment
    command: str | None
    exit_code: int | None
    log: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KnownSolution:
    """An article that may answer the failure already."""

    article_id: str
    title: str
    relevance: float
    matched_by: Literal["fingerprint", "text"]


@dataclass(frozen=True, slots=True)
class Detection:
    context: ProblemContext
    known_solutions: tuple[KnownSolution, ...] = field(default=())
    known_quirks: tuple[Answer, ...] = field(default=())
    """Differences between systems that may explain it. They ship with Harmony and are nobody's article."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a person decided about two fingerprints, ``one`` <= ``other``.

    Merged ones count as one failure. Of two equal ones the split says that frames of libraries tell its causes apart.
    """

    id: str
    user_id: str
    one: str
    other: str
    verdict: Verdict
    reason: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class HiddenSpan:
    """``log[start:end]`` of a previewed log and what stands there instead; ``secret`` when it must never leave."""

    start: int
    end: int
    type: str
    rule: str
    secret: bool
    placeholder: str


@dataclass(frozen=True, slots=True)
class LogDigest:
    """What a whole log says, in short. Lines count in the log as it was given."""

    status: str
    ran: int
    failed: int
    skipped: int
    failed_tests: tuple[str, ...]
    framework: str
    decisive: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a report of this log would come to, before it is sent."""

    redacted: str
    spans: tuple[HiddenSpan, ...]
    digest: LogDigest
    judgement: Judgement
    fingerprint: str


def fingerprint_only(context: ProblemContext) -> ProblemContext:
    """A context without a word of what was reported: its fingerprint, its class, how often it was met."""
    judgement = replace(context.judgement, evidence=())
    return replace(
        context,
        judgement=judgement,
        error_type="",
        error_message="",
        environment=Environment(),
        command=None,
        exit_code=None,
        log=None,
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """The class that a person gave a failure; what was read stays as it was."""

    context_id: str
    corrected_by: str
    category: str
    subcategory: str
    reason: str
    corrected_at: datetime
