"""The verbs of sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.experts import service as experts
from harmony.assist.knowledge.model import SessionFacts
from harmony.assist.matching import service as matching
from harmony.assist.problems import service as problems
from harmony.assist.sessions import store
from harmony.assist.sessions.errors import (
    MessagesFull,
    MessageTooLarge,
    NotTheSeeker,
    SessionStateWrong,
    SessionUnknown,
    ShareEnded,
    ShareUnknown,
)
from harmony.assist.sessions.model import (
    MESSAGE_LIMIT_BYTES,
    MESSAGES_LIMIT_ITEMS,
    RECENT_MESSAGES_ITEMS,
    SHARES_SHOWN_ITEMS,
    ChatMessage,
    Scope,
    Session,
    SessionState,
    Share,
    is_over,
    may_move,
    shared_content,
)
from harmony.commons.journal.service import append
from harmony.commons.notifications.service import notify
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import (
    ContextShared,
    MessageSent,
    SessionAbandoned,
    SessionOpened,
    SessionResolved,
    ShareRevoked,
)


async def accept_offer(uow: UnitOfWork, offer_id: str) -> Session:
    """The expert takes the offer, and the session with the seeker opens."""
    session_id = uow.ids.new("session")
    request, offer = await matching.accept(uow, offer_id, session_id)
    session = Session(
        id=session_id,
        request_id=request.id,
        offer_id=offer.id,
        context_id=request.context_id,
        seeker_id=request.seeker_id,
        expert_id=offer.principal_id,
        profile_id=offer.expert_id,
        space_id=request.space_id,
        trace=request.trace,
        state="open",
        response_seconds=int((uow.now - offer.made_at).total_seconds()),
        rating=None,
        publication_consented=False,
        messages=0,
        opened_at=uow.now,
        ended_at=None,
    )
    await store.add(uow, session)
    await notify(
        uow,
        recipient=session.seeker_id,
        kind="session.opened",
        subject=session.id,
        title="An expert has accepted",
        body="Your session is open.",
    )
    told = SessionOpened(session.id, session.request_id, session.seeker_id, session.expert_id)
    await append(uow, told, subject=session.id)
    return session


async def find_session(connection: Connection, session_id: str, principal_id: str, *, admin: bool = False) -> Session:
    """The session, for its two parties; unknown to everybody else."""
    found = await store.session(connection, session_id) if looks_like_id(session_id, "session") else None
    if found is None or not (admin or principal_id in found.parties):
        raise SessionUnknown("there is no such session", field="sessionId")
    return found


async def list_sessions(connection: Connection, principal_id: str, before: str | None, limit: int) -> Page[Session]:
    found = await store.sessions(connection, principal_id, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def say(uow: UnitOfWork, session_id: str, body: str) -> ChatMessage:
    """A party writes; secrets and personal data are hidden before it is stored."""
    size = len(body.encode("utf-8", "replace"))
    if size > MESSAGE_LIMIT_BYTES:
        raise MessageTooLarge(f"a message has at most {MESSAGE_LIMIT_BYTES} bytes", field="body")
    session = await _lock_open(uow, session_id)
    if session.messages >= MESSAGES_LIMIT_ITEMS:
        raise MessagesFull(f"a session has at most {MESSAGES_LIMIT_ITEMS} messages")
    clean = redact(body)
    message = ChatMessage(
        session_id=session.id,
        position=await store.next_position(uow, session.id),
        id=uow.ids.new("message"),
        author_id=uow.actor,
        body=clean.text,
        hidden=len(clean.spans),
        sent_at=uow.now,
    )
    await store.add_message(uow, message)
    await append(uow, MessageSent(session.id, message.id, uow.actor), subject=session.id)
    return message


async def list_messages(connection: Connection, session_id: str, after: int, limit: int) -> list[ChatMessage]:
    """Messages after a position, oldest first; the caller has found the session."""
    return await store.messages(connection, session_id, after, limit)


async def recent_messages(connection: Connection, session: Session) -> list[ChatMessage]:
    """The newest ``RECENT_MESSAGES_ITEMS``, oldest first."""
    after = max(0, session.messages - RECENT_MESSAGES_ITEMS)
    return await store.messages(connection, session.id, after, RECENT_MESSAGES_ITEMS)


async def share(uow: UnitOfWork, session_id: str, scope: tuple[Scope, ...], life: timedelta, snippet: str) -> Share:
    """The seeker shows exactly ``scope`` of the failure's context, as it is now, for ``life``."""
    session = await _lock_open(uow, session_id)
    if session.seeker_id != uow.actor:
        raise NotTheSeeker("only the seeker shares context")
    context = await problems.own_context(uow.connection, session.context_id, session.seeker_id)
    named = tuple(dict.fromkeys(scope))
    granted = Share(
        id=uow.ids.new("share"),
        session_id=session.id,
        scope=named,
        content=shared_content(context, named, redact(snippet).text),
        granted_at=uow.now,
        expires_at=uow.now + life,
        revoked_at=None,
    )
    await store.add_share(uow, granted)
    told = ContextShared(session.id, granted.id, list(named), granted.expires_at.isoformat())
    await append(uow, told, subject=session.id)
    return granted


