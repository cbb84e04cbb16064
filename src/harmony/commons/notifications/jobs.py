"""The job that delivers."""

from __future__ import annotations

from collections.abc import Mapping

from harmony.adapters.db.pool import Database
from harmony.commons.notifications import store
from harmony.commons.notifications.model import LEASE, after_failure
from harmony.commons.notifications.ports import Channel, ChannelFailed, InApp

CHANNELS: Mapping[str, Channel] = {"in-app": InApp()}
DELIVERIES_LIMIT = 200


async def deliver(database: Database, channels: Mapping[str, Channel] = CHANNELS) -> int:
    """Bring what is due nearer to its recipients; how many deliveries were tried, at most ``DELIVERIES_LIMIT``."""
    for count in range(DELIVERIES_LIMIT):
        if not await _deliver_next(database, channels):
            return count
    return DELIVERIES_LIMIT


async def _deliver_next(database: Database, channels: Mapping[str, Channel]) -> bool:
    """Commit the intent, act outside any transaction, commit the result."""
    async with database.begin() as uow:
        delivery = await store.take_due(uow, uow.now + LEASE)
    if delivery is None:
        return False
    failure: str | None = None
    try:
        await _channel(channels, delivery.channel).deliver(delivery.notification)
    except ChannelFailed as failed:
        failure = str(failed)
    async with database.begin(trace=delivery.notification.trace) as uow:
        if failure is None:
            await store.settle(uow, delivery, "delivered", due_at=uow.now, delivered_at=uow.now)
        else:
            status, due_at = after_failure(delivery.attempts, uow.now)
            await store.settle(uow, delivery, status, due_at=due_at, reason=failure)
    return True


def _channel(channels: Mapping[str, Channel], name: str) -> Channel:
    if name not in channels:
        raise ChannelFailed(f"the channel {name} is not configured")
    return channels[name]
