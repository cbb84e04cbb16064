"""What the tools take and answer beyond what HTTP does: a look without a report."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from harmony.assist.environments.model import Answer
from harmony.assist.problems import model
from harmony.assist.problems.model import (
    ERRORS_LIMIT_ITEMS,
    EVIDENCE_LIMIT_CHARS,
    MESSAGE_LIMIT_CHARS,
    TAIL_LIMIT_LINES,
    Action,
    Judgement,
    Level,
    Report,
)
from harmony.assist.problems.schemas import (
    ClassificationView,
    Command,
    DetectionView,
    EnvironmentContext,
    EvidenceView,
    KnownQuirkView,
    KnownSolutionView,
    Log,
    NextStep,
    RecentError,
    classification_view,
    evidence_views,
    quirk_view,
    reported_errors,
)
from harmony.assist.wire import Wire

TAIL_DEFAULT_LINES = 60


class ClassifyIssue(Wire):
    """``text`` or ``recentErrors``, or both."""

    text: Annotated[Log | None, Field(description="A log, a traceback or an error line; at most 256 kB.")] = None
    recent_errors: list[RecentError] = Field(default=[], max_length=ERRORS_LIMIT_ITEMS)
    environment_context: EnvironmentContext = EnvironmentContext()

    def noun(self) -> Report:
        return Report(
            errors=reported_errors(self.recent_errors), environment=self.environment_context.noun(), log=self.text
        )


class ExtractContext(Wire):
    log: Annotated[Log, Field(description="The log as it was printed; at most 256 kB, so rather its end.")]
    command: Command | None = None
    exit_code: int | None = Field(default=None, ge=-(2**31), le=2**32)
    environment_context: EnvironmentContext = EnvironmentContext()
    tail_lines: int = Field(
        default=TAIL_DEFAULT_LINES, ge=0, le=TAIL_LIMIT_LINES, description="How many of the last lines to give back."
    )

    def noun(self) -> Report:
        return Report(
            environment=self.environment_context.noun(),
            log=self.log,
            command=self.command,
            exit_code=self.exit_code,
        )


class LookView(Wire):
    """A detection as `harmony mcp` answers it. Where no Harmony was asked nothing was kept: no ``contextId``."""

    problem_detected: bool
    confidence_score: float
    classification: ClassificationView
    suggested_action: Action
    context_id: str | None
    evidence: list[EvidenceView]
    fingerprint: str
    occurrences: int
    known_solutions: list[KnownSolutionView]
    known_quirks: list[KnownQuirkView]
    actions: list[NextStep]
    harmony_asked: bool

    @classmethod
    def of(cls, reading: model.Reading, judgement: Judgement, action: Action, quirks: tuple[Answer, ...]) -> LookView:
        return cls(
            problem_detected=judgement.problem_detected,
            confidence_score=judgement.confidence_percent / 100,
            classification=classification_view(judgement),
            suggested_action=action,
            context_id=None,
            evidence=evidence_views(judgement),
            fingerprint=reading.fingerprint,
            occurrences=judgement.occurrences,
            known_solutions=[],
            known_quirks=[quirk_view(found) for found in quirks],
            actions=[],
            harmony_asked=False,
        )

    @classmethod
    def of_answer(cls, answer: DetectionView) -> LookView:
        return cls(**answer.model_dump(), harmony_asked=True)


class ClassifiedView(Wire):
    """``category`` is ``unknown`` where the evidence is not enough for any."""

    category: str
    subcategory: str
    complexity: Level
    urgency: Level
    confidence_score: float
    evidence: list[EvidenceView]
    fingerprint: str

    @classmethod
    def of(cls, reading: model.Reading, judgement: Judgement) -> ClassifiedView:
        found = judgement.classification
        return cls(
            category=found.category,
            subcategory=found.subcategory,
            complexity=found.complexity,
            urgency=found.urgency,
            confidence_score=judgement.class_percent / 100,
            evidence=evidence_views(judgement),
            fingerprint=reading.fingerprint,
        )


class FailureView(Wire):
    """The failure that decided the outcome; ``line`` counts the lines of the log from 1."""

    error_type: str
    message: str
    text: str
    line: int | None
    language: str


class FrameView(Wire):
    """One call of the stack; ``library`` when it is not the reporter's own code. ``at`` is its line in the log."""

    path: str
    function: str
    line: int | None
    library: bool
    source: str
    at: int | None


class FactView(Wire):
    name: str
    value: str
    line: int | None


class TailView(Wire):
    """The end of the log, redacted; ``begins`` is the number of its first line."""

    begins: int
    lines: list[str]


class ExtractView(Wire):
    decisive_failure: FailureView | None
    frames: list[FrameView]
    environment: list[FactView]
    log_tail: TailView
    fingerprint: str

    @classmethod
    def of(cls, found: model.Extract) -> ExtractView:
        return cls(
            decisive_failure=_failure(found.decisive) if found.decisive else None,
            frames=[
                FrameView(
                    path=frame.path,
                    function=frame.function,
                    line=frame.line,
                    library=frame.library,
                    source=frame.source[:EVIDENCE_LIMIT_CHARS],
                    at=frame.at,
                )
                for frame in found.frames
            ],
            environment=[FactView(name=fact.name, value=fact.value, line=fact.line) for fact in found.facts],
            log_tail=TailView(begins=found.tail_begins, lines=list(found.tail)),
            fingerprint=found.fingerprint,
        )


def _failure(found: model.Failure) -> FailureView:
    return FailureView(
        error_type=found.error_type,
        message=found.message[:MESSAGE_LIMIT_CHARS],
        text=found.text[:MESSAGE_LIMIT_CHARS],
        line=found.line,
        language=found.language,
    )
