"""Jobs of the shadow balances: pay what is on its way, and once a day what has reached the threshold."""

from __future__ import annotations

from harmony.adapters.db.pool import Database
from harmony.kernel.money import Amount
from harmony.settlement.balances import service
from harmony.settlement.balances.model import (
    AUTO_THRESHOLD,
    BATCH_LIMIT_SETTLEMENTS,
    CHAIN,
    SETTLE_LIMIT_WALLETS,
    least_on,
)
from harmony.settlement.balances.onchain import epochs
from harmony.settlement.balances.vaults import Vaults

NO_VAULTS = Vaults()


async def pay(database: Database) -> int:
    """Pay every settlement that waits, batch by batch, each in its own transaction; how many."""
    total = 0
    while True:
        async with database.begin() as uow:
            many = len(await service.pay(uow, BATCH_LIMIT_SETTLEMENTS))
        total += many
        if many < BATCH_LIMIT_SETTLEMENTS:
            return total


async def settle_daily(database: Database, vaults: Vaults = NO_VAULTS) -> int:
    """Start to pay out every balance that has reached ``AUTO_THRESHOLD``, each once a UTC day a chain; how many."""
    started = 0
    for chain in (CHAIN, *sorted(vaults.by_chain)):
        started += await _settle_daily(database, least_on(chain, AUTO_THRESHOLD))
    return started


async def advance(database: Database, vaults: Vaults) -> None:
    """One round with every vault: take in what is final, send what waits, publish and pay when it is time."""
    for served in vaults.by_chain.values():
        await epochs.advance(database, served)


async def _settle_daily(database: Database, least: Amount) -> int:
    started, last = 0, ""
    while True:
        async with database.reading() as connection:
            wallets = await service.holding(connection, least, last, SETTLE_LIMIT_WALLETS)
        async with database.begin() as uow:
            started += len(await service.settle_daily(uow, wallets, least))
        if len(wallets) < SETTLE_LIMIT_WALLETS:
            return started
        last = wallets[-1]
