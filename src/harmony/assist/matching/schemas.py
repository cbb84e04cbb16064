"""The wire shapes of matching; ``findExperts`` as the specification prints it (live-product-brief.md, section 4.4)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from harmony.assist.experts.model import Presence
from harmony.assist.matching.model import (
    ATTEMPTS_LIMIT_ITEMS,
    EXPERTISE_LIMIT_ITEMS,
    HelpRequest,
    Offer,
    OfferState,
    RequestState,
)
from harmony.assist.matching.ranking import Match, Need
from harmony.assist.matching.service import Asking
from harmony.assist.problems.model import Level
from harmony.assist.wire import Instant, Label, Line, Prose, Wire, storable
from harmony.commons.journal.model import Entry

URGENCIES: dict[str, Level] = {
    "low": "low",
    "flexible": "low",
    "medium": "medium",
    "normal": "medium",
    "high": "high",
    "urgent": "high",
}
"""The specification writes urgency in several ways (sections 3.2 and 4.4)."""

Expertise = Annotated[tuple[Label, ...], Field(max_length=EXPERTISE_LIMIT_ITEMS)]
Urgency = Annotated[
    str,
    Field(pattern=r"(?i)^(low|flexible|medium|normal|high|urgent)$", max_length=10),
    AfterValidator(storable),
]


class OpenRequest(Wire):
    """Help with a reported failure; what is left out is taken from its context."""

    context_id: Label
    issue_type: Line = ""
    description: Prose = ""
    urgency: Urgency | None = None
    required_expertise: Expertise = ()
    language_preference: Line = ""
    attempted_solutions: tuple[Line, ...] = Field(default=(), max_length=ATTEMPTS_LIMIT_ITEMS)
    space_id: Label | None = None

    def noun(self) -> Asking:
        return Asking(
            context_id=self.context_id,
            issue_type=self.issue_type,
            description=self.description,
            urgency=URGENCIES[self.urgency.lower()] if self.urgency else None,
            required_expertise=self.required_expertise,
            language=self.language_preference,
            attempted_solutions=self.attempted_solutions,
            space_id=self.space_id,
        )


class OfferView(Wire):
    offer_id: str
    request_id: str
    expert_id: str
    state: OfferState
    made_at: datetime
    expires_at: datetime
    answered_at: datetime | None

    @classmethod
    def of(cls, offer: Offer) -> OfferView:
        return cls(
            offer_id=offer.id,
            request_id=offer.request_id,
            expert_id=offer.expert_id,
            state=offer.state,
            made_at=offer.made_at,
            expires_at=offer.expires_at,
            answered_at=offer.answered_at,
        )


class RequestItem(Wire):
    request_id: str
    seeker_id: str
    context_id: str
    space_id: str | None
    trace_id: str
    state: RequestState
    issue_type: str
    description: str
    urgency: Level
    required_expertise: list[str]
    language_preference: str
    attempted_solutions: list[str]
    session_id: str | None
    opened_at: datetime
    moved_at: datetime

    @classmethod
    def facts(cls, request: HelpRequest) -> dict[str, Any]:
        return {
            "request_id": request.id,
            "seeker_id": request.seeker_id,
            "context_id": request.context_id,
            "space_id": request.space_id,
            "trace_id": request.trace,
            "state": request.state,
            "issue_type": request.issue_type,
            "description": request.description,
            "urgency": request.urgency,
            "required_expertise": list(request.required_expertise),
            "language_preference": request.language,
            "attempted_solutions": list(request.attempted_solutions),
            "session_id": request.session_id,
            "opened_at": request.opened_at,
            "moved_at": request.moved_at,
        }

    @classmethod
    def of(cls, request: HelpRequest) -> RequestItem:
        return cls(**cls.facts(request))


class RequestView(RequestItem):
    """``offers`` are the seeker's to see, newest first."""

    offers: list[OfferView]

    @classmethod
    def whole(cls, request: HelpRequest, offers: list[Offer]) -> RequestView:
        return cls(**cls.facts(request), offers=[OfferView.of(offer) for offer in offers])


class RequestList(Wire):
    items: list[RequestItem]
    next_cursor: str | None


class MakeOffer(Wire):
    expert_id: Label


class OfferList(Wire):
    items: list[OfferView]
    next_cursor: str | None


class UserPreferences(Wire):
    response_urgency: Urgency | None = None
    communication_preference: Expertise = ()
    language_preference: Line = ""


class FindExperts(Wire):
    problem_context: Label
    required_expertise: Expertise = ()
    user_preferences: UserPreferences = UserPreferences()
    current_time: Instant | None = None

    def need(self) -> Need:
        preferences = self.user_preferences
        return Need(
            skills=self.required_expertise,
            language=preferences.language_preference,
            channels=preferences.communication_preference,
        )


class ExpertMatch(Wire):
    expert_id: str
    name: str
    match_score: float
    expertise: list[str]
    availability: Presence
    estimated_response_time: str
    preferred_channel: str
    reputation_score: float
    completed_sessions: int
    reasons: list[str]

    @classmethod
    def of(cls, match: Match) -> ExpertMatch:
        expert = match.expert
        return cls(
            expert_id=expert.id,
            name=expert.name,
            match_score=match.score / 100,
            expertise=[skill.name for skill in expert.skills],
            availability=match.presence,
            estimated_response_time=match.response,
            preferred_channel=match.channel,
            reputation_score=expert.standing.score_tenths / 10,
            completed_sessions=expert.standing.sessions,
            reasons=list(match.reasons),
        )


class Matches(Wire):
    matches_found: bool
    experts: list[ExpertMatch]
    recommended_expert: str | None

    @classmethod
    def of(cls, matches: list[Match]) -> Matches:
        return cls(
            matches_found=bool(matches),
            experts=[ExpertMatch.of(match) for match in matches],
            recommended_expert=matches[0].expert.id if matches else None,
        )


class TimelineEntry(Wire):
    """A fact of the journal; ``payload`` is the message of this ``kind`` and ``version``."""

    revision: int
    kind: str
    version: int
    subject: str
    actor: str
    trace_id: str
    payload: dict[str, Any]
    occurred_at: datetime

    @classmethod
    def of(cls, entry: Entry) -> TimelineEntry:
        return cls(
            revision=entry.revision,
            kind=entry.kind,
            version=entry.version,
            subject=entry.subject,
            actor=entry.actor,
            trace_id=entry.trace,
            payload=dict(entry.payload),
            occurred_at=entry.occurred_at,
        )


class Timeline(Wire):
    """``after`` goes on from here; a page that is not full ends the story so far."""

    items: list[TimelineEntry]
    after: int
