"""Bounded retry: exponential back-off with full jitter, a limit on attempts, an injected clock and chance."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """At most ``attempts`` tries; before try n+1 wait up to ``base_seconds`` * 2**n, never over ``cap_seconds``."""

    attempts: int = 5
    base_seconds: float = 0.05
    cap_seconds: float = 2.0

    def delay_seconds(self, failures: int, chance: Chance) -> float:
        """Full jitter (Brooker, "Exponential Backoff And Jitter"): uniform in [0, bounded exponential)."""
        return chance.uniform(0.0, min(self.cap_seconds, self.base_seconds * 2**failures))


async def retrying(
    attempt: Callable[[], Awaitable[Result]],
    *,
    on: tuple[type[Exception], ...],
    policy: RetryPolicy,
    clock: Clock,
    chance: Chance,
) -> Result:
    """Run ``attempt`` until it succeeds, raises something not in ``on``, or the policy's attempts are spent."""
    for failures in range(policy.attempts - 1):
        try:
            return await attempt()
        except on:
            await clock.sleep(policy.delay_seconds(failures, chance))
    return await attempt()
