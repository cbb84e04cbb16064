"""Sessions over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.sessions import service
from harmony.assist.sessions.model import MESSAGES_LIMIT_ITEMS, Session
from harmony.assist.sessions.schemas import (
    GrantShare,
    MessageList,
    MessageView,
    Resolve,
    Say,
    SessionItem,
    SessionList,
    SessionView,
    ShareItem,
    ShareView,
)
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, is_admin, position
from harmony.commons.identity.edge import Edge, requires

router = APIRouter(prefix="/v1", tags=["sessions"])


@router.post("/offers/{offerId}/accept", response_model=SessionView)
async def accept_offer(offerId: str, edge: Annotated[Edge, requires("offers.answer")]) -> JSONResponse:
    """Opens the session."""

    async def work(uow: UnitOfWork) -> SessionView:
        return await _view(uow, await service.accept_offer(uow, offerId))

    return await edge.once(_bytes(offerId), work)


@router.get("/sessions", response_model=SessionList)
async def list_sessions(
    edge: Annotated[Edge, requires("sessions.read")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> SessionList:
    async with edge.reading() as connection:
        page = await service.list_sessions(connection, edge.caller.id, position(cursor), limit)
    return SessionList(items=[SessionItem.of(session) for session in page.items], next_cursor=page.next_cursor)


@router.get("/sessions/{sessionId}", response_model=SessionView)
async def read_session(sessionId: str, edge: Annotated[Edge, requires("sessions.read")]) -> SessionView:
    async with edge.reading() as connection:
        session = await service.find_session(connection, sessionId, edge.caller.id, admin=is_admin(edge))
        messages = await service.recent_messages(connection, session)
        return SessionView.whole(session, messages, await service.list_shares(connection, session.id))


@router.post("/sessions/{sessionId}/messages", status_code=201, response_model=MessageView)
async def say(sessionId: str, body: Say, edge: Annotated[Edge, requires("sessions.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> MessageView:
        return MessageView.of(await service.say(uow, sessionId, body.body))

    return await edge.once(_bytes(sessionId, body), work, status=201)


@router.get("/sessions/{sessionId}/messages", response_model=MessageList)
async def list_messages(
    sessionId: str,
    edge: Annotated[Edge, requires("sessions.read")],
    after: Annotated[int, Query(ge=0, le=MESSAGES_LIMIT_ITEMS)] = 0,
    limit: Limit = DEFAULT_LIMIT,
) -> MessageList:
    async with edge.reading() as connection:
        session = await service.find_session(connection, sessionId, edge.caller.id, admin=is_admin(edge))
        found = await service.list_messages(connection, session.id, after, limit)
    return MessageList(
        items=[MessageView.of(message) for message in found], after=found[-1].position if found else after
    )


@router.post("/sessions/{sessionId}/shares", status_code=201, response_model=ShareView)
async def share(sessionId: str, body: GrantShare, edge: Annotated[Edge, requires("sessions.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> ShareView:
        return ShareView.whole(await service.share(uow, sessionId, body.scope, body.life, body.snippet))

    return await edge.once(_bytes(sessionId, body), work, status=201)


@router.get("/sessions/{sessionId}/shares/{shareId}", response_model=ShareView)
async def read_share(sessionId: str, shareId: str, edge: Annotated[Edge, requires("sessions.read")]) -> ShareView:
    async with edge.begin() as uow:
        return ShareView.whole(await service.read_share(uow, sessionId, shareId))


@router.post("/sessions/{sessionId}/shares/{shareId}/revoke", response_model=ShareItem)
async def revoke(sessionId: str, shareId: str, edge: Annotated[Edge, requires("sessions.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> ShareItem:
        return ShareItem.of(await service.revoke(uow, sessionId, shareId))

    return await edge.once(_bytes(f"{sessionId} {shareId}"), work)


@router.post("/sessions/{sessionId}/resolve", response_model=SessionView)
async def resolve(sessionId: str, body: Resolve, edge: Annotated[Edge, requires("sessions.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> SessionView:
        session = await service.resolve(uow, sessionId, body.rating, consent_to_publish=body.consent_to_publish)
        return await _view(uow, session)

    return await edge.once(_bytes(sessionId, body), work)


@router.post("/sessions/{sessionId}/abandon", response_model=SessionView)
async def abandon(sessionId: str, edge: Annotated[Edge, requires("sessions.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> SessionView:
        return await _view(uow, await service.abandon(uow, sessionId))

    return await edge.once(_bytes(sessionId), work)


async def _view(uow: UnitOfWork, session: Session) -> SessionView:
    messages = await service.recent_messages(uow.connection, session)
    return SessionView.whole(session, messages, await service.list_shares(uow.connection, session.id))


def _bytes(path: str, body: Say | GrantShare | Resolve | None = None) -> bytes:
    """What an Idempotency-Key belongs to: the thing in the path and the body."""
    return path.encode("utf-8", "replace") + (body.model_dump_json().encode() if body else b"")
