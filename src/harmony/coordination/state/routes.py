"""Shared state over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.adapters.http.problems import Problem
from harmony.adapters.http.streams import PLACES, a_place
from harmony.commons.identity.edge import Edge, requires
from harmony.commons.journal.model import Selection
from harmony.coordination.events import service as events
from harmony.coordination.events.errors import PositionInvalid
from harmony.coordination.events.model import POSITION_LIMIT_CHARACTERS, Event, position
from harmony.coordination.events.routes import STREAM_HEADERS
from harmony.coordination.events.schemas import STREAM_BEGINS, PositionText
from harmony.coordination.events.service import Streaming
from harmony.coordination.state import service
from harmony.coordination.state.errors import MessagesAbsent
from harmony.coordination.state.model import (
    KEY_PREFIX,
    PAGE_DEFAULT_KEYS,
    PAGE_LIMIT_KEYS,
    Check,
    Delete,
    Operation,
    Put,
)
from harmony.coordination.state.ports import Messages
from harmony.coordination.state.schemas import (
    Acquire,
    Deleted,
    GrantLease,
    History,
    Key,
    KeyBeginning,
    LeaseEnded,
    LeaseId,
    LeaseView,
    LockName,
    LockView,
    PastView,
    Release,
    Renew,
    SetKey,
    Transacted,
    Transaction,
    Values,
    ValueView,
    text_of,
    to_text,
)
from harmony.messages.coordination import StateChanged

PROBLEM: dict[str, Any] = {"model": Problem}
REFUSED: dict[int | str, dict[str, Any]] = {404: PROBLEM, 409: PROBLEM, 413: PROBLEM, 422: PROBLEM, 429: PROBLEM}

router = APIRouter(prefix="/state", tags=["state"])


@router.get("", responses={422: PROBLEM})
async def list_keys(
    edge: Annotated[Edge, requires("state.read")],
    prefix: Annotated[KeyBeginning, Query()] = KEY_PREFIX,
    after: Annotated[KeyBeginning, Query()] = "",
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT_KEYS)] = PAGE_DEFAULT_KEYS,
) -> Values:
    """The keys that begin with a prefix, in their order."""
    async with edge.reading() as connection:
        found = await service.list_values(connection, edge.house.database, prefix, after, limit + 1)
    page = [ValueView.of(value) for value in found[:limit]]
    return Values(values=page, next_after=page[-1].key if len(found) > limit else None)


@router.get(
    "/subscribe",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, 422: PROBLEM, 503: PROBLEM},
)
async def watch(
    request: Request,
    edge: Annotated[Edge, requires("state.read")],
    taken: Annotated[None, Depends(a_place)],
    prefix: Annotated[KeyBeginning, Query()] = KEY_PREFIX,
    after: Annotated[PositionText | None, Query()] = None,
    last_event_id: Annotated[str | None, Header(max_length=POSITION_LIMIT_CHARACTERS)] = None,
) -> StreamingResponse:
    """Watch keys by their beginning, from now on or from a position; the promises are those of ``/events/subscribe``.

    Each frame holds the value that its change gave the key. A ``reset`` holds the keys as they stand.
    """
    house = edge.house
    text = last_event_id or after
    place = position(text) if text else None
    if text and place is None:
        raise PositionInvalid("this is no position in the log", field="after")

    async def snapshot(connection: Any) -> dict[str, Any]:
        found = await service.list_values(connection, house.database, prefix, "", PAGE_LIMIT_KEYS)
        return {"values": [ValueView.of(value).model_dump(mode="json") for value in found]}

    selection = Selection(kinds=(StateChanged.KIND,), subject_prefix=prefix)
    streaming = Streaming(house.database, house.journal, snapshot)
    frames = events.stream(streaming, selection, place, request.app.state.closing)

    async def lines() -> AsyncIterator[str]:
        yield STREAM_BEGINS
        async with aclosing(frames):
            async for frame in frames:
                past = None
                if isinstance(frame, Event):
                    async with house.database.reading() as connection:
                        past = await service.find_past(connection, frame.data["key"], frame.data["version"])
                yield to_text(frame, past)

    return StreamingResponse(lines(), media_type="text/event-stream", headers=STREAM_HEADERS)


@router.post("/transactions", response_model=Transacted, responses={**REFUSED, 403: PROBLEM})
async def transact(body: Transaction, edge: Annotated[Edge, requires("state.write")]) -> JSONResponse:
    """Change keys all or nothing, if others have the versions that were read; send a message and an event with it."""
    operations = [step.to_operation() for step in body.steps]
    checks = [condition.to_check() for condition in body.conditions]
    data = body.event.checked() if body.event is not None else {}
    if body.message is not None and not edge.caller.may("queue.send"):
        raise MessagesAbsent("this caller may not send messages", field="message")

    async def work(uow: UnitOfWork) -> Transacted:
        fence = body.fence.to_fence() if body.fence else None
        found = await service.transact(uow, checks, operations, fence)
        message_id = None
        if body.message is not None:
            message_id = await edge.house.port(Messages).send_with(uow, body.message)
        if body.event is not None:
            await events.broadcast(uow, body.event.sender, body.event.event_type, data)
        views = {key: None if value is None else ValueView.of(value) for key, value in found.items()}
        return Transacted(
            values=views, message_id=message_id, event=body.event.event_type if body.event is not None else None
        )

    return await edge.once(body, work)


@router.post("/leases", responses={422: PROBLEM, 429: PROBLEM})
async def grant_lease(body: GrantLease, edge: Annotated[Edge, requires("state.write")]) -> LeaseView:
    """A life that keys may share: they go when it is not renewed."""
    async with edge.begin() as uow:
        return LeaseView.of(await service.grant_lease(uow, body.ttl_seconds))


@router.post("/leases/{lease_id}/renew", responses={404: PROBLEM, 422: PROBLEM})
async def renew_lease(lease_id: LeaseId, edge: Annotated[Edge, requires("state.write")]) -> LeaseView:
    """Let a lease and its keys live on for its whole time from now."""
    async with edge.begin() as uow:
        return LeaseView.of(await service.renew_lease(uow, lease_id))


@router.delete("/leases/{lease_id}", responses={404: PROBLEM, 422: PROBLEM})
async def end_lease(lease_id: LeaseId, edge: Annotated[Edge, requires("state.write")]) -> LeaseEnded:
    """End a lease, and its keys with it."""
    async with edge.begin() as uow:
        await service.end_lease(uow, lease_id)
    return LeaseEnded(lease_id=lease_id)


@router.get("/locks/{name}", responses={422: PROBLEM})
async def find_lock(name: LockName, edge: Annotated[Edge, requires("state.read")]) -> LockView:
    """Who holds a lock: in an election, who leads."""
    async with edge.reading() as connection:
        return LockView.of(await service.find_lock(connection, edge.house.database, name))


@router.post("/locks/{name}/acquire", responses={409: PROBLEM, 422: PROBLEM, 503: PROBLEM})
async def acquire(
    name: LockName, body: Acquire, request: Request, edge: Annotated[Edge, requires("state.write")]
) -> LockView:
    """Take a lock, or stand for an election, waiting up to ``wait`` seconds; 409 names who holds it."""
    with PLACES.opened(edge.caller.id):
        lock = await service.acquire_waiting(
            edge.house.database,
            edge.house.port(Bells),
            (name, body.owner, body.seconds),
            body.wait,
            request.app.state.closing,
            (edge.caller.id, edge.trace),
        )
    return LockView.of(lock)


@router.post("/locks/{name}/renew", responses={409: PROBLEM, 422: PROBLEM})
async def renew_lock(name: LockName, body: Renew, edge: Annotated[Edge, requires("state.write")]) -> LockView:
    """Hold a lock for so many seconds from now."""
    async with edge.begin() as uow:
        return LockView.of(await service.renew_lock(uow, name, body.token, body.seconds))


@router.post("/locks/{name}/release", responses={409: PROBLEM, 422: PROBLEM})
async def release(name: LockName, body: Release, edge: Annotated[Edge, requires("state.write")]) -> LockView:
    """Let a lock go."""
    async with edge.begin() as uow:
        await service.release(uow, name, body.token)
    return LockView(name=name, owner=None, token=body.token, expires_at=None)


@router.get("/{key}", responses={404: PROBLEM, 422: PROBLEM})
async def get(key: Key, edge: Annotated[Edge, requires("state.read")]) -> ValueView:
    """A key as it stands."""
    async with edge.reading() as connection:
        return ValueView.of(await service.get(connection, edge.house.database, key))


@router.put("/{key}", response_model=ValueView, responses=REFUSED)
async def put(key: Key, body: SetKey, edge: Annotated[Edge, requires("state.write")]) -> JSONResponse:
    """Set a key; with ``if_version`` only if it stands as it was read."""
    checks = [] if body.if_version is None else [Check(key, body.if_version)]
    operation: Operation = Put(key, text_of(body.value), body.ttl_seconds, body.lease_id)
    fence = body.fence.to_fence() if body.fence else None

    async def work(uow: UnitOfWork) -> ValueView:
        value = (await service.transact(uow, checks, [operation], fence))[key]
        assert value is not None
        return ValueView.of(value)

    return await edge.once(body, work)


@router.delete("/{key}", responses=REFUSED)
async def delete(
    key: Key,
    edge: Annotated[Edge, requires("state.write")],
    if_version: Annotated[int | None, Query(ge=0, lt=2**63)] = None,
) -> Deleted:
    """Delete a key; one that does not exist is as good as deleted."""
    checks = [] if if_version is None else [Check(key, if_version)]
    async with edge.begin() as uow:
        await service.transact(uow, checks, [Delete(key)])
    return Deleted(key=key)


@router.get("/{key}/history", responses={404: PROBLEM, 422: PROBLEM})
async def history(key: Key, edge: Annotated[Edge, requires("state.read")]) -> History:
    """Earlier values of a key, the newest first."""
    async with edge.reading() as connection:
        found = await service.list_history(connection, key)
    return History(key=key, versions=[PastView.of(past) for past in found])
