"""Jobs of the shadow balances: pay what is on its way, and once a day what has reached the threshold."""

from __future__ import annotations

from harmony.adapters.db.pool import Database
from harmony.settlement.balances import service
from harmony.settlement.balances.model import AUTO_THRESHOLD, BATCH_LIMIT_SETTLEMENTS, SETTLE_LIMIT_WALLETS


async def pay(database: Database) -> int:
    """Pay every settlement that waits, batch by batch, each in its own transaction; how many."""
    total = 0
    while True:
        async with database.begin() as uow:
            many = len(await service.pay(uow, BATCH_LIMIT_SETTLEMENTS))
        total += many
        if many < BATCH_LIMIT_SETTLEMENTS:
            return total


async def settle_daily(database: Database) -> int:
    """Start to pay out every balance that has reached ``AUTO_THRESHOLD``, each once a UTC day; how many."""
    started, last = 0, ""
    while True:
        async with database.reading() as connection:
            wallets = await service.holding(connection, AUTO_THRESHOLD, last, SETTLE_LIMIT_WALLETS)
        async with database.begin() as uow:
            started += len(await service.settle_daily(uow, wallets, AUTO_THRESHOLD))
        if len(wallets) < SETTLE_LIMIT_WALLETS:
            return started
        last = wallets[-1]
