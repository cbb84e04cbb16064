"""Who should know, is told once, and a failing channel is tried a bounded number of times."""

from __future__ import annotations

from datetime import timedelta

from harmony.adapters.db.pool import Database
from harmony.commons.notifications import jobs, service
from harmony.commons.notifications.model import ATTEMPTS_LIMIT, FIRST_RETRY, IN_APP, LEASE, Notification
from harmony.commons.notifications.ports import ChannelFailed
from harmony.kernel.clock import VirtualClock


async def tell(database: Database, subject: str = "offer-1", recipient: str = "person-ada") -> None:
    async with database.begin() as uow:
        await service.notify(
            uow,
            recipient=recipient,
            kind="offer.made",
            subject=subject,
            title="Somebody is stuck",
            body="Can you help?",
        )


class Broken:
    """A channel that is down."""

    name = IN_APP

    def __init__(self) -> None:
        self.tried: list[Notification] = []

    async def deliver(self, notification: Notification) -> None:
        self.tried.append(notification)
        raise ChannelFailed("the channel is down")


async def test_the_same_news_reaches_a_recipient_once(database: Database) -> None:
    await tell(database)
    await tell(database)
    await tell(database, recipient="person-grace")
    async with database.reading() as connection:
        page = await service.of_recipient(connection, "person-ada", None)
    assert [item.title for item in page.items] == ["Somebody is stuck"]
    assert await jobs.deliver(database) == 2
    assert await jobs.deliver(database) == 0


async def test_a_broken_channel_is_tried_with_growing_waits_and_then_given_up(
    database: Database, clock: VirtualClock
) -> None:
    await tell(database)
    channel = Broken()
    for attempt in range(ATTEMPTS_LIMIT):
        assert await jobs.deliver(database, {IN_APP: channel}) == 1
        assert await jobs.deliver(database, {IN_APP: channel}) == 0, "not due yet"
        clock.advance((FIRST_RETRY * 2**attempt).total_seconds())
    clock.advance(timedelta(days=1).total_seconds())
    assert await jobs.deliver(database, {IN_APP: channel}) == 0
    assert len(channel.tried) == ATTEMPTS_LIMIT


async def test_a_delivery_whose_worker_died_is_due_again_when_its_lease_ends(
    database: Database, clock: VirtualClock
) -> None:
    await tell(database)

    class Dying(Broken):
        async def deliver(self, notification: Notification) -> None:
            raise KeyboardInterrupt

    try:
        await jobs.deliver(database, {IN_APP: Dying()})
    except KeyboardInterrupt:
        pass
    assert await jobs.deliver(database) == 0
    clock.advance(LEASE.total_seconds())
    assert await jobs.deliver(database) == 1


async def test_pages_of_notifications_follow_on_without_gaps_or_twins(database: Database) -> None:
    for number in range(120):
        await tell(database, subject=f"offer-{number}")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        async with database.reading() as connection:
            page = await service.of_recipient(connection, "person-ada", cursor)
        seen += [item.subject for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == sorted(f"offer-{number}" for number in range(120))
