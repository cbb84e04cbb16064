"""The room's reconcilers: digests that are due, and what has been kept long enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from harmony.adapters.db.pool import Database
from harmony.assist.problems.pipelines import DELIVERY_KEPT_DAYS, OUTCOME_KEPT_DAYS, OUTCOMES_KEPT_ITEMS
from harmony.assist.problems.store import pipelines
from harmony.assist.problems.store import watched as store
from harmony.assist.problems.stuck.delivery import Mode
from harmony.assist.problems.watched import ALARM_KEPT_DAYS, RUN_KEPT_DAYS, next_digest
from harmony.assist.problems.watching import telling

WAITING_PAGE_ITEMS = 200


async def tell_held(database: Database) -> int:
    """Send each digest whose hour has come; how many alarms were told or let go.

    Who has chosen another mode meanwhile is not kept waiting.
    """
    told, after = 0, ""
    while True:
        async with database.reading() as connection:
            waiting = await store.waiting(connection, after, WAITING_PAGE_ITEMS)
        for user_id, since in waiting:
            told += await _tell_held(database, user_id, since)
        if len(waiting) < WAITING_PAGE_ITEMS:
            return told
        after = waiting[-1][0]


async def _tell_held(database: Database, user_id: str, since: datetime) -> int:
    async with database.begin() as uow:
        await store.one_at_a_time(uow, user_id)
        settings = await store.settings(uow.connection, user_id)
        if settings.mode is Mode.SCHEDULED and next_digest(since, settings) > uow.now:
            return 0
        return await telling.tell_held(uow, settings)


async def forget(database: Database) -> None:
    """Forget runs that fell silent, and alarms and pipelines that are old."""
    async with database.begin() as uow:
        for privacy, days in RUN_KEPT_DAYS.items():
            await store.forget_silent(uow, privacy, uow.now - timedelta(days=days))
        await store.forget_alarms(uow, timedelta(days=ALARM_KEPT_DAYS))
        told, ended = (uow.now - timedelta(days=days) for days in (DELIVERY_KEPT_DAYS, OUTCOME_KEPT_DAYS))
        await pipelines.forget_old(uow, told, ended, OUTCOMES_KEPT_ITEMS)
