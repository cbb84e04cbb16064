"""Timers of metrics: write what was heard, make minutes and hours, forget."""

from __future__ import annotations

from datetime import timedelta

from harmony.adapters.db.pool import Database
from harmony.coordination.metrics import service
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.model import STALE_SECONDS
from harmony.coordination.metrics.ports import Outside
from harmony.coordination.queue.service.look import list_depths

BATCH_LIMIT_SAMPLES = 20_000
ROLLS = (60, 3_600)
CONDUCTOR = "conductor"
"""Under this name stand the numbers of the orchestra itself."""
QUEUE_AGE = "queue_oldest_age_seconds"
QUEUE_DEAD = "queue_dead_letters"
QUEUE_READY = "queue_ready"


async def write(database: Database, intake: Intake) -> int:
    """Write what waits, in batches; how many samples. What could not be written waits on."""
    intake.absorb()
    written = 0
    while intake.pending:
        batch = [intake.pending.popleft() for _ in range(min(BATCH_LIMIT_SAMPLES, len(intake.pending)))]
        try:
            async with database.begin() as uow:
                await service.write(uow, intake, batch)
        except BaseException:  # cancelled or refused alike: what was not written waits on
            intake.pending.extendleft(reversed(batch))
            raise
        written += len(batch)
    return written


async def roll_up(database: Database) -> None:
    """Make every minute and hour that is over."""
    for seconds in ROLLS:
        more = True
        while more:
            async with database.begin() as uow:
                more = await service.roll_up(uow, seconds)


async def measure_queues(database: Database, intake: Intake) -> None:
    """The age and the dead letters of each queue, as metrics of the Conductor."""
    now = database.clock.now()
    async with database.reading() as connection:
        depths = await list_depths(connection)
    for depth in depths:
        age = (now - depth.oldest_sent_at).total_seconds() if depth.oldest_sent_at else 0.0
        numbers = {QUEUE_AGE: age, QUEUE_DEAD: depth.dead, QUEUE_READY: depth.ready}
        labels = (("group", depth.group), ("queue", depth.queue))
        if intake.room_for(CONDUCTOR, [(name, labels) for name in numbers]):
            intake.put(CONDUCTOR, numbers, labels, now)


async def send_outside(database: Database, intake: Intake, outside: Outside) -> int:
    """Hand the values that are fresh to whoever watches from outside; how many. What is not taken is not kept."""
    if not outside.wanted():
        return 0
    intake.absorb()
    fresh = database.clock.now() - timedelta(seconds=STALE_SECONDS)
    found = [one for one in intake.listed() if one.at > fresh]
    if found:
        await outside.send(found)
    return len(found)
