"""Wire shapes of the escrows: field names are the specification's, amounts decimal strings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from harmony.kernel.money import decimal
from harmony.settlement.escrows.model import (
    CHECK_ESTIMATE_SECONDS,
    DELIVERABLE_LIMIT_CHARS,
    DELIVERABLES_LIMIT,
    DESCRIPTION_LIMIT_CHARS,
    NOTES_LIMIT_CHARS,
    REASON_LIMIT_CHARS,
    THRESHOLD_DEFAULT,
    TITLE_LIMIT_CHARS,
    URL_LIMIT_CHARS,
    Escrow,
    HistoryEntry,
    Status,
    Summary,
    account,
    hold_id,
)
from harmony.settlement.ledger.schemas import PrincipalId, UsdcText
from harmony.settlement.verifiers.model import CASES_LIMIT, DELIVERED, Verification
from harmony.settlement.verifiers.schemas import AcceptanceCase, Sha256, Text

SCHEMES = ("https://", "http://", "ipfs://", "ar://")
ID_LIMIT_CHARS = 200

Title = Annotated[Text, Field(min_length=1, max_length=TITLE_LIMIT_CHARS)]
Description = Annotated[Text, Field(min_length=1, max_length=DESCRIPTION_LIMIT_CHARS)]
Item = Annotated[Text, Field(min_length=1, max_length=DELIVERABLE_LIMIT_CHARS)]
Reason = Annotated[Text, Field(min_length=1, max_length=REASON_LIMIT_CHARS)]
Notes = Annotated[Text, Field(max_length=NOTES_LIMIT_CHARS)]
Id = Annotated[Text, Field(min_length=1, max_length=ID_LIMIT_CHARS)]


def deliverable_url(text: str) -> str:
    """An address of content kept here, or one elsewhere that is stored and never fetched."""
    if not text.isprintable() or not (DELIVERED.match(text) or text.startswith(SCHEMES)):
        raise ValueError("not an address of a deliverable")
    return text


Url = Annotated[Text, Field(min_length=1, max_length=URL_LIMIT_CHARS), AfterValidator(deliverable_url)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Terms(Body):
    title: Title
    description: Description
    deliverables: list[Item] = Field(min_length=1, max_length=DELIVERABLES_LIMIT)
    delivery_deadline: AwareDatetime
    quality_threshold: int = Field(default=THRESHOLD_DEFAULT, ge=0, le=100)
    acceptance: list[AcceptanceCase] = Field(
        default_factory=list, max_length=CASES_LIMIT, description="How the delivered program is checked by running it."
    )

    @field_validator("acceptance")
    @classmethod
    def _names_differ(cls, cases: list[AcceptanceCase]) -> list[AcceptanceCase]:
        if len({case.name for case in cases}) != len(cases):
            raise ValueError("two cases have the same name")
        return cases


class CreateEscrow(Body):
    amount_usdc: UsdcText
    terms: Terms
    chain: Literal["ledger"] = "ledger"
    buyer_address: PrincipalId | None = Field(default=None, description="The caller's principal id.")
    session_id: Id | None = Field(default=None, description="Makes it a consultation: its expert is the seller.")


class AcceptEscrow(Body):
    escrow_id: Id
    invitation_token: Id | None = Field(default=None, description="From the invitation_link of a direct escrow.")
    seller_address: PrincipalId | None = Field(default=None, description="The caller's principal id.")
    estimated_delivery: AwareDatetime | None = None


class SubmitWork(Body):
    escrow_id: Id
    deliverable_url: Url
    deliverable_hash: Sha256
    completion_notes: Notes | None = None
    request_verification: bool = True


class ApproveWork(Body):
    escrow_id: Id


class RejectWork(Body):
    escrow_id: Id
    reason: Reason


class ResolveDispute(Body):
    escrow_id: Id
    decision: Literal["release", "refund"]
    notes: Notes = ""


class Created(BaseModel):
    escrow_id: str
    escrow_address: str
    chain: str
    status: Status
    payment_tx_hash: str = Field(description="The id of the pending transfer that holds the price.")
    invitation_link: str
    acceptance_deadline: datetime
    priority_score: int
    amount_usdc: str
    buyer_fee_usdc: str
    seller_fee_usdc: str
    terms_hash: str


class Accepted(BaseModel):
    escrow_id: str
    status: Status
    locked_amount_usdc: str
    delivery_deadline: datetime


class Submitted(BaseModel):
    escrow_id: str
    status: Status
    verification_initiated: bool
    verification_id: str | None
    estimated_verification_time: int = Field(description="Seconds.")
    review_deadline: datetime


class Decided(BaseModel):
    escrow_id: str
    status: Status
    quality_score: int | None
    payout_usdc: str | None = Field(description="What the seller has got; null when nothing was paid.")


class HistoryView(BaseModel):
    timestamp: datetime
    actor: Literal["buyer", "seller", "arbitrator", "system"]
    action: str
    message: str


class Deadlines(BaseModel):
    acceptance: datetime
    delivery: datetime
    review: datetime
    dispute: datetime | None


class Stakes(BaseModel):
    buyer: str
    seller: str


class EscrowBrief(BaseModel):
    escrow_id: str
    escrow_address: str
    chain: str
    status: Status
    title: str
    session_id: str | None
    buyer_address: str
    seller_address: str | None
    amount_usdc: str
    quality_score: int | None
    priority_score: int
    deadlines: Deadlines
    created_at: datetime
    completed_at: datetime | None


class EscrowView(EscrowBrief):
    payment_tx_hash: str
    invitation_link: str | None
    acceptance_deadline: datetime
    buyer_fee_usdc: str
    seller_fee_usdc: str
    payout_usdc: str | None
    terms: Mapping[str, Any]
    terms_hash: str
    deliverable_url: str | None
    deliverable_hash: str | None
    completion_notes: str | None
    submission_time: datetime | None
    verification_id: str | None
    dispute_reason: str | None
    dispute_resolved_by: str | None
    arbitrator_notes: str | None
    release_cause: str | None
    negotiation_history: list[HistoryView]
    kamiyo_stakes: Stakes


class Pagination(BaseModel):
    page: int
    limit: int
    total: int
    has_more: bool


class SummaryView(BaseModel):
    active_as_buyer: int
    active_as_seller: int
    completed: int
    disputed: int
    total_volume_usdc: str


class EscrowList(BaseModel):
    escrows: list[EscrowBrief]
    pagination: Pagination
    summary: SummaryView


def created(escrow: Escrow) -> Created:
    return Created(
        escrow_id=escrow.id,
        escrow_address=account(escrow.id),
        chain="ledger",
        status=escrow.status,
        payment_tx_hash=hold_id(escrow.id),
        invitation_link=_invitation_link(escrow),
        acceptance_deadline=escrow.acceptance_deadline,
        priority_score=0,
        amount_usdc=decimal(escrow.amount),
        buyer_fee_usdc=decimal(escrow.buyer_fee),
        seller_fee_usdc=decimal(escrow.seller_fee),
        terms_hash=escrow.terms_hash,
    )


def accepted(escrow: Escrow) -> Accepted:
    return Accepted(
        escrow_id=escrow.id,
        status=escrow.status,
        locked_amount_usdc=decimal(escrow.amount),
        delivery_deadline=escrow.delivery_deadline,
    )


def submitted(escrow: Escrow, check: Verification | None) -> Submitted:
    return Submitted(
        escrow_id=escrow.id,
        status=escrow.status,
        verification_initiated=check is not None and not check.finished,
        verification_id=check.id if check else None,
        estimated_verification_time=CHECK_ESTIMATE_SECONDS,
        review_deadline=escrow.review_deadline,
    )


def decided(escrow: Escrow) -> Decided:
    return Decided(
        escrow_id=escrow.id, status=escrow.status, quality_score=escrow.quality_score, payout_usdc=_payout(escrow)
    )


def brief(escrow: Escrow) -> EscrowBrief:
    return EscrowBrief(**_brief(escrow))


def view(escrow: Escrow, history: list[HistoryEntry], viewer: str) -> EscrowView:
    """The whole escrow; the invitation is shown to its buyer only."""
    open_to_viewer = escrow.buyer == viewer and escrow.status == "pending"
    return EscrowView(
        **_brief(escrow),
        payment_tx_hash=hold_id(escrow.id),
        invitation_link=_invitation_link(escrow) if open_to_viewer else None,
        acceptance_deadline=escrow.acceptance_deadline,
        buyer_fee_usdc=decimal(escrow.buyer_fee),
        seller_fee_usdc=decimal(escrow.seller_fee),
        payout_usdc=_payout(escrow),
        terms=escrow.terms,
        terms_hash=escrow.terms_hash,
        deliverable_url=escrow.deliverable_url,
        deliverable_hash=escrow.deliverable_hash,
        completion_notes=escrow.completion_notes,
        submission_time=escrow.submission_time,
        verification_id=escrow.verification_id,
        dispute_reason=escrow.dispute_reason,
        dispute_resolved_by=escrow.dispute_resolved_by,
        arbitrator_notes=escrow.arbitrator_notes,
        release_cause=escrow.release_cause,
        negotiation_history=[
            HistoryView(timestamp=one.timestamp, actor=one.actor, action=one.action, message=one.message)
            for one in history
        ],
        kamiyo_stakes=Stakes(buyer="0.000000", seller="0.000000"),
    )


def escrow_list(found: list[Escrow], page: int, limit: int, total: int, summary: Summary) -> EscrowList:
    return EscrowList(
        escrows=[brief(escrow) for escrow in found],
        pagination=Pagination(page=page, limit=limit, total=total, has_more=page * limit < total),
        summary=SummaryView(
            active_as_buyer=summary.active_as_buyer,
            active_as_seller=summary.active_as_seller,
            completed=summary.completed,
            disputed=summary.disputed,
            total_volume_usdc=decimal(summary.total_volume),
        ),
    )


def _brief(escrow: Escrow) -> dict[str, Any]:
    return {
        "escrow_id": escrow.id,
        "escrow_address": account(escrow.id),
        "chain": "ledger",
        "status": escrow.status,
        "title": escrow.terms["title"],
        "session_id": escrow.session_id,
        "buyer_address": escrow.buyer,
        "seller_address": escrow.seller,
        "amount_usdc": decimal(escrow.amount),
        "quality_score": escrow.quality_score,
        "priority_score": 0,
        "deadlines": Deadlines(
            acceptance=escrow.acceptance_deadline,
            delivery=escrow.delivery_deadline,
            review=escrow.review_deadline,
            dispute=escrow.dispute_deadline,
        ),
        "created_at": escrow.created_at,
        "completed_at": escrow.completed_at,
    }


def _invitation_link(escrow: Escrow) -> str:
    token = f"?token={escrow.invitation_token}" if escrow.invitation_token else ""
    return f"/escrow/accept/{escrow.id}{token}"


def _payout(escrow: Escrow) -> str | None:
    return decimal(escrow.payout) if escrow.status == "released" else None
