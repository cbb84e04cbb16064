"""The watch over conditions, the telling of groups, and the built-in alerts that follow the journal."""

from __future__ import annotations

from datetime import datetime, timedelta

from harmony.adapters.bus.bells import Bells, first_of
from harmony.adapters.db.pool import Database
from harmony.commons.journal.model import Entry, Selection
from harmony.commons.journal.service import consume
from harmony.commons.notifications.service import BELL as DELIVERIES
from harmony.commons.notifications.service import notify
from harmony.coordination.alerts import store
from harmony.coordination.alerts.built_in import LIVES
from harmony.coordination.alerts.model import TOLD_KINDS, told_of
from harmony.coordination.alerts.rules import ALERTS_KEPT_SECONDS
from harmony.coordination.alerts.service.judge import every_rule, follow, judge, refresh
from harmony.coordination.alerts.service.tell import tell_due
from harmony.coordination.alerts.watch import Watch
from harmony.coordination.metrics.intake import BELL as METRICS
from harmony.coordination.metrics.intake import Intake

CONSUMER = "alerts"
FOLLOWER = "alerts of lives"
BELL = METRICS
"""Rung when there may be something to judge: a sample, or a rule that has changed."""
TICK_SECONDS = 1.0
FULL_LOOK_SECONDS = 15.0
TURN_SECONDS = 60.0
CONDUCTOR_TARGET = "conductor"
RECIPIENT = "operator"
NEWS_SECONDS = 3_600
"""What is older is history, not an alert: a Conductor that was off for long tells only what is new."""


async def tell(database: Database) -> int:
    """Notify of what the log tells since the last time; how many entries. Each is told once, however often it runs."""

    async def handle(entry: Entry) -> None:
        async with database.begin(trace=entry.trace) as uow:
            if uow.now - entry.occurred_at > timedelta(seconds=NEWS_SECONDS):
                return
            title, body = told_of(entry.kind, entry.payload)
            subject = f"{entry.subject}:{entry.revision}"
            await notify(uow, recipient=RECIPIENT, kind=f"alert.{entry.kind}", subject=subject, title=title, body=body)

    return await consume(database, CONSUMER, Selection(kinds=TOLD_KINDS), handle)


async def follow_lives(database: Database, watch: Watch) -> int:
    """Raise and end the built-in alerts of lives by what the journal tells; how many entries."""
    async with database.reading() as connection:
        rules = {rule.name: rule for rule in await every_rule(connection)}

    async def handle(entry: Entry) -> None:
        target = str(entry.payload.get("component_id", CONDUCTOR_TARGET))
        async with database.begin(trace=entry.trace) as uow:
            for name, truth in LIVES[entry.kind].items():
                await follow(uow, watch, rules[name], target, truth)

    return await consume(database, FOLLOWER, Selection(kinds=tuple(LIVES)), handle)


async def keep_watching(database: Database, bells: Bells, intake: Intake, watch: Watch) -> None:
    """Judge whenever samples come, and as time passes; tell what is due. To be run again and again.

    A sample is judged at once. What only time changes (ranges, absence, ``for``) is looked at every
    ``TICK_SECONDS``, staleness every ``FULL_LOOK_SECONDS``.
    """
    clock = database.clock
    ends_at = clock.monotonic() + TURN_SECONDS
    full_at = tick_at = clock.monotonic()
    with bells.waiter(BELL) as waiter:
        while clock.monotonic() < ends_at:
            waiter.look()
            passed = clock.monotonic()
            full, tick = passed >= full_at, passed >= tick_at
            if full:
                full_at = passed + FULL_LOOK_SECONDS
            if tick:
                tick_at = passed + TICK_SECONDS
            due = await look(database, bells, intake, watch, full=full, tick=tick)
            wait = tick_at - clock.monotonic()
            if due is not None:
                wait = min(wait, (due - clock.now()).total_seconds())
            await first_of(waiter.rung(), clock.sleep(max(0.0, wait)))


async def look(
    database: Database, bells: Bells, intake: Intake, watch: Watch, *, full: bool = True, tick: bool = True
) -> datetime | None:
    """Judge once and tell what is due; the next instant at which something is."""
    if tick or watch.version is None:
        full = await refresh(database, watch, intake) or full
    touched = intake.fresh()
    if touched or full or tick:
        await judge(database, watch, intake, None if full else touched, timely=tick)
    if await tell_due(database):
        bells.ring(DELIVERIES)
    async with database.reading() as connection:
        group_due = await store.next_due(connection)
    found = [at for at in (group_due, watch.next_deadline()) if at is not None]
    return min(found, default=None)


async def forget(database: Database) -> None:
    """Let go of alerts that ended long ago and whose end was told."""
    async with database.begin() as uow:
        await store.forget(uow, uow.now - timedelta(seconds=ALERTS_KEPT_SECONDS))
