"""The wire shapes of problems, as the specification prints them (live-product-brief.md, sections 4.4 and 10.4)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from harmony.assist.environments.model import Answer
from harmony.assist.problems import model
from harmony.assist.problems.model import (
    ERRORS_LIMIT_ITEMS,
    LOG_LIMIT_BYTES,
    MESSAGE_LIMIT_CHARS,
    Action,
    Judgement,
    Level,
    ProblemContext,
    Report,
)
from harmony.assist.wire import Label, Line, Wire, storable

FREQUENCY_LIMIT = 1_000_000
COMMAND_LIMIT_CHARS = 4_000

ErrorType = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(storable)]
ErrorMessage = Annotated[str, Field(max_length=MESSAGE_LIMIT_CHARS), AfterValidator(storable)]
Log = Annotated[str, Field(max_length=LOG_LIMIT_BYTES, description="at most 256 kB of UTF-8"), AfterValidator(storable)]
Command = Annotated[str, Field(max_length=COMMAND_LIMIT_CHARS), AfterValidator(storable)]

FingerprintText = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class RecentError(Wire):
    timestamp: datetime | None = None
    error_type: ErrorType
    message: ErrorMessage = ""
    frequency: int = Field(default=1, ge=1, le=FREQUENCY_LIMIT)


class EnvironmentContext(Wire):
    os: Line = ""
    previous_environment: Line | None = None
    recent_code_changes: bool = False
    language: Line = ""
    runtime: Line = ""

    def noun(self) -> model.Environment:
        return model.Environment(
            os=self.os,
            previous_environment=self.previous_environment or "",
            recent_code_changes=self.recent_code_changes,
            language=self.language,
            runtime=self.runtime,
        )


class FrustrationSignals(Wire):
    repeated_attempts: bool = False
    rapid_edits: bool = False
    documentation_checks: int = Field(default=0, ge=0, le=FREQUENCY_LIMIT)


class ActivityData(Wire):
    recent_errors: list[RecentError] = Field(default=[], max_length=ERRORS_LIMIT_ITEMS)
    environment_context: EnvironmentContext = EnvironmentContext()
    user_frustration_signals: FrustrationSignals = FrustrationSignals()


class DetectProblem(Wire):
    """``log`` is redacted by the sender already, and here once more."""

    user_id: Label | None = None
    activity_data: ActivityData = ActivityData()
    log: Log | None = None
    command: Command | None = None
    exit_code: int | None = Field(default=None, ge=-(2**31), le=2**32)
    space_id: Label | None = None

    def noun(self) -> Report:
        data = self.activity_data
        signals = data.user_frustration_signals
        return Report(
            errors=reported_errors(data.recent_errors),
            environment=data.environment_context.noun(),
            signals=model.Signals(signals.repeated_attempts, signals.rapid_edits, signals.documentation_checks),
            log=self.log,
            command=self.command,
            exit_code=self.exit_code,
        )


class PreviewLog(Wire):
    """A log as it is, not redacted yet: what is asked is what would be hidden."""

    log: Log
    environment_context: EnvironmentContext = EnvironmentContext()

    def noun(self) -> Report:
        return Report(log=self.log, environment=self.environment_context.noun())


class ClassificationView(Wire):
    category: str
    subcategory: str
    complexity: Level
    urgency: Level


class EvidenceView(Wire):
    """``line`` counts the lines of the log from 1; None for what was not in it."""

    line: int | None
    text: str
    reason: str


class KnownSolutionView(Wire):
    article_id: str
    title: str
    relevance_score: float
    matched_by: str


class KnownQuirkView(Wire):
    """A difference between systems that may explain the failure: shipped with Harmony, not an article of a space."""

    quirk_id: str
    title: str
    systems: list[str]
    confidence_score: float
    reasons: list[EvidenceView]
    cause: str
    remedy: list[str]
    verification: str
    source: Literal["quirk"] = "quirk"


class NextStep(Wire):
    """A call that goes on from here."""

    action: Action
    method: str
    path: str
    body: dict[str, str] | None = None


class DetectionView(Wire):
    problem_detected: bool
    confidence_score: float
    classification: ClassificationView
    suggested_action: Action
    context_id: str
    evidence: list[EvidenceView]
    fingerprint: str
    occurrences: int
    known_solutions: list[KnownSolutionView]
    known_quirks: list[KnownQuirkView]
    actions: list[NextStep]

    @classmethod
    def of(cls, detection: model.Detection) -> DetectionView:
        context = detection.context
        return cls(
            problem_detected=context.judgement.problem_detected,
            confidence_score=context.judgement.confidence_percent / 100,
            classification=classification_view(context.judgement),
            suggested_action=context.suggested_action,
            context_id=context.id,
            evidence=evidence_views(context.judgement),
            fingerprint=context.fingerprint,
            occurrences=context.judgement.occurrences,
            known_solutions=[solution_view(solution) for solution in detection.known_solutions],
            known_quirks=[quirk_view(found) for found in detection.known_quirks],
            actions=_actions(detection),
        )


class ProblemView(Wire):
    """A kept context; ``log`` and ``command`` are shown to its owner only."""

    context_id: str
    user_id: str
    space_id: str | None
    problem_detected: bool
    confidence_score: float
    classification: ClassificationView
    suggested_action: Action
    fingerprint: str
    error_type: str
    error_message: str
    language: str
    os: str
    previous_environment: str
    occurrences: int
    evidence: list[EvidenceView]
    known_solutions: list[KnownSolutionView]
    known_quirks: list[KnownQuirkView]
    command: str | None
    exit_code: int | None
    log: str | None
    created_at: datetime

    @classmethod
    def of(cls, context: ProblemContext, known: list[model.KnownSolution], quirks: tuple[Answer, ...]) -> ProblemView:
        return cls(
            context_id=context.id,
            user_id=context.user_id,
            space_id=context.space_id,
            problem_detected=context.judgement.problem_detected,
            confidence_score=context.judgement.confidence_percent / 100,
            classification=classification_view(context.judgement),
            suggested_action=context.suggested_action,
            fingerprint=context.fingerprint,
            error_type=context.error_type,
            error_message=context.error_message,
            language=context.language,
            os=context.environment.os,
            previous_environment=context.environment.previous_environment,
            occurrences=context.judgement.occurrences,
            evidence=evidence_views(context.judgement),
            known_solutions=[solution_view(solution) for solution in known],
            known_quirks=[quirk_view(found) for found in quirks],
            command=context.command,
            exit_code=context.exit_code,
            log=context.log,
            created_at=context.created_at,
        )


class ProblemItem(Wire):
    context_id: str
    problem_detected: bool
    confidence_score: float
    classification: ClassificationView
    suggested_action: Action
    fingerprint: str
    error_type: str
    error_message: str
    occurrences: int
    created_at: datetime

    @classmethod
    def of(cls, context: ProblemContext) -> ProblemItem:
        return cls(
            context_id=context.id,
            problem_detected=context.judgement.problem_detected,
            confidence_score=context.judgement.confidence_percent / 100,
            classification=classification_view(context.judgement),
            suggested_action=context.suggested_action,
            fingerprint=context.fingerprint,
            error_type=context.error_type,
            error_message=context.error_message,
            occurrences=context.judgement.occurrences,
            created_at=context.created_at,
        )


class ProblemList(Wire):
    items: list[ProblemItem]
    next_cursor: str | None


class DecideGrouping(Wire):
    """``one`` and ``other`` are fingerprints of failures that the caller reported."""

    one: FingerprintText
    other: FingerprintText
    verdict: model.Verdict
    reason: Line = ""


class GroupingView(Wire):
    grouping_id: str
    one: str
    other: str
    verdict: model.Verdict
    reason: str
    decided_at: datetime

    @classmethod
    def of(cls, grouping: model.Grouping) -> GroupingView:
        return cls(
            grouping_id=grouping.id,
            one=grouping.one,
            other=grouping.other,
            verdict=grouping.verdict,
            reason=grouping.reason,
            decided_at=grouping.decided_at,
        )


class GroupingList(Wire):
    items: list[GroupingView]
    next_cursor: str | None


class SimilarItem(Wire):
    """``verdict``: same, similar or different; ``reasons`` say what is equal and what differs, best first."""

    fingerprint: str
    verdict: str
    similarity: float
    reasons: list[str]


class SimilarList(Wire):
    fingerprint: str
    group: list[str]
    items: list[SimilarItem]


class HiddenSpanView(Wire):
    """``start`` and ``end`` count the characters (Unicode code points) of the given log; a ``secret`` never leaves."""

    start: int
    end: int
    type: str
    rule: str
    secret: bool
    placeholder: str


class LogDigestView(Wire):
    """``failedTests`` holds the first hundred names; ``nFailed`` counts them all."""

    status: str
    n_run: int
    n_failed: int
    n_skipped: int
    failed_tests: list[str]
    framework: str
    decisive: list[EvidenceView]


class PreviewView(Wire):
    redacted: str
    spans: list[HiddenSpanView]
    digest: LogDigestView
    problem_detected: bool
    classification: ClassificationView
    confidence_score: float
    fingerprint: str

    @classmethod
    def of(cls, preview: model.Preview) -> PreviewView:
        return cls(
            redacted=preview.redacted,
            spans=[_span(span) for span in preview.spans],
            digest=_digest(preview.digest),
            problem_detected=preview.judgement.problem_detected,
            classification=classification_view(preview.judgement),
            confidence_score=preview.judgement.confidence_percent / 100,
            fingerprint=preview.fingerprint,
        )


def solution_view(solution: model.KnownSolution) -> KnownSolutionView:
    return KnownSolutionView(
        article_id=solution.article_id,
        title=solution.title,
        relevance_score=solution.relevance,
        matched_by=solution.matched_by,
    )


def reported_errors(found: list[RecentError]) -> tuple[model.ReportedError, ...]:
    return tuple(model.ReportedError(error.error_type, error.message, error.frequency) for error in found)


def quirk_view(found: Answer) -> KnownQuirkView:
    quirk = found.quirk
    return KnownQuirkView(
        quirk_id=quirk.id,
        title=quirk.title,
        systems=list(quirk.systems),
        confidence_score=found.confidence_percent / 100,
        reasons=[EvidenceView(line=None, text=reason.text, reason=reason.reason) for reason in found.reasons],
        cause=quirk.cause,
        remedy=list(quirk.remedy),
        verification=quirk.verification,
    )


def classification_view(judgement: Judgement) -> ClassificationView:
    found = judgement.classification
    return ClassificationView(
        category=found.category, subcategory=found.subcategory, complexity=found.complexity, urgency=found.urgency
    )


def evidence_views(judgement: Judgement) -> list[EvidenceView]:
    return _evidence(judgement.evidence)


def _evidence(found: tuple[model.Evidence, ...]) -> list[EvidenceView]:
    return [EvidenceView(line=e.line, text=e.text, reason=e.reason) for e in found]


def _span(span: model.HiddenSpan) -> HiddenSpanView:
    return HiddenSpanView(
        start=span.start,
        end=span.end,
        type=span.type,
        rule=span.rule,
        secret=span.secret,
        placeholder=span.placeholder,
    )


def _digest(digest: model.LogDigest) -> LogDigestView:
    return LogDigestView(
        status=digest.status,
        n_run=digest.ran,
        n_failed=digest.failed,
        n_skipped=digest.skipped,
        failed_tests=list(digest.failed_tests),
        framework=digest.framework,
        decisive=_evidence(digest.decisive),
    )


def _actions(detection: model.Detection) -> list[NextStep]:
    steps = [
        NextStep(action="known_solution", method="GET", path=f"/v1/knowledge-base/articles/{solution.article_id}")
        for solution in detection.known_solutions
    ]
    if detection.context.judgement.problem_detected:
        body = {"contextId": detection.context.id}
        steps.append(NextStep(action="expert_assistance", method="POST", path="/v1/requests", body=body))
    return steps
