"""The escrow: its states and moves, deadlines, fees, and what is decided when nobody decides. Pure.

Source: exchange specification, sections escrows and money rules.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from harmony.kernel.money import PRACTICE_USDC, Amount, share
from harmony.settlement.escrows.errors import WrongState
from harmony.settlement.ledger.model import COMMISSION, ESCROW_FEES
from harmony.settlement.verifiers.model import Case, Verification

AMOUNT_LEAST = Amount(1_000_000, PRACTICE_USDC)
AMOUNT_LIMIT = Amount(1_000_000_000_000_000, PRACTICE_USDC)
"""One escrow holds 1 to 1,000,000,000 practice USDC."""
DELIVERY_LIMIT = timedelta(days=365)
ACCEPTANCE_WINDOW = timedelta(hours=48)
REVIEW_WINDOW = timedelta(hours=48)
DISPUTE_WINDOW = timedelta(seconds=604_800)
CHECK_GRACE = timedelta(hours=24)
"""How long after the review deadline an unfinished check may still decide; then the work counts as unscored."""
CREATED_PER_HOUR_LIMIT = 10
THRESHOLD_DEFAULT = 80
CHECK_ESTIMATE_SECONDS = 120
TITLE_LIMIT_CHARS = 200
DESCRIPTION_LIMIT_CHARS = 10_000
DELIVERABLES_LIMIT = 20
DELIVERABLE_LIMIT_CHARS = 500
NOTES_LIMIT_CHARS = 5_000
REASON_LIMIT_CHARS = 2_000
URL_LIMIT_CHARS = 2_000
TOKEN_BYTES = 24
PAGE_LIMIT = 10_000

COMMISSION_BASIS_POINTS = 1_500
DIRECT_FEE_BASIS_POINTS = 25

Status = Literal["pending", "accepted", "submitted", "disputed", "released", "refunded", "expired"]
STATUSES: tuple[Status, ...] = get_args(Status)
ACTIVE: tuple[Status, ...] = ("pending", "accepted", "submitted")
HOLDING: tuple[Status, ...] = (*ACTIVE, "disputed")
"""The states in which the buyer's money is held."""

Move = Literal[
    "accept",
    "submit",
    "approve",
    "release_by_score",
    "reject_scored",
    "reject_unscored",
    "resolve_release",
    "resolve_refund",
    "expire",
    "review_release",
    "review_refund",
    "dispute_refund",
]
MOVES: dict[Move, tuple[frozenset[Status], Status]] = {
    "accept": (frozenset({"pending"}), "accepted"),
    "submit": (frozenset({"accepted"}), "submitted"),
    "approve": (frozenset({"submitted"}), "released"),
    "release_by_score": (frozenset({"submitted"}), "released"),
    "reject_scored": (frozenset({"submitted"}), "refunded"),
    "reject_unscored": (frozenset({"submitted"}), "disputed"),
    "resolve_release": (frozenset({"disputed"}), "released"),
    "resolve_refund": (frozenset({"disputed"}), "refunded"),
    "expire": (frozenset({"pending", "accepted"}), "expired"),
    "review_release": (frozenset({"submitted"}), "released"),
    "review_refund": (frozenset({"submitted"}), "refunded"),
    "dispute_refund": (frozenset({"disputed"}), "refunded"),
}
"""Each move with the states it may leave and the state it leads to."""

Cause = Literal["score", "buyer", "arbitrator", "timeout"]
CAUSES: dict[Move, Cause] = {
    "approve": "buyer",
    "release_by_score": "score",
    "resolve_release": "arbitrator",
    "review_release": "timeout",
}
"""Why a released escrow was released."""
Actor = Literal["buyer", "seller", "arbitrator", "system"]
Decision = Literal["release", "refund"]


@dataclass(frozen=True, slots=True)
class Fees:
    """What the platform keeps: from the buyer on top of the price, from the seller out of it."""

    buyer: Amount
    seller: Amount
    account: str