async def list_shares(connection: Connection, session_id: str) -> list[Share]:
    """The newest shares of a session, newest first."""
    return await store.shares(connection, session_id, SHARES_SHOWN_ITEMS)


async def read_share(uow: UnitOfWork, session_id: str, share_id: str) -> Share:
    """A share that is still on, for the two parties; ``ShareEnded`` once it is over."""
    await find_session(uow.connection, session_id, uow.actor)
    found = await _find_share(uow, session_id, share_id)
    if is_over(found, uow.now) or found.content is None:
        raise ShareEnded("this share is over", field="shareId")
    return found


async def revoke(uow: UnitOfWork, session_id: str, share_id: str) -> Share:
    """The seeker takes a share back, in whatever state the session is; what was shown is wiped here."""
    session = await find_session(uow.connection, session_id, uow.actor)
    if session.seeker_id != uow.actor:
        raise NotTheSeeker("only the seeker revokes a share")
    found = await _find_share(uow, session_id, share_id)
    if found.revoked_at is not None:
        return found
    await store.revoke(uow, share_id)
    await append(uow, ShareRevoked(session.id, share_id), subject=session.id)
    return replace(found, revoked_at=uow.now, content=None)


async def resolve(uow: UnitOfWork, session_id: str, rating: int, *, consent_to_publish: bool) -> Session:
    """The seeker says that it is solved and how well; the request is resolved with it."""
    session = await _lock_open(uow, session_id)
    if session.seeker_id != uow.actor:
        raise NotTheSeeker("only the seeker resolves the session")
    ended = _moved(uow, session, "resolved", rating, consent_to_publish)
    await store.end(uow, ended.id, ended.state, rating, consent_to_publish)
    await matching.resolve(uow, session.request_id)
    await experts.rate(uow, session.profile_id, session.id, rating)
    await append(uow, SessionResolved(session.id, session.request_id, rating), subject=session.id)
    return ended


async def abandon(uow: UnitOfWork, session_id: str) -> Session:
    """A party leaves without a solution; the request looks for help again."""
    session = await _lock_open(uow, session_id)
    ended = _moved(uow, session, "abandoned", None, False)
    await store.end(uow, ended.id, ended.state, None, False)
    await matching.reopen(uow, session.request_id)
    await append(uow, SessionAbandoned(session.id, session.request_id, uow.actor), subject=session.id)
    return ended


async def facts(connection: Connection, session_id: str, principal_id: str) -> SessionFacts:
    """What a session tells an article: fulfils ``knowledge.ports.SessionReader``."""
    session = await find_session(connection, session_id, principal_id)
    context = await problems.own_context(connection, session.context_id, session.seeker_id)
    classification = context.judgement.classification
    environment = context.environment
    named = {
        "os": environment.os,
        "previous_environment": environment.previous_environment,
        "runtime": environment.runtime,
    }
    return SessionFacts(
        session_id=session.id,
        request_id=session.request_id,
        seeker_id=session.seeker_id,
        expert_id=session.expert_id,
        space_id=session.space_id,
        resolved=session.state == "resolved",
        rating=session.rating,
        seeker_consents=session.publication_consented,
        problem=f"{context.error_type}: {context.error_message}",
        fingerprint=context.fingerprint,
        category=classification.category,
        subcategory=classification.subcategory,
        platforms=tuple(name for name in (environment.previous_environment, environment.os) if name),
        language=context.language,
        environment={name: value for name, value in named.items() if value},
    )


async def _find_share(uow: UnitOfWork, session_id: str, share_id: str) -> Share:
    found = None
    if looks_like_id(share_id, "share"):
        found = await store.share(uow.connection, session_id, share_id)
    if found is None:
        raise ShareUnknown("there is no such share", field="shareId")
    return found


async def _lock_open(uow: UnitOfWork, session_id: str) -> Session:
    await find_session(uow.connection, session_id, uow.actor)
    found = await store.lock(uow, session_id)
    assert found is not None, "sessions are never deleted"
    if found.state != "open":
        raise SessionStateWrong(f"this session is {found.state}", details={"state": found.state})
    return found


def _moved(uow: UnitOfWork, session: Session, state: SessionState, rating: int | None, consented: bool) -> Session:
    if not may_move(session.state, state):
        raise SessionStateWrong(f"this session is {session.state}", details={"state": session.state})
    return replace(session, state=state, rating=rating, publication_consented=consented, ended_at=uow.now)
