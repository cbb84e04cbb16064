"""The verbs of matching."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.experts import service as experts
from harmony.assist.experts.skills import near, normal
from harmony.assist.knowledge import service as knowledge
from harmony.assist.matching import store
from harmony.assist.matching.errors import (
    ExpertOutsideSpace,
    NotTheSeeker,
    OfferPending,
    OfferStateWrong,
    OfferUnknown,
    OwnOffer,
    RequestStateWrong,
    RequestUnknown,
)
from harmony.assist.matching.model import (
    MATCHES_LIMIT_ITEMS,
    OFFER_LIFE,
    HelpRequest,
    Offer,
    OfferState,
    RequestState,
    has_expired,
    offer_may_move,
    request_may_move,
)
from harmony.assist.matching.ranking import Load, Match, Need, rank
from harmony.assist.problems import service as problems
from harmony.assist.problems.model import Level, ProblemContext
from harmony.assist.problems.taxonomy import SKILLS
from harmony.commons.journal.service import append
from harmony.commons.notifications.service import notify
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import PAGE_LIMIT_ITEMS, Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import (
    OfferAccepted,
    OfferDeclined,
    OfferExpired,
    OfferMade,
    OfferWithdrawn,
    RequestCancelled,
    RequestOpened,
    RequestReopened,
)

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a seeker adds to the context when asking for help; what is left out is taken from the context."""

    context_id: str
    issue_type: str = ""
    description: str = ""
    urgency: Level | None = None
    required_expertise: tuple[str, ...] = ()
    language: str = ""
    attempted_solutions: tuple[str, ...] = ()
    space_id: str | None = None


async def open_request(uow: UnitOfWork, seeker_id: str, asking: Asking) -> HelpRequest:
    """Ask for help with one's own reported failure; the request goes on under the report's trace."""
    context = await problems.own_context(uow.connection, asking.context_id, seeker_id)
    space_id = asking.space_id or context.space_id
    if space_id is not None:
        await knowledge.find_space(uow.connection, space_id, seeker_id)
    classification = context.judgement.classification
    request = HelpRequest(
        id=uow.ids.new("request"),
        seeker_id=seeker_id,
        context_id=context.id,
        space_id=space_id,
        trace=context.trace,
        state="open",
        issue_type=asking.issue_type or classification.category,
        description=redact(asking.description).text or context.error_message,
        urgency=asking.urgency or classification.urgency,
        required_expertise=asking.required_expertise or _expertise(context),
        language=asking.language,
        attempted_solutions=tuple(redact(attempt).text for attempt in asking.attempted_solutions),
        session_id=None,
        opened_at=uow.now,
        moved_at=uow.now,
    )
    await store.add_request(uow, request)
    told = RequestOpened(request.id, seeker_id, context.id, space_id, request.urgency)
    await append(uow, told, subject=request.id)
    return request


async def find_request(
    connection: Connection, request_id: str, principal_id: str, *, admin: bool = False
) -> HelpRequest:
    """The request, for its seeker and for who is asked to help or helps; unknown to everybody else."""
    found = await store.request(connection, request_id) if looks_like_id(request_id, "request") else None
    if found is None or not (
        admin or found.seeker_id == principal_id or await store.is_asked(connection, request_id, principal_id)
    ):
        raise RequestUnknown("there is no such request", field="requestId")
    return found


async def own_request(
    connection: Connection, request_id: str, principal_id: str, *, admin: bool = False
) -> HelpRequest:
    """The request, for its seeker only."""
    found = await find_request(connection, request_id, principal_id, admin=admin)
    if found.seeker_id != principal_id and not admin:
        raise NotTheSeeker("this request is not yours")
    return found


