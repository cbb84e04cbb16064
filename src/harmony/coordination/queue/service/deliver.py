"""Deliver: lease messages, and end leases: acknowledge, reject, extend, terminate, or the consumer's death."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from harmony.adapters.bus.bells import Bells, first_of
from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal import service as journal
from harmony.commons.journal import store as journal_store
from harmony.commons.journal.model import Selection, Told
from harmony.commons.journal.service import append_many
from harmony.coordination.queue import store
from harmony.coordination.queue.errors import GroupUnknown, InFlightLimit, LeaseLost
from harmony.coordination.queue.model import (
    DEFAULT_GROUP,
    IN_FLIGHT_LIMIT_MESSAGES,
    Ask,
    Cause,
    Death,
    Delivery,
    Fate,
    fate,
)
from harmony.coordination.queue.service.send import bell
from harmony.messages.coordination import MessageAcknowledged, MessageDied, MessageLeased, MessageReturned
from harmony.messages.message import Message

RETURN_LIMIT_MESSAGES = 500


@dataclass(frozen=True, slots=True)
class Proof:
    """On whose behalf a wait opens its transactions."""

    actor: str
    trace: str


async def receive(uow: UnitOfWork, ask: Ask) -> list[Delivery]:
    """The next messages, leased to the consumer; none when there are none.

    Raises ``GroupUnknown``, and ``InFlightLimit`` when the consumer holds too many already.
    """
    if ask.group != DEFAULT_GROUP and not await store.has_group(uow.connection, ask.queue, ask.group):
        raise GroupUnknown("there is no such group of this queue", field="group")
    free = IN_FLIGHT_LIMIT_MESSAGES - await store.in_flight(uow, ask.consumer, ask.queue)
    if free <= 0:
        raise InFlightLimit(f"{IN_FLIGHT_LIMIT_MESSAGES} messages are in hand", details={"consumer": ask.consumer})
    await store.promote(uow, ask.queue)
    lease_ids = [uow.ids.new("lease") for _ in range(min(ask.limit, free))]
    found = await store.lease(uow, ask, uow.now + timedelta(seconds=ask.lease_seconds), lease_ids)
    append_many(uow, [_told(uow, one, _leased(one)) for one in found])
    return found


async def receive_waiting(
    database: Database, bells: Bells, ask: Ask, wait_seconds: float, stops: Sequence[asyncio.Event], proof: Proof
) -> list[Delivery]:
    """``receive``, waiting up to ``wait_seconds`` for a first message, and not beyond any of ``stops``."""
    ends = database.clock.monotonic() + wait_seconds
    with bells.waiter(bell(ask.queue)) as waiter:
        while True:
            waiter.look()
            async with database.begin(actor=proof.actor, trace=proof.trace) as uow:
                found = await receive(uow, ask)
                due = None if found else await store.next_due(uow.connection, ask.queue, ask.group)
                left = ends - database.clock.monotonic()
                until_due = left if due is None else max((due - uow.now).total_seconds(), 0.0)
            if found or left <= 0 or any(stop.is_set() for stop in stops):
                return found
            pause = database.clock.sleep(min(left, until_due))
            await first_of(waiter.rung(), pause, *(stop.wait() for stop in stops))
            if any(stop.is_set() for stop in stops):
                return []


async def acknowledge(uow: UnitOfWork, held: Sequence[tuple[str, str]]) -> list[str]:
    """Finish messages by their ids and leases; the ids of those that are finished, now or before by the same lease.

    Raises ``LeaseLost`` when it is none of them.
    """
    done = await store.acknowledge(uow, held)
    ring(uow, {one.queue for one in done if one.ordering_key is not None})
    append_many(uow, [_told(uow, one, _acknowledged(one)) for one in done])
    finished = {one.id for one in done}
    for message_id, lease_id in held:
        if message_id not in finished and await _was_acknowledged(uow, message_id, lease_id):
            finished.add(message_id)
    if not finished:
        raise LeaseLost("this lease is over", field="lease_id")
    return [message_id for message_id, _ in held if message_id in finished]


async def _was_acknowledged(uow: UnitOfWork, message_id: str, lease_id: str) -> bool:
    """Whether this very acknowledgement was accepted before: its answer may have been lost."""
    wanted = Selection(kinds=(MessageAcknowledged.KIND,), subject=message_id)
    head = await journal_store.head(uow.connection)
    entries = await journal.read(uow.connection, head.compacted_revision, wanted)
    return any(entry.payload["lease_id"] == lease_id for entry in entries)


async def reject(
    uow: UnitOfWork, message_id: str, lease_id: str, reason: str | None, delay: timedelta | None = None
) -> Fate:
    """Give a message back: it comes again after ``delay``, by default after a back-off, unless it has no attempt left.

    Raises ``LeaseLost``.
    """
    held = await _held(uow, message_id, lease_id)
    [settled] = await _end_leases(uow, [held], "rejected", reason, delay)
    return settled


async def terminate(uow: UnitOfWork, message_id: str, lease_id: str, reason: str | None) -> Fate:
    """Make a message dead, whatever attempts it had left. Raises ``LeaseLost``."""
    held = await _held(uow, message_id, lease_id)
    settled = Fate("dead", uow.now)
    await store.settle(uow, [(held, settled, reason)])
    ring(uow, {held.queue})
    append_many(uow, [_told(uow, held, _died(held, "terminated"))])
    return settled


async def extend(uow: UnitOfWork, message_id: str, lease_id: str, seconds: float) -> datetime:
    """Hold a message for ``seconds`` from now; until when. Raises ``LeaseLost``."""
    until = uow.now + timedelta(seconds=seconds)
    if not await store.extend(uow, message_id, lease_id, until):
        raise LeaseLost("this lease is over", field="lease_id")
    return until


async def return_of_consumer(uow: UnitOfWork, consumer: str, died_at: datetime) -> int:
    """Put back what a dead consumer had in hand; how many, at most ``RETURN_LIMIT_MESSAGES`` at a time."""
    held = await store.of_consumer(uow, consumer, died_at, RETURN_LIMIT_MESSAGES)
    await _end_leases(uow, held, "consumer_died", None)
    return len(held)


async def end_leases(uow: UnitOfWork) -> int:
    """Put back what was leased until now; how many, at most ``RETURN_LIMIT_MESSAGES`` at a time."""
    held = await store.leases_ended(uow, RETURN_LIMIT_MESSAGES)
    await _end_leases(uow, held, "lease_ended", None)
    return len(held)


async def expire(uow: UnitOfWork) -> int:
    """Make dead what has outlived its time without being in anybody's hand; how many."""
    expired = await store.expired(uow, RETURN_LIMIT_MESSAGES)
    await store.settle(uow, [(one, Fate("dead", uow.now), "expired") for one in expired])
    ring(uow, {one.queue for one in expired if one.ordering_key is not None})
    append_many(uow, [_told(uow, one, _died(one, "expired")) for one in expired])
    return len(expired)


