"""The verifiers' nouns: acceptance cases, runs, scores, deliverables, verifications. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

DELIVERABLE_LIMIT_BYTES = 10 * 1024 * 1024
UPLOADS_PER_HOUR_LIMIT = 60
CASES_LIMIT = 20
CASE_FILES_LIMIT = 32
CASE_FILES_LIMIT_BYTES = 256 * 1024
CASE_STDIN_LIMIT_CHARS = 64 * 1024
CASE_ARGUMENTS_LIMIT = 32
WEIGHT_LIMIT = 100
UNPACKED_FILES_LIMIT = 128
UNPACKED_LIMIT_BYTES = 9 * 1024 * 1024
OUTPUT_LIMIT_BYTES = 256 * 1024
EVIDENCE_LIMIT_CHARS = 2_000
RUN_LIMIT_SECONDS = 10.0
ATTEMPTS_LIMIT = 3
LEASE = timedelta(minutes=10)
"""Longer than every case of one verification can take."""

SINGLE_FILE = "main.py"
"""The name under which a deliverable that is not an archive is run."""
MODEL, MODEL_VERSION = "program-runner", "1"
DELIVERED = re.compile(r"harmony:sha256/([0-9a-f]{64})\Z")

Match = Literal["exact", "contains", "none"]
Status = Literal["pending", "in_progress", "completed", "failed"]
Reason = Literal["no_acceptance_cases", "deliverable_elsewhere", "isolation_unavailable", "attempts_spent"]

MOVES: dict[Status, frozenset[Status]] = {
    "pending": frozenset({"in_progress"}),
    "in_progress": frozenset({"in_progress", "completed", "failed"}),
    "completed": frozenset(),
    "failed": frozenset(),
}
"""What may follow what; a run whose lease is over is taken up again."""


@dataclass(frozen=True, slots=True)
class Case:
    """One check: run ``argv`` with ``files`` laid over the deliverable's, and compare what comes of it."""

    name: str
    argv: tuple[str, ...]
    files: Mapping[str, str]
    stdin: str
    expected_exit: int
    match: Match
    expected_stdout: str
    weight: int


@dataclass(frozen=True, slots=True)
class Run:
    """How a program ended: by ``exit_code``, or None when a signal or the bound ``stopped`` ended it."""

    exit_code: int | None
    stdout: bytes
    stderr: bytes
    stopped: str | None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """``evidence`` is redacted and bounded."""

    name: str
    passed: bool
    weight: int
    reasoning: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Content by its hash; ``uploader`` was the first to bring it."""

    sha256: str
    size_bytes: int
    uploader: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Verification:
    """One check of one delivery. ``score`` is 0 to 100 when completed, ``reason`` tells why there is none."""

    id: str
    escrow_id: str
    deliverable_url: str
    deliverable_hash: str
    cases: tuple[Case, ...]
    status: Status
    reason: Reason | None
    score: int | None
    results: tuple[CaseResult, ...]
    attempts: int
    trace: str
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None

    @property
    def finished(self) -> bool:
        return self.status in ("completed", "failed")


@dataclass(frozen=True, slots=True)
class Template:
    """Criteria that a buyer can begin with; weights sum to 1."""

    id: int
    name: str
    deliverable_type: str
    description: str
    criteria: Mapping[str, Any]
    times_used: int
    average_score: str | None


def address(sha256: str) -> str:
    """The address of content kept here."""
    return f"harmony:sha256/{sha256}"


def delivered_here(url: str) -> str | None:
    """The hash in an address of content kept here, None for any other address."""
    match = DELIVERED.match(url)
    return None if match is None else match[1]


def unscorable(url: str, cases: Sequence[Case]) -> Reason | None:
    """Why a delivery cannot be checked by running it, None when it can."""
    if not cases:
        return "no_acceptance_cases"
    return None if delivered_here(url) else "deliverable_elsewhere"


def judge(case: Case, run: Run, evidence: str) -> CaseResult:
    """Whether the run is what the case asked for, and in words what it was."""
    if run.stopped is not None:
        verdict = f"stopped at its limit of {run.stopped}"
    elif run.exit_code is None:
        verdict = "ended by a signal"
    elif run.exit_code != case.expected_exit:
        verdict = f"exit code {run.exit_code}, expected {case.expected_exit}"
    elif not _matches(case, run.stdout):
        verdict = f"stdout is not what was expected ({case.match})"
    else:
        return CaseResult(case.name, True, case.weight, "passed", evidence)
    return CaseResult(case.name, False, case.weight, verdict, evidence)


def score(results: Sequence[CaseResult]) -> int:
    """The weighted share of passed cases in percent, rounded down: 100 means that every case passed."""
    total = sum(result.weight for result in results)
    return 100 * sum(result.weight for result in results if result.passed) // total if total else 0


def _matches(case: Case, stdout: bytes) -> bool:
    expected = case.expected_stdout.encode()
    if case.match == "exact":
        return stdout == expected
    return case.match == "none" or expected in stdout
