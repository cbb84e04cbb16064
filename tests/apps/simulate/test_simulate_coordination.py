"""Liveness under seeded misfortune: whatever happens, the rules hold, and the same seed tells the same story."""

from __future__ import annotations

import pytest

from harmony.apps.simulate.stepper import Report, Step, Violated, run
from harmony.apps.simulate.worlds import simulate
from harmony.kernel.chance import SeededChance


@pytest.mark.parametrize("seed", range(1, 5))
async def test_the_rules_of_liveness_hold_whatever_happens(dsn: str, seed: int) -> None:
    report = await simulate(dsn, "coordination", seed, 1_500)
    assert report.violation is None, report
    assert report.entries > 50


async def test_the_same_seed_writes_the_same_journal(dsn: str, twin_dsn: str) -> None:
    first, second = [await simulate(one, "coordination", 7, 400) for one in (dsn, twin_dsn)]
    assert first == second


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 140))
async def test_the_rules_of_liveness_hold_for_long(dsn: str, seed: int) -> None:
    report = await simulate(dsn, "coordination", seed, 5_000)
    assert report.violation is None, report


class Countdown:
    """A world that breaks its own rule after so many steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    async def begin(self) -> None: ...

    def steps(self) -> list[Step]:
        return [Step("never", 0.0, self._count), Step("count", 1.0, self._count)]

    async def check(self) -> None:
        if self._left == 0:
            raise Violated("it is over")

    async def journal(self) -> list[str]:
        return [str(self._left)]

    async def _count(self) -> None:
        self._left -= 1


async def test_the_stepper_stops_at_the_first_violation_and_says_what_led_to_it() -> None:
    async def ended(steps: int) -> Report:
        return await run(Countdown(3), SeededChance(1), 1, steps)

    broken = await ended(10)
    assert (broken.steps, broken.violation, broken.last_steps) == (3, "it is over", ("count",) * 3)
    whole = await ended(2)
    assert (whole.steps, whole.violation) == (2, None)
    assert whole.digest != broken.digest