async def list_requests(
    connection: Connection, principal_id: str | None, before: str | None, limit: int
) -> Page[HelpRequest]:
    """What somebody asked or was asked to help with, newest first; everybody's for None."""
    found = await store.requests(connection, principal_id, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def list_offers_of(connection: Connection, request_id: str) -> list[Offer]:
    """The newest offers of a request, newest first."""
    return await store.of_request(connection, request_id, PAGE_LIMIT_ITEMS)


async def may_read_context(connection: Connection, principal_id: str, context_id: str) -> bool:
    """Whether somebody was asked to help with this failure: fulfils ``problems.ports.ContextReaders``."""
    return await store.is_asked_about(connection, context_id, principal_id)


async def matches(connection: Connection, request: HelpRequest, now: datetime) -> list[Match]:
    """Who fits a request, best first; who has declined it is not asked again."""
    context = await problems.own_context(connection, request.context_id, request.seeker_id)
    need = Need(skills=_normal(request.required_expertise), platforms=_platforms(context), language=request.language)
    gone = await store.decliners(connection, request.id)
    found = await _ranked(connection, need, request.seeker_id, request.space_id, now)
    return [match for match in found if match.expert.id not in gone][:MATCHES_LIMIT_ITEMS]


async def find_experts(connection: Connection, context: ProblemContext, need: Need, now: datetime) -> list[Match]:
    """Who fits a failure for which help has not been asked yet, best first."""
    filled = replace(
        need,
        skills=_normal(need.skills or _expertise(context)),
        platforms=need.platforms or _platforms(context),
    )
    found = await _ranked(connection, filled, context.user_id, context.space_id, now)
    return found[:MATCHES_LIMIT_ITEMS]


async def offer(uow: UnitOfWork, request_id: str, expert_id: str) -> Offer:
    """Ask one expert; they are told, and have until the offer expires."""
    request = await _lock(uow, request_id)
    if request.seeker_id != uow.actor:
        raise NotTheSeeker("this request is not yours")
    expert = await experts.find_expert(uow.connection, expert_id)
    if expert.principal_id == request.seeker_id:
        raise OwnOffer("this expert is the seeker", field="expertId")
    if request.space_id is not None and not await knowledge.is_member(
        uow.connection, request.space_id, expert.principal_id
    ):
        raise ExpertOutsideSpace("this expert is not a member of the request's space", field="expertId")
    earlier = await store.pending(uow.connection, request.id)
    if earlier is not None:
        raise OfferPending("this request has an open offer", details={"offer_id": earlier.id})
    await _move(uow, request, "offered")
    made = Offer(
        id=uow.ids.new("offer"),
        request_id=request.id,
        expert_id=expert.id,
        principal_id=expert.principal_id,
        state="pending",
        trace=request.trace,
        made_at=uow.now,
        expires_at=uow.now + OFFER_LIFE[request.urgency],
    )
    await store.add_offer(uow, made)
    await notify(
        uow,
        recipient=expert.principal_id,
        kind="offer.made",
        subject=made.id,
        title=f"Somebody asks for your help: {request.issue_type}",
        body=f"Urgency {request.urgency}. Answer before {made.expires_at.isoformat()}.",
    )
    told = OfferMade(made.id, request.id, expert.id, made.expires_at.isoformat())
    await append(uow, told, subject=request.id)
    return made


async def list_offers(
    connection: Connection, principal_id: str, state: OfferState | None, before: str | None, limit: int
) -> Page[Offer]:
    """The offers made to an expert, newest first."""
    found = await store.offers(connection, principal_id, state, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def accept(uow: UnitOfWork, offer_id: str, session_id: str) -> tuple[HelpRequest, Offer]:
    """The expert takes the offer; the caller opens ``session_id`` in the same transaction."""
    request, found = await _lock_offer(uow, offer_id)
    await _answer(uow, found, "accepted")
    await _move(uow, request, "in_session", session_id)
    told = OfferAccepted(found.id, request.id, found.expert_id, session_id)
    await append(uow, told, subject=request.id)
    moved = replace(request, state="in_session", session_id=session_id, moved_at=uow.now)
    return moved, replace(found, state="accepted", answered_at=uow.now)


async def decline(uow: UnitOfWork, offer_id: str) -> Offer:
    """The expert cannot or will not; the request looks on."""
    request, found = await _lock_offer(uow, offer_id)
    await _answer(uow, found, "declined")
    await append(uow, OfferDeclined(found.id, request.id, found.expert_id), subject=request.id)
    await _reopen(uow, request, found, "The expert declined; ask another.")
    return replace(found, state="declined", answered_at=uow.now)


async def expire(uow: UnitOfWork, offer_id: str) -> bool:
    """End an offer whose time is over; whether it did. For the job."""
    request_id = await store.lock_expired(uow, offer_id)
    found = await store.offer(uow.connection, offer_id)
    if request_id is None or found is None or not has_expired(found, uow.now):
        return False
    request = await store.lock_request(uow, request_id)
    assert request is not None, "an offer has its request"
    await _answer(uow, found, "expired", by_clock=True)
    await append(uow, OfferExpired(found.id, request.id, found.expert_id), subject=request.id)
    await _reopen(uow, request, found, "The expert did not answer in time; ask another.")
    return True


async def cancel(uow: UnitOfWork, request_id: str) -> HelpRequest:
    """The seeker no longer needs help; an open offer is withdrawn."""
    request = await _lock(uow, request_id)
    if request.seeker_id != uow.actor:
        raise NotTheSeeker("this request is not yours")
    await _move(uow, request, "cancelled")
    pending = await store.pending(uow.connection, request.id)
    if pending is not None:
        await store.answer(uow, pending.id, "withdrawn")
        await append(uow, OfferWithdrawn(pending.id, request.id, pending.expert_id), subject=request.id)
    await append(uow, RequestCancelled(request.id), subject=request.id)
    return replace(request, state="cancelled", moved_at=uow.now)


async def resolve(uow: UnitOfWork, request_id: str) -> None:
    """The session of a request ended with a solution; the caller has checked who says so."""
    request = await store.lock_request(uow, request_id)
    assert request is not None, "a session has its request"
    await _move(uow, request, "resolved", request.session_id)


async def reopen(uow: UnitOfWork, request_id: str) -> None:
    """The session of a request was abandoned: it looks for help again."""
    request = await store.lock_request(uow, request_id)
    assert request is not None, "a session has its request"
    await _move(uow, request, "open")
    await append(uow, RequestReopened(request.id), subject=request.id)


async def _lock(uow: UnitOfWork, request_id: str) -> HelpRequest:
    """The request, locked; unknown to who has nothing to do with it."""
    await find_request(uow.connection, request_id, uow.actor)
    found = await store.lock_request(uow, request_id)
    assert found is not None, "requests are never deleted"
    return found


async def _lock_offer(uow: UnitOfWork, offer_id: str) -> tuple[HelpRequest, Offer]:
    """An offer made to the actor, with its request locked first: every verb locks in this order."""
    found = await store.offer(uow.connection, offer_id) if looks_like_id(offer_id, "offer") else None
    if found is None or found.principal_id != uow.actor:
        raise OfferUnknown("there is no such offer", field="offerId")
    request = await store.lock_request(uow, found.request_id)
    assert request is not None, "an offer has its request"
    fresh = await store.offer(uow.connection, offer_id)
    assert fresh is not None, "offers are never deleted"
    return request, fresh


async def _answer(uow: UnitOfWork, found: Offer, state: OfferState, *, by_clock: bool = False) -> None:
    if not offer_may_move(found.state, state) or (has_expired(found, uow.now) and not by_clock):
        shown = "expired" if found.state == "pending" else found.state
        raise OfferStateWrong(f"this offer is {shown}", details={"state": shown})
    await store.answer(uow, found.id, state)


async def _move(uow: UnitOfWork, request: HelpRequest, state: RequestState, session_id: str | None = None) -> None:
    if not request_may_move(request.state, state):
        raise RequestStateWrong(
            f"a request that is {request.state} cannot become {state}", details={"state": request.state}
        )
    await store.move_request(uow, request.id, state, session_id)


async def _reopen(uow: UnitOfWork, request: HelpRequest, after: Offer, body: str) -> None:
    """The request looks on after an offer came to nothing; the seeker is told, once an offer."""
    await _move(uow, request, "open")
    await append(uow, RequestReopened(request.id), subject=request.id)
    await notify(
        uow,
        recipient=request.seeker_id,
        kind="request.reopened",
        subject=after.id,
        title="Your request looks for help again",
        body=body,
    )


async def _ranked(
    connection: Connection, need: Need, seeker_id: str, space_id: str | None, now: datetime
) -> list[Match]:
    wanted = frozenset[str]().union(*(near(skill) for skill in need.skills))
    among = None if space_id is None else await knowledge.list_members(connection, space_id, seeker_id)
    found = await experts.candidates(connection, wanted, but=seeker_id, among=among)
    loads = await store.loads(connection, [expert.principal_id for expert in found], now - WEEK)
    return rank(need, [(expert, loads.get(expert.principal_id, Load())) for expert in found], now)


def _expertise(context: ProblemContext) -> tuple[str, ...]:
    """The skills that a failure asks for: those of its class, and its language."""
    classification = context.judgement.classification
    asked = [*SKILLS.get(classification.category, ()), *SKILLS.get(classification.subcategory, ())]
    if context.language and context.language not in ("shell", "make", "cmake", "git"):
        asked.append(context.language)
    return tuple(dict.fromkeys(asked)) or ("troubleshooting",)


def _platforms(context: ProblemContext) -> tuple[str, ...]:
    """The first word of each system's name: ``Windows 10`` is windows, ``Ubuntu 22.04`` linux."""
    named = (context.environment.os, context.environment.previous_environment)
    return tuple(dict.fromkeys(normal(name.split()[0]) for name in named if name.strip()))


def _normal(skills: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(skill) for skill in skills))
