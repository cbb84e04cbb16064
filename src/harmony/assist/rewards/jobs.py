"""Rewards' reconciler: what has been valued gets its tokens."""

from __future__ import annotations

from harmony.adapters.db.pool import Database
from harmony.assist.ports import RewardBook
from harmony.assist.rewards import service, store
from harmony.assist.rewards.model import DISTRIBUTION_BATCH_ITEMS


async def distribute_valued(database: Database, book: RewardBook) -> int:
    """Credit the shares of every valued contribution, then settle it; how many were settled.

    The book works in its own transaction and only once for a contribution, so a stop between the two is made good by
    the next run.
    """
    async with database.reading() as connection:
        waiting = await store.valued(connection, DISTRIBUTION_BATCH_ITEMS)
    settled = 0
    for contribution in waiting:
        await book.distribute(contribution.id, contribution.expert_id, service.shares(contribution), contribution.trace)
        async with database.begin(actor="system", trace=contribution.trace) as uow:
            settled += await service.settle(uow, contribution)
    return settled
