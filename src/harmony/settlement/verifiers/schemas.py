"""Wire shapes of the verifiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from harmony.settlement.verifiers.model import (
    CASE_ARGUMENTS_LIMIT,
    CASE_FILES_LIMIT,
    CASE_FILES_LIMIT_BYTES,
    CASE_STDIN_LIMIT_CHARS,
    MODEL,
    WEIGHT_LIMIT,
    Case,
    Deliverable,
    Template,
    Verification,
    address,
)
from harmony.settlement.verifiers.ports import Payment

PYTHON = "python"
PATH_LIMIT_CHARS = 200
ARGUMENT_LIMIT_CHARS = 400


def storable(text: str) -> str:
    """Text that PostgreSQL can hold: no NUL, no lone surrogate."""
    if "\0" in text or any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise ValueError("holds characters that cannot be stored")
    return text


def plain_path(text: str) -> str:
    """A relative path without steps up, such as ``data/input.txt``."""
    if any(part in ("", ".", "..") for part in text.split("/")) or not text.isprintable() or "\\" in text:
        raise ValueError("not a plain relative path")
    return text


Text = Annotated[str, AfterValidator(storable)]
Path = Annotated[str, Field(min_length=1, max_length=PATH_LIMIT_CHARS), AfterValidator(plain_path)]
Argument = Annotated[Text, Field(max_length=ARGUMENT_LIMIT_CHARS)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", min_length=64, max_length=64)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AcceptanceCase(Body):
    """One check of the delivered program: what is run, with which files, and what must come of it."""

    name: Annotated[Text, Field(min_length=1, max_length=100)]
    argv: list[Argument] = Field(
        min_length=1,
        max_length=CASE_ARGUMENTS_LIMIT,
        description="Begins with `python` or with a file; one file that is no archive is delivered as `main.py`.",
    )
    files: dict[Path, Text] = Field(
        default_factory=dict, max_length=CASE_FILES_LIMIT, description="Laid over the delivered files."
    )
    stdin: Annotated[Text, Field(max_length=CASE_STDIN_LIMIT_CHARS)] = ""
    expected_exit: int = Field(default=0, ge=0, le=255)
    match: Literal["exact", "contains", "none"] = Field(
        default="none", description="How stdout is compared with expected_stdout; none leaves it uncompared."
    )
    expected_stdout: Annotated[Text, Field(max_length=CASE_STDIN_LIMIT_CHARS)] = ""
    weight: int = Field(default=1, ge=1, le=WEIGHT_LIMIT)

    @field_validator("argv")
    @classmethod
    def _begins_well(cls, argv: list[str]) -> list[str]:
        if argv[0] != PYTHON:
            plain_path(argv[0])
        return argv

    @model_validator(mode="after")
    def _files_are_small(self) -> AcceptanceCase:
        if sum(len(text.encode()) for text in self.files.values()) > CASE_FILES_LIMIT_BYTES:
            raise ValueError(f"the files of a case hold at most {CASE_FILES_LIMIT_BYTES} bytes together")
        return self


def case_of(body: AcceptanceCase) -> Case:
    return Case(
        name=body.name,
        argv=tuple(body.argv),
        files=body.files,
        stdin=body.stdin,
        expected_exit=body.expected_exit,
        match=body.match,
        expected_stdout=body.expected_stdout,
        weight=body.weight,
    )


class DeliverableView(BaseModel):
    deliverable_url: str = Field(description="harmony:sha256/<hash>: the address to submit.")
    deliverable_hash: str
    size_bytes: int


class CriterionScore(BaseModel):
    score: int
    weight: int
    reasoning: str
    evidence: str = Field(description="The end of what the program wrote, redacted.")


class Results(BaseModel):
    overall_score: int
    confidence: float
    criteria_scores: dict[str, CriterionScore]
    strengths: list[str]
    improvements: list[str]
    detailed_feedback: str


class Metadata(BaseModel):
    verifier_model: str
    tokens_used: int
    cost_usdc: str
    processing_time_seconds: float | None
    deliverable_size_kb: float


class Actions(BaseModel):
    auto_released: bool
    payment_released_to: str | None
    release_tx_hash: str | None


class VerificationView(BaseModel):
    verification_id: str
    escrow_id: str
    status: Literal["pending", "in_progress", "completed", "failed"]
    reason: str | None = Field(description="Why there is no score, when failed; the buyer reviews instead.")
    results: Results | None
    metadata: Metadata
    actions: Actions


class TemplateView(BaseModel):
    id: int
    name: str
    deliverable_type: str
    description: str
    criteria: Mapping[str, Any]
    times_used: int
    average_score: str | None


class Templates(BaseModel):
    templates: list[TemplateView]


def deliverable_view(deliverable: Deliverable) -> DeliverableView:
    return DeliverableView(
        deliverable_url=address(deliverable.sha256),
        deliverable_hash=deliverable.sha256,
        size_bytes=deliverable.size_bytes,
    )


def verification_view(found: Verification, size_bytes: int, payment: Payment) -> VerificationView:
    seconds = None
    if found.started_at is not None and found.completed_at is not None:
        seconds = round((found.completed_at - found.started_at).total_seconds(), 3)
    return VerificationView(
        verification_id=found.id,
        escrow_id=found.escrow_id,
        status=found.status,
        reason=found.reason,
        results=_results(found),
        metadata=Metadata(
            verifier_model=MODEL,
            tokens_used=0,
            cost_usdc="0.000000",
            processing_time_seconds=seconds,
            deliverable_size_kb=round(size_bytes / 1024, 1),
        ),
        actions=Actions(
            auto_released=payment.released_by_score,
            payment_released_to=payment.paid_to,
            release_tx_hash=payment.transfer_id,
        ),
    )


def templates_view(found: list[Template]) -> Templates:
    return Templates(
        templates=[
            TemplateView(
                id=one.id,
                name=one.name,
                deliverable_type=one.deliverable_type,
                description=one.description,
                criteria=one.criteria,
                times_used=one.times_used,
                average_score=one.average_score,
            )
            for one in found
        ]
    )


def _results(found: Verification) -> Results | None:
    if found.score is None:
        return None
    passed = [result.name for result in found.results if result.passed]
    return Results(
        overall_score=found.score,
        confidence=1.0,
        criteria_scores={
            result.name: CriterionScore(
                score=100 if result.passed else 0,
                weight=result.weight,
                reasoning=result.reasoning,
                evidence=result.evidence,
            )
            for result in found.results
        },
        strengths=passed,
        improvements=[f"{result.name}: {result.reasoning}" for result in found.results if not result.passed],
        detailed_feedback=f"{len(passed)} of {len(found.results)} cases passed when the delivered program was run.",
    )
