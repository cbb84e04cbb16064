"""The queue over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response

from harmony.adapters.bus.bells import Bells
from harmony.adapters.http.problems import Problem
from harmony.adapters.http.streams import PLACES
from harmony.commons.identity.edge import Edge, requires
from harmony.commons.identity.model import Principal
from harmony.coordination.queue.errors import CrossSiteRefused, MessageInvalid, NotYourName
from harmony.coordination.queue.model import (
    DEFAULT_GROUP,
    KEY_LIMIT_CHARACTERS,
    LEASE_DEFAULT_SECONDS,
    LIVING_LEASE_DEFAULT_SECONDS,
    RECEIVE_DEFAULT_MESSAGES,
    RECEIVE_LIMIT_MESSAGES,
    WAIT_LIMIT_SECONDS,
    Ask,
    Draft,
)
from harmony.coordination.queue.raw import RawRoute, described, read_json
from harmony.coordination.queue.schemas import (
    MANY,
    ONE,
    Acknowledge,
    Acknowledged,
    Biography,
    ConsumerName,
    DeadLetters,
    Depths,
    DepthView,
    Extend,
    Extended,
    GroupGone,
    GroupOf,
    GroupView,
    Id,
    Name,
    ReceivedMessages,
    Redrive,
    Redriven,
    Reject,
    Seconds,
    Sending,
    SendMessage,
    Sent,
    SentMany,
    SentOne,
    Settled,
    Terminate,
    dead_letters,
    received,
)
from harmony.coordination.queue.service import deliver, groups, look
from harmony.coordination.queue.service.deliver import Proof
from harmony.coordination.queue.service.lives import does_live
from harmony.coordination.queue.writer import Writer
from harmony.kernel.errors import Refusal

PROBLEM: dict[str, Any] = {"model": Problem}
JSON = "application/json"

router = APIRouter(tags=["queue"])
sending = APIRouter(tags=["queue"], route_class=RawRoute)
"""To be mounted before all others: the framework asks route after route whether it is meant."""


@sending.post(
    "/queue/send",
    response_model=Sent,
    responses={409: PROBLEM, 413: PROBLEM, 415: PROBLEM, 422: PROBLEM, 429: PROBLEM, 503: PROBLEM},
    openapi_extra=described(SendMessage),
)
async def send(edge: Annotated[Edge, requires("queue.send")], request: Request) -> Response:
    """Put a message into a queue; the answer comes once it is durable. An Idempotency-Key makes repeating harmless."""
    sent, body = await read_json(request, ONE)
    _speaks_as(edge.caller, sent.sender, "from")
    receipt = await edge.house.port(Writer).send(sent.to_draft(_sending(edge), _key(edge.key), body))
    replayed = b"true" if receipt.replayed else b"false"
    content = b'{"status":"queued","message_id":"%s","replayed":%s}' % (receipt.message_id.encode(), replayed)
    return Response(content, media_type=JSON)


@sending.post(
    "/queue/send-batch",
    response_model=SentMany,
    responses={413: PROBLEM, 415: PROBLEM, 422: PROBLEM, 429: PROBLEM, 503: PROBLEM},
    openapi_extra=described(SendMessage, many=True),
)
async def send_batch(edge: Annotated[Edge, requires("queue.send")], request: Request) -> Response:
    """Put up to 500 messages into queues; each is answered for itself, in order. A body that is wrong sends nothing."""
    sent, body = await read_json(request, MANY)
    key = _key(edge.key)
    way = _sending(edge)
    drafts: list[Draft] = []
    for number, message in enumerate(sent.messages):
        _speaks_as(edge.caller, message.sender, f"messages.{number}.from")
        numbered = None if key is None else f"{key}:{number}"
        drafts.append(message.to_draft(way, numbered, body, f"messages.{number}."))
    outcomes = await edge.house.port(Writer).send_all(drafts)
    results = [
        SentOne(status="refused", code=outcome.code, message=outcome.message)
        if isinstance(outcome, Refusal)
        else SentOne(status="queued", message_id=outcome.message_id, replayed=outcome.replayed)
        for outcome in outcomes
    ]
    refused = sum(result.status == "refused" for result in results)
    status = "queued" if not refused else "refused" if refused == len(results) else "partly refused"
    return Response(SentMany(status=status, results=results).model_dump_json(), media_type=JSON)


@router.get(
    "/queue/receive",
    response_model=ReceivedMessages,
    responses={404: PROBLEM, 422: PROBLEM, 429: PROBLEM, 503: PROBLEM},
)
async def receive(
    request: Request,
    edge: Annotated[Edge, requires("queue.receive")],
    component: Annotated[Name, Query(description="whose messages")],
    consumer: Annotated[ConsumerName | None, Query(description="the component_id that works on them")] = None,
    group: Annotated[Name, Query()] = DEFAULT_GROUP,
    limit: Annotated[int, Query(ge=1, le=RECEIVE_LIMIT_MESSAGES)] = RECEIVE_DEFAULT_MESSAGES,
    wait: Annotated[float, Query(ge=0, le=WAIT_LIMIT_SECONDS, description="seconds to wait for a first one")] = 0,
    lease_seconds: Annotated[Seconds | None, Query()] = None,
    sec_fetch_site: Annotated[str | None, Header(max_length=40)] = None,
) -> Response:
    """Take messages in hand; each answer names the call that finishes it. What is not finished comes again.

    A registered component that names itself as ``consumer`` holds its messages while it lives, at most an hour unless
    it extends; anybody else holds them for 30 seconds.
    """
    if sec_fetch_site in ("cross-site", "same-site"):
        raise CrossSiteRefused("this call comes from a page of another site", field="Sec-Fetch-Site")
    _speaks_as(edge.caller, component, "component")
    async with edge.reading() as connection:
        lives = consumer is not None and await does_live(connection, consumer, edge.caller.id)
    default_seconds = LIVING_LEASE_DEFAULT_SECONDS if lives else LEASE_DEFAULT_SECONDS
    ask = Ask(component, group, consumer or edge.caller.id, lives, limit, lease_seconds or default_seconds)
    database, bells = edge.house.database, edge.house.port(Bells)
    proof = Proof(edge.caller.id, edge.trace)
    if not wait:
        found = await deliver.receive_waiting(database, bells, ask, 0, (), proof)
        return Response(received(found), media_type=JSON)
    with PLACES.opened(edge.caller.id):
        async with _until_gone(request) as gone:
            stops = (request.app.state.closing, gone)
            found = await deliver.receive_waiting(database, bells, ask, wait, stops, proof)
    return Response(received(found), media_type=JSON)


@router.post("/queue/acknowledge", responses={409: PROBLEM, 422: PROBLEM})
async def acknowledge(body: Acknowledge, edge: Annotated[Edge, requires("queue.receive")]) -> Acknowledged:
    """Finish messages. Repeating an acknowledgement is harmless."""
    held = body.held()
    async with edge.begin() as uow:
        finished = await deliver.acknowledge(uow, held)
    return Acknowledged(acknowledged=finished, lost=[one for one, _ in held if one not in finished])


@router.post("/queue/reject", responses={409: PROBLEM, 422: PROBLEM})
async def reject(body: Reject, edge: Annotated[Edge, requires("queue.receive")]) -> Settled:
    """Give a message back: it comes again after a back-off, or is dead after its last attempt."""
    delay = None if body.delay_seconds is None else timedelta(seconds=body.delay_seconds)
    async with edge.begin() as uow:
        fate = await deliver.reject(uow, body.message_id, body.lease_id, body.reason, delay)
    return Settled(status=fate.state, available_at=None if fate.state == "dead" else fate.available_at)


@router.post("/queue/terminate", responses={409: PROBLEM, 422: PROBLEM})
async def terminate(body: Terminate, edge: Annotated[Edge, requires("queue.receive")]) -> Settled:
    """Make a message dead at once: it can never be done."""
    async with edge.begin() as uow:
        await deliver.terminate(uow, body.message_id, body.lease_id, body.reason)
    return Settled(status="dead", available_at=None)


@router.post("/queue/extend", responses={409: PROBLEM, 422: PROBLEM})
async def extend(body: Extend, edge: Annotated[Edge, requires("queue.receive")]) -> Extended:
    """Hold a message for so many seconds from now."""
    async with edge.begin() as uow:
        until = await deliver.extend(uow, body.message_id, body.lease_id, body.seconds)
    return Extended(leased_until=until)


@router.get("/queue", responses={422: PROBLEM})
async def depths(
    edge: Annotated[Edge, requires("queue.read")], component: Annotated[Name | None, Query()] = None
) -> Depths:
    """How much waits in each queue and group, and since when."""
    async with edge.reading() as connection:
        found = await look.list_depths(connection, component)
    return Depths(queues=[DepthView.of(depth) for depth in found])


@router.get("/queue/messages/{message_id}", responses={404: PROBLEM, 422: PROBLEM})
async def message(message_id: Id, edge: Annotated[Edge, requires("queue.read")]) -> Biography:
    """The biography of a message: where it is, and all that happened to it."""
    async with edge.reading() as connection:
        deliveries, entries = await look.biography(connection, message_id)
    return Biography.of(message_id, deliveries, entries)


@router.get("/queue/dead", response_model=DeadLetters, responses={422: PROBLEM})
async def dead(
    edge: Annotated[Edge, requires("queue.receive")],
    component: Annotated[Name, Query()],
    group: Annotated[Name | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=RECEIVE_LIMIT_MESSAGES)] = RECEIVE_DEFAULT_MESSAGES,
) -> Response:
    """Messages that are not delivered any more, and why."""
    _speaks_as(edge.caller, component, "component")
    async with edge.reading() as connection:
        page = await look.list_dead(connection, component, group, cursor, limit)
    return Response(dead_letters(page), media_type=JSON)


@router.post("/queue/redrive", responses={422: PROBLEM})
async def redrive(body: Redrive, edge: Annotated[Edge, requires("queue.manage")]) -> Redriven:
    """Put dead messages back at the end of their queue."""
    _speaks_as(edge.caller, body.component, "component")
    async with edge.begin() as uow:
        found = await look.redrive(uow, body.component, body.group, body.message_ids, body.limit)
    return Redriven(message_ids=[one.id for one in found])


@router.post("/queue/groups", responses={409: PROBLEM, 422: PROBLEM})
async def create_group(body: GroupOf, edge: Annotated[Edge, requires("queue.manage")]) -> GroupView:
    """Give a group of consumers its own copy of what is sent from now on. Repeating it changes nothing."""
    _speaks_as(edge.caller, body.component, "component")
    async with edge.begin() as uow:
        created = await groups.create_group(uow, body.component, body.group)
    return GroupView(component=body.component, group=body.group, created=created)


@router.delete("/queue/groups/{component}/{group}", responses={404: PROBLEM, 409: PROBLEM, 422: PROBLEM})
async def end_group(component: Name, group: Name, edge: Annotated[Edge, requires("queue.manage")]) -> GroupGone:
    """End a group; its copies are dropped."""
    _speaks_as(edge.caller, component, "component")
    async with edge.begin() as uow:
        dropped = await groups.end_group(uow, component, group)
    return GroupGone(dropped=dropped)


@asynccontextmanager
async def _until_gone(request: Request) -> AsyncIterator[asyncio.Event]:
    """An event that is set when the caller hangs up: nothing more is taken in hand for it."""
    gone = asyncio.Event()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()

    task = asyncio.create_task(watch())
    try:
        yield gone
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _speaks_as(caller: Principal, name: str, field: str) -> None:
    """A component with a token of its own acts under its own name only."""
    if caller.kind == "component" and name not in (caller.id.removeprefix("component-"), caller.name):
        raise NotYourName("this is another component's name", field=field)


def _sending(edge: Edge) -> Sending:
    database = edge.house.database
    return Sending(database.clock.now(), database.ids, edge.caller.id, edge.trace)


def _key(header: str | None) -> str | None:
    if header is None:
        return None
    if not header.isascii() or not header.isprintable() or " " in header or len(header) > KEY_LIMIT_CHARACTERS:
        message = f"an Idempotency-Key is 1 to {KEY_LIMIT_CHARACTERS} visible ASCII characters"
        raise MessageInvalid(message, field="Idempotency-Key")
    return header or None