@dataclass(frozen=True, slots=True)
class Escrow:
    """One agreement. ``terms`` is the JSON that both parties agreed to; ``trace`` the request that began it."""

    id: str
    buyer: str
    seller: str | None
    amount: Amount
    buyer_fee: Amount
    seller_fee: Amount
    terms: Mapping[str, Any]
    terms_hash: str
    status: Status
    session_id: str | None
    invitation_token: str | None
    acceptance_deadline: datetime
    delivery_deadline: datetime
    review_deadline: datetime
    created_at: datetime
    trace: str
    deliverable_url: str | None = None
    deliverable_hash: str | None = None
    completion_notes: str | None = None
    submission_time: datetime | None = None
    verification_id: str | None = None
    quality_score: int | None = None
    verified_at: datetime | None = None
    dispute_reason: str | None = None
    dispute_initiated_by: str | None = None
    dispute_resolved_by: str | None = None
    arbitrator_notes: str | None = None
    disputed_at: datetime | None = None
    release_cause: Cause | None = None
    completed_at: datetime | None = None

    @property
    def threshold(self) -> int:
        return int(self.terms["quality_threshold"])

    @property
    def cases(self) -> tuple[Case, ...]:
        return tuple(Case(**{**case, "argv": tuple(case["argv"])}) for case in self.terms["acceptance"])

    @property
    def held(self) -> Amount:
        """What the buyer's account has reserved: the price and the buyer's fee."""
        return self.amount + self.buyer_fee

    @property
    def payout(self) -> Amount:
        """What the seller gets when the escrow is released."""
        return self.amount - self.seller_fee

    @property
    def income_account(self) -> str:
        return ESCROW_FEES if self.session_id is None else COMMISSION

    @property
    def dispute_deadline(self) -> datetime | None:
        return None if self.disputed_at is None else self.disputed_at + DISPUTE_WINDOW

    def is_party(self, principal_id: str) -> bool:
        return principal_id in (self.buyer, self.seller)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of what was done and said."""

    timestamp: datetime
    actor: Actor
    action: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A principal's escrows in numbers; the volume is what has been released."""

    active_as_buyer: int
    active_as_seller: int
    completed: int
    disputed: int
    total_volume: Amount


def account(escrow_id: str) -> str:
    """The ledger account that the price passes through: the escrow's address."""
    return f"escrow:{escrow_id}"


def hold_id(escrow_id: str) -> str:
    """The pending transfer that holds the price. It has no time-out of its own: the escrow's deadlines end it."""
    return f"{escrow_id}:hold"


def payout_id(escrow_id: str) -> str:
    return f"{escrow_id}:payout"


def fees(amount: Amount, *, consultation: bool) -> Fees:
    """The fees of an escrow, rounded down: nobody owes a fraction of a unit."""
    if consultation:
        return Fees(Amount(0, amount.asset), share(amount, COMMISSION_BASIS_POINTS), COMMISSION)
    fee = share(amount, DIRECT_FEE_BASIS_POINTS)
    return Fees(fee, fee, ESCROW_FEES)


def terms_hash(terms: Mapping[str, Any]) -> str:
    """SHA-256 of the terms as canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(terms, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def after(status: Status, move: Move) -> Status:
    """The state that ``move`` leads to; raises ``WrongState`` when it cannot be made in ``status``."""
    leaves, reaches = MOVES[move]
    if status not in leaves:
        allowed = sorted(name for name, (states, _) in MOVES.items() if status in states)
        raise WrongState(f"the escrow is {status}", details={"status": status, "allowed": allowed})
    return reaches


def acceptance_ends(escrow: Escrow) -> datetime:
    """Nobody can accept work whose delivery is already over."""
    return min(escrow.acceptance_deadline, escrow.delivery_deadline)


def by_score(escrow: Escrow, verification: Verification) -> Move | None:
    """What a finished check decides: payment at or above the agreed score, otherwise the buyer reviews."""
    reached = verification.score is not None and verification.score >= escrow.threshold
    return "release_by_score" if reached else None


def overdue(escrow: Escrow, verification: Verification | None, now: datetime) -> Move | None:
    """What is decided at ``now`` because nobody decided in time; None while there is time left."""
    match escrow.status:
        case "pending":
            return "expire" if now >= acceptance_ends(escrow) else None
        case "accepted":
            return "expire" if now >= escrow.delivery_deadline else None
        case "submitted":
            return _review_over(escrow, verification, now)
        case "disputed":
            ends = escrow.dispute_deadline
            return "dispute_refund" if ends is not None and now >= ends else None
    return None


def _review_over(escrow: Escrow, verification: Verification | None, now: datetime) -> Move | None:
    if now < escrow.review_deadline:
        return None
    if verification is not None and not verification.finished and now < escrow.review_deadline + CHECK_GRACE:
        return None
    score = verification.score if verification is not None else None
    return "review_refund" if score is not None and score < escrow.threshold else "review_release"