async def promote(uow: UnitOfWork) -> None:
    """Make ready what was delayed until now."""
    ring(uow, await store.promote(uow, None))


async def _held(uow: UnitOfWork, message_id: str, lease_id: str) -> Delivery:
    held = await store.held(uow, message_id, lease_id)
    if held is None:
        raise LeaseLost("this lease is over", field="lease_id")
    return held


async def _end_leases(
    uow: UnitOfWork, held: Sequence[Delivery], cause: Cause, reason: str | None, delay: timedelta | None = None
) -> list[Fate]:
    settled = [(one, fate(one, cause, uow.now, uow.chance, delay), reason or cause) for one in held]
    if settled:
        await store.settle(uow, settled)
        ring(uow, {one.queue for one in held})
        append_many(uow, [_told(uow, one, _settled(one, its, cause)) for one, its, _ in settled])
    return [its for _, its, _ in settled]


def ring(uow: UnitOfWork, queues: set[str]) -> None:
    """Wake the queues' receivers everywhere once this is committed."""
    if not queues:
        return

    async def last() -> None:
        await store.ring(uow, {bell(queue) for queue in queues})

    uow.at_commit(last)


def _told(uow: UnitOfWork, about: Delivery, message: Message) -> Told:
    return Told(message, about.id, uow.actor, about.trace, message.KIND)


def _leased(one: Delivery) -> MessageLeased:
    return MessageLeased(one.id, one.queue, one.group, one.consumer or "", one.attempts, one.lease_id or "")


def _acknowledged(one: Delivery) -> MessageAcknowledged:
    return MessageAcknowledged(one.id, one.queue, one.group, one.consumer or "", one.lease_id or "")


def _died(one: Delivery, cause: Death) -> MessageDied:
    return MessageDied(one.id, one.queue, one.group, cause, one.attempts)


def _settled(one: Delivery, its: Fate, cause: Cause) -> Message:
    if its.state == "dead":
        return _died(one, "attempts")
    at = its.available_at.isoformat()
    return MessageReturned(one.id, one.queue, one.group, one.consumer or "", cause, at)
