"""Sessions' reconciler: shares whose time is over."""

from __future__ import annotations

from harmony.adapters.db.pool import Database
from harmony.assist.sessions import store
from harmony.assist.sessions.model import WIPE_BATCH_ITEMS


async def wipe_shares(database: Database) -> int:
    """Wipe what was shared and has expired; how many. Reading it is refused from its instant on, wiped or not."""
    async with database.begin(actor="system") as uow:
        return await store.wipe(uow, uow.now, WIPE_BATCH_ITEMS)
