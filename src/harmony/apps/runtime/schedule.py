"""Jobs on their intervals: each runs alone, a failure is logged and tried again with growing waits."""

from __future__ import annotations

import asyncio

import structlog

from harmony.apps.components.component import Job
from harmony.commons.identity.edge import House
from harmony.kernel.retry import RetryPolicy

FAILURE_WAIT = RetryPolicy(base_seconds=0.5, cap_seconds=30.0)

log = structlog.get_logger("jobs")


async def keep_running(job: Job, house: House) -> None:
    """Run ``job`` every ``every_seconds`` until cancelled; it never ends by itself."""
    clock, chance = house.database.clock, house.database.chance
    failures = 0
    while True:
        try:
            await job.run(house)
            failures = 0
        except Exception as error:  # a job must outlive whatever went wrong once, a restarting database or a bad row
            failures += 1
            log.warning("job failed", job=job.name, failures=failures, error=type(error).__name__, exc_info=True)
            await clock.sleep(FAILURE_WAIT.delay_seconds(failures, chance))
        await clock.sleep(job.every_seconds)


def start(jobs: tuple[Job, ...], house: House) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(keep_running(job, house), name=f"job {job.name}") for job in jobs]
