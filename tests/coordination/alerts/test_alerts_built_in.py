"""The operator hears of every fall and every doubt, once."""

from __future__ import annotations

from tests.coordination.orchestra import HUB_ID, Orchestra

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.notifications.service import of_recipient
from harmony.coordination.alerts import jobs
from harmony.coordination.alerts.jobs import NEWS_SECONDS


async def titles(database: Database) -> list[str]:
    await journal_jobs.stamp(database)
    await jobs.tell(database)
    async with database.reading() as connection:
        page = await of_recipient(connection, "operator", None)
    return sorted(item.title for item in page.items)


async def test_a_fall_a_recovery_and_a_doubt_are_told_once(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join()
    await orchestra.live(45)
    await orchestra.recover()
    await orchestra.restart(1)
    told = [f"{HUB_ID} is degraded", f"{HUB_ID} is degraded", f"{HUB_ID} is offline", f"{HUB_ID} is well again"]
    assert await titles(database) == [*told, "the Conductor doubts itself"]
    assert await titles(database) == [*told, "the Conductor doubts itself"]


async def test_history_is_not_news(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join()
    await orchestra.live(15)
    orchestra.clock.advance(NEWS_SECONDS + 1)
    assert await titles(database) == []
