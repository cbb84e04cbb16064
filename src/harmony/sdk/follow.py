"""Follow what happens over cuts and restarts, without a gap and without a double."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock
from harmony.kernel.retry import RetryPolicy
from harmony.sdk.errors import ConductorAway, Refused
from harmony.sdk.model import Event
from harmony.sdk.ports import Conductor

BOOKMARK = "bookmark"
COMING_BACK = RetryPolicy(base_seconds=0.1, cap_seconds=5.0)
LASTING_FROM_STATUS = 500


async def follow(
    conductor: Conductor, pattern: str, after: str | None, clock: Clock, chance: Chance
) -> AsyncGenerator[Event, None]:
    """Events and bookmarks behind a place, None: from now on. Raises ``Refused`` for what asking again cannot mend."""
    failures = 0
    while True:
        try:
            after = after or await conductor.end_of_log()
            async with conductor.events(pattern, after) as frames:
                async for frame in frames:
                    failures = 0
                    event = Event.of(frame)
                    after = event.id
                    yield event
        except ConductorAway:
            pass
        except Refused as refused:
            if refused.http_status < LASTING_FROM_STATUS:
                raise
        failures += 1
        await clock.sleep(COMING_BACK.delay_seconds(failures, chance))
