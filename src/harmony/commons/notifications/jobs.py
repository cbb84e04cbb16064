"""The job that delivers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from harmony.adapters.bus.bells import Bells, first_of
from harmony.adapters.db.pool import Database
from harmony.commons.notifications import store
from harmony.commons.notifications.model import IN_APP, LEASE, Delivery, after_failure
from harmony.commons.notifications.ports import Channel, ChannelFailed, InApp, Outlets
from harmony.commons.notifications.service import BELL, notify

CHANNELS: Mapping[str, Channel] = {IN_APP: InApp()}
DELIVERIES_LIMIT = 200
WORKERS = 4
"""Deliveries under way at a time: a mail server that is slow holds up nobody's web hook."""
PATIENCE_SECONDS = 1.0
TURN_LOOKS = 30


async def deliver(
    database: Database, channels: Mapping[str, Channel] = CHANNELS, outlets: Outlets | None = None
) -> int:
    """Bring what is due nearer to its recipients; how many deliveries were tried, at most ``DELIVERIES_LIMIT``."""
    for count in range(DELIVERIES_LIMIT):
        if not await _deliver_next(database, channels, outlets):
            return count
    return DELIVERIES_LIMIT


async def keep_delivering(database: Database, bells: Bells, outlets: Outlets) -> None:
    """Deliver whenever the bell rings, and every ``PATIENCE_SECONDS``. To be run again and again."""
    async with asyncio.TaskGroup() as workers:
        for _ in range(WORKERS):
            workers.create_task(_work(database, bells, outlets))


async def _work(database: Database, bells: Bells, outlets: Outlets) -> None:
    with bells.waiter(BELL) as waiter:
        for _ in range(TURN_LOOKS):
            waiter.look()
            await deliver(database, outlets=outlets)
            await first_of(waiter.rung(), database.clock.sleep(PATIENCE_SECONDS))


async def _deliver_next(database: Database, channels: Mapping[str, Channel], outlets: Outlets | None) -> bool:
    """Commit the intent, act outside any transaction, commit the result."""
    async with database.begin() as uow:
        delivery = await store.take_due(uow, uow.now + LEASE)
    if delivery is None:
        return False
    failure: ChannelFailed | None = None
    try:
        await _hand_over(database, delivery, channels, outlets)
    except ChannelFailed as failed:
        failure = failed
    async with database.begin(trace=delivery.notification.trace) as uow:
        if failure is None:
            await store.settle(uow, delivery, "delivered", due_at=uow.now, delivered_at=uow.now)
            return True
        status, due_at = after_failure(delivery, uow.now, failure.retry_after_seconds, lasting=failure.lasting)
        if failure.retry_after_seconds is not None:
            await store.hold(uow, delivery.channel, due_at)
            delivery = Delivery(delivery.notification, delivery.channel, delivery.attempts - 1)
        await store.settle(uow, delivery, status, due_at=due_at, reason=str(failure))
        if status == "failed" and delivery.channel != IN_APP:
            await notify(
                uow,
                recipient=delivery.notification.recipient,
                kind="notification.failed",
                subject=f"{delivery.notification.id}:{delivery.channel}",
                title=f"the channel {delivery.channel} could not deliver",
                body=f"{failure}. It was: {delivery.notification.title}",
            )
    return True


async def _hand_over(
    database: Database, delivery: Delivery, channels: Mapping[str, Channel], outlets: Outlets | None
) -> None:
    if delivery.channel in channels:
        await channels[delivery.channel].deliver(delivery.notification)
        return
    async with database.reading() as connection:
        found = await store.channels(connection, delivery.channel)
    if not found or outlets is None:
        raise ChannelFailed(f"the channel {delivery.channel} is not configured")
    await outlets.deliver(found[0], delivery.notification)
