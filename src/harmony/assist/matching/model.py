"""The nouns of matching: requests and offers, their states and moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from harmony.assist.problems.model import Level

RequestState = Literal["open", "offered", "in_session", "resolved", "cancelled"]
OfferState = Literal["pending", "accepted", "declined", "expired", "withdrawn"]

REQUEST_STATES: tuple[RequestState, ...] = ("open", "offered", "in_session", "resolved", "cancelled")
REQUEST_MOVES: frozenset[tuple[RequestState, RequestState]] = frozenset(
    {
        ("open", "offered"),
        ("offered", "open"),
        ("offered", "in_session"),
        ("in_session", "open"),
        ("in_session", "resolved"),
        ("open", "cancelled"),
        ("offered", "cancelled"),
    }
)
OFFER_STATES: tuple[OfferState, ...] = ("pending", "accepted", "declined", "expired", "withdrawn")
OFFER_MOVES: frozenset[tuple[OfferState, OfferState]] = frozenset(
    {("pending", "accepted"), ("pending", "declined"), ("pending", "expired"), ("pending", "withdrawn")}
)

OFFER_LIFE: dict[Level, timedelta] = {
    "high": timedelta(minutes=15),
    "medium": timedelta(minutes=30),
    "low": timedelta(hours=4),
}
"""How long an expert may think, by the urgency of the request."""

EXPERTISE_LIMIT_ITEMS = 20
ATTEMPTS_LIMIT_ITEMS = 20
MATCHES_LIMIT_ITEMS = 10
EXPIRY_BATCH_ITEMS = 100


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """``trace`` is that of the report: the whole story lies under it."""

    id: str
    seeker_id: str
    context_id: str
    space_id: str | None
    trace: str
    state: RequestState
    issue_type: str
    description: str
    urgency: Level
    required_expertise: tuple[str, ...]
    language: str
    attempted_solutions: tuple[str, ...]
    session_id: str | None
    opened_at: datetime
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """``expert_id`` is the profile, ``principal_id`` who answers."""

    id: str
    request_id: str
    expert_id: str
    principal_id: str
    state: OfferState
    trace: str
    made_at: datetime
    expires_at: datetime
    answered_at: datetime | None = None


def request_may_move(before: RequestState, after: RequestState) -> bool:
    return (before, after) in REQUEST_MOVES


def offer_may_move(before: OfferState, after: OfferState) -> bool:
    return (before, after) in OFFER_MOVES


def has_expired(offer: Offer, now: datetime) -> bool:
    """At its very instant of expiry an offer is over."""
    return offer.state == "pending" and now >= offer.expires_at
