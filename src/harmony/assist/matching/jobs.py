"""Matching's reconciler: offers whose time is over."""

from __future__ import annotations

from harmony.adapters.db.pool import Database
from harmony.assist.matching import service, store
from harmony.assist.matching.model import EXPIRY_BATCH_ITEMS


async def expire_offers(database: Database) -> int:
    """End every offer that nobody answered in time; how many."""
    async with database.reading() as connection:
        due = await store.expired(connection, database.clock.now(), EXPIRY_BATCH_ITEMS)
        offers = [found for offer_id in due if (found := await store.offer(connection, offer_id)) is not None]
    ended = 0
    for offer in offers:
        async with database.begin(actor="system", trace=offer.trace) as uow:
            ended += await service.expire(uow, offer.id)
    return ended
