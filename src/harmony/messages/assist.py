"""What the assist plane tells: a failure noticed, help asked for and found, work valued, a solution remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class ProblemDetected(Message):
    """A failure was reported and looked at; ``known_articles`` answer it already."""

    KIND: ClassVar[str] = "assist.problem.detected"
    context_id: str
    user_id: str
    fingerprint: str
    category: str
    subcategory: str
    confidence_percent: int
    problem_detected: bool
    suggested_action: str
    known_articles: list[str]


@dataclass(frozen=True, slots=True)
class GroupingDecided(Message):
    """A person said that two fingerprints are one failure (``merge``) or are not (``split``)."""

    KIND: ClassVar[str] = "assist.grouping.decided"
    grouping_id: str
    user_id: str
    one: str
    other: str
    verdict: str


@dataclass(frozen=True, slots=True)
class GroupingUndone(Message):
    KIND: ClassVar[str] = "assist.grouping.undone"
    grouping_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class DetectionSet(Message):
    """Somebody chose how to be watched over."""

    KIND: ClassVar[str] = "assist.detection.set"
    user_id: str
    mode: str
    privacy: str
    alarms_a_day: int


@dataclass(frozen=True, slots=True)
class AlarmRaised(Message):
    """Somebody goes round in circles, or a pipeline fails: what kind, never what was read. ``state`` says what became
    of it: told, held (for a digest), quiet (to be looked at), beyond_budget (a nudge only)."""

    KIND: ClassVar[str] = "assist.alarm.raised"
    alarm_id: str
    user_id: str
    source: str
    alarm_kind: str
    confidence_percent: int
    rounds: int
    surmountable: bool
    remedy: str
    state: str


@dataclass(frozen=True, slots=True)
class AlarmTold(Message):
    """An alarm that stood was told: out of a digest, or with the next remedy."""

    KIND: ClassVar[str] = "assist.alarm.told"
    alarm_id: str
    user_id: str
    remedy: str


@dataclass(frozen=True, slots=True)
class AlarmAnswered(Message):
    """The user said of an alarm that it was right, or wrong."""

    KIND: ClassVar[str] = "assist.alarm.answered"
    alarm_id: str
    user_id: str
    alarm_kind: str
    answer: str


@dataclass(frozen=True, slots=True)
class CiSourceAdded(Message):
    KIND: ClassVar[str] = "assist.ci_source.added"
    source_id: str
    user_id: str
    provider: str


@dataclass(frozen=True, slots=True)
class CiSourceRenewed(Message):
    """The source has a new secret; the old one is refused from now on."""

    KIND: ClassVar[str] = "assist.ci_source.renewed"
    source_id: str
    user_id: str
    generation: int


@dataclass(frozen=True, slots=True)
class CiSourceRemoved(Message):
    KIND: ClassVar[str] = "assist.ci_source.removed"
    source_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class ExpertRegistered(Message):
    KIND: ClassVar[str] = "assist.expert.registered"
    expert_id: str
    principal_id: str


@dataclass(frozen=True, slots=True)
class ReputationMoved(Message):
    """``points`` is a signed decimal; standing, never money."""

    KIND: ClassVar[str] = "assist.reputation.moved"
    expert_id: str
    contribution_id: str
    points: str


@dataclass(frozen=True, slots=True)
class RequestOpened(Message):
    KIND: ClassVar[str] = "assist.request.opened"
    request_id: str
    seeker_id: str
    context_id: str
    space_id: str | None
    urgency: str


@dataclass(frozen=True, slots=True)
class RequestCancelled(Message):
    KIND: ClassVar[str] = "assist.request.cancelled"
    request_id: str


@dataclass(frozen=True, slots=True)
class RequestReopened(Message):
    """The offer came to nothing or the session was abandoned: the request looks for help again."""

    KIND: ClassVar[str] = "assist.request.reopened"
    request_id: str


@dataclass(frozen=True, slots=True)
class OfferMade(Message):
    KIND: ClassVar[str] = "assist.offer.made"
    offer_id: str
    request_id: str
    expert_id: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class OfferAccepted(Message):
    KIND: ClassVar[str] = "assist.offer.accepted"
    offer_id: str
    request_id: str
    expert_id: str
    session_id: str


@dataclass(frozen=True, slots=True)
class OfferDeclined(Message):
    KIND: ClassVar[str] = "assist.offer.declined"
    offer_id: str
    request_id: str
    expert_id: str


@dataclass(frozen=True, slots=True)
class OfferExpired(Message):
    KIND: ClassVar[str] = "assist.offer.expired"
    offer_id: str
    request_id: str
    expert_id: str


@dataclass(frozen=True, slots=True)
class OfferWithdrawn(Message):
    KIND: ClassVar[str] = "assist.offer.withdrawn"
    offer_id: str
    request_id: str
    expert_id: str


@dataclass(frozen=True, slots=True)
class SessionOpened(Message):
    KIND: ClassVar[str] = "assist.session.opened"
    session_id: str
    request_id: str
    seeker_id: str
    expert_id: str


@dataclass(frozen=True, slots=True)
class MessageSent(Message):
    """Who wrote, never what."""

    KIND: ClassVar[str] = "assist.message.sent"
    session_id: str
    message_id: str
    author_id: str


@dataclass(frozen=True, slots=True)
class ContextShared(Message):
    KIND: ClassVar[str] = "assist.context.shared"
    session_id: str
    share_id: str
    scope: list[str]
    expires_at: str


@dataclass(frozen=True, slots=True)
class ShareRevoked(Message):
    KIND: ClassVar[str] = "assist.share.revoked"
    session_id: str
    share_id: str


@dataclass(frozen=True, slots=True)
class SessionResolved(Message):
    KIND: ClassVar[str] = "assist.session.resolved"
    session_id: str
    request_id: str
    rating: int


@dataclass(frozen=True, slots=True)
class SessionAbandoned(Message):
    KIND: ClassVar[str] = "assist.session.abandoned"
    session_id: str
    request_id: str
    by: str


@dataclass(frozen=True, slots=True)
class ContributionValued(Message):
    """``amount`` is a decimal of ``asset``; ``formula`` the version of the formula that gave it."""

    KIND: ClassVar[str] = "assist.contribution.valued"
    contribution_id: str
    session_id: str
    expert_id: str
    formula: int
    amount: str
    asset: str


@dataclass(frozen=True, slots=True)
class ContributionDistributed(Message):
    """The shares as decimals of ``asset``."""

    KIND: ClassVar[str] = "assist.contribution.distributed"
    contribution_id: str
    session_id: str
    asset: str
    expert: str
    maintenance: str
    governance: str


@dataclass(frozen=True, slots=True)
class SpaceCreated(Message):
    KIND: ClassVar[str] = "assist.space.created"
    space_id: str
    owner_id: str
    visibility: str


@dataclass(frozen=True, slots=True)
class SpaceJoined(Message):
    KIND: ClassVar[str] = "assist.space.joined"
    space_id: str
    principal_id: str


@dataclass(frozen=True, slots=True)
class ArticleDrafted(Message):
    KIND: ClassVar[str] = "assist.article.drafted"
    article_id: str
    space_id: str | None
    session_id: str | None


@dataclass(frozen=True, slots=True)
class ArticleConsented(Message):
    """A party of the session that an article came from allows its publication."""

    KIND: ClassVar[str] = "assist.article.consented"
    article_id: str
    principal_id: str


@dataclass(frozen=True, slots=True)
class ArticleApproved(Message):
    KIND: ClassVar[str] = "assist.article.approved"
    article_id: str
    by: str


@dataclass(frozen=True, slots=True)
class ArticleArchived(Message):
    KIND: ClassVar[str] = "assist.article.archived"
    article_id: str
    by: str


@dataclass(frozen=True, slots=True)
class ProblemReclassified(Message):
    """A person gave a failure another class than was read, or confirmed it; ``earlier`` ones are what held before."""

    KIND: ClassVar[str] = "assist.problem.reclassified"
    context_id: str
    corrected_by: str
    category: str
    subcategory: str
    earlier_category: str
    earlier_subcategory: str
