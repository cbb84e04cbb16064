"""The Conductor doubts itself before it declares anyone dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.coordination.orchestra import HUB, HUB_ID, Orchestra

from harmony.adapters.db.pool import Database
from harmony.coordination.heartbeats.doubt import GRACE_LIMIT_SECONDS, bound_of
from harmony.coordination.heartbeats.errors import NoGrace
from harmony.coordination.heartbeats.service import watch
from harmony.kernel.clock import VirtualClock


async def end_grace(orchestra: Orchestra, by: str = "operator") -> None:
    async with orchestra.database.begin() as uow:
        await watch.end_grace(uow, orchestra.pulse, by)


async def test_nobody_is_found_silent_for_the_conductors_own_absence(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.live(14)
    grace = await orchestra.restart(86_400)
    assert grace is not None
    assert (grace.cause, grace.leases, grace.facts["absent_seconds"]) == ("restarted", 1, 86_400.0)
    assert await orchestra.live(14.9) == 0
    assert await orchestra.live(0.1) == 1, "it had its whole patience to be heard of again"
    assert await orchestra.told() == ["registered", "doubted", "trusted", "degraded"]
    (missed, *_) = await orchestra.changes()
    assert missed.facts["spared_by"] == {"grace_id": grace.id, "cause": "restarted", "ended_by": "bound"}


async def test_who_beats_after_a_restart_is_under_the_usual_rule_again(orchestra: Orchestra) -> None:
    await orchestra.join(replace(HUB, heartbeat_interval_seconds=30))
    await orchestra.join(replace(HUB, port=1))
    await orchestra.restart(600)
    await orchestra.live(1)
    await orchestra.beat("sherlock-hub-002")
    assert await orchestra.live(15) == 1, "the longer patience of another does not spare it"
    assert await orchestra.status("sherlock-hub-002") == "degraded"
    assert await orchestra.status() == "healthy"


async def test_a_crash_that_saved_nothing_takes_nobody_with_it(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.restart(1)
    await orchestra.live(20, [HUB_ID])
    await orchestra.crash(5)
    assert await orchestra.live(10) == 0
    await orchestra.beat()
    assert await orchestra.status() == "healthy"


async def test_the_first_start_of_all_grants_nothing(orchestra: Orchestra) -> None:
    await orchestra.join()
    assert await orchestra.crash(0) is None
    assert await orchestra.live(15) == 1


async def test_an_empty_orchestra_needs_no_grace(orchestra: Orchestra) -> None:
    await orchestra.crash(0)
    assert await orchestra.crash(10) is None
    assert await orchestra.graces() == []


async def test_a_conductor_that_stalls_blames_itself(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.live(5, [HUB_ID])
    orchestra.clock.advance(20)
    assert await orchestra.watch() == 0
    (grace,) = await orchestra.graces()
    assert (grace.cause, grace.facts["seconds_between_looks"]) == ("lagged", 20.0)
    await orchestra.beat()
    assert await orchestra.live(14) == 0
    assert await orchestra.status() == "healthy"


async def test_a_look_that_is_a_little_late_is_no_reason_to_doubt(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.live(12)
    orchestra.clock.advance(4)
    assert await orchestra.watch() == 1
    assert await orchestra.graces() == []


class JumpingClock(VirtualClock):
    """A wall clock that somebody sets."""

    def jump(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> VirtualClock:
    return JumpingClock()


@pytest.mark.parametrize("seconds", [3_600, -3_600])
async def test_a_clock_that_jumps_is_the_conductors_own_fault(orchestra: Orchestra, seconds: float) -> None:
    await orchestra.join()
    await orchestra.live(5, [HUB_ID])
    assert isinstance(orchestra.clock, JumpingClock)
    orchestra.clock.jump(seconds)
    assert await orchestra.live(1) == 0
    (grace,) = await orchestra.graces()
    assert (grace.cause, grace.facts["jump_seconds"]) == ("clock", seconds)
    assert await orchestra.live(30) == 1, "but who is silent after that is found, whichever way the clock went"


async def test_most_falling_silent_at_once_are_held_and_explained(orchestra: Orchestra) -> None:
    ids = await orchestra.join_many(20)
    alive = ids[12:]
    await orchestra.live(5, ids)
    assert await orchestra.live(29, alive) == 0
    assert set(await orchestra.statuses()) == {"healthy"}
    (grace,) = await orchestra.graces()
    assert (grace.cause, grace.leases) == ("mass", 20)
    assert grace.facts == {"ending": 12, "ended": 0, "leases": 20, "bound": 3}
    assert "doubted" in await orchestra.told()


async def test_after_the_grace_they_go_a_few_at_a_time_in_random_order(orchestra: Orchestra) -> None:
    ids = await orchestra.join_many(20)
    alive = ids[12:]
    await orchestra.live(5, ids)
    await orchestra.live(45, alive)
    degraded = [one for one in ids if await orchestra.status(one) != "healthy"]
    assert len(degraded) == bound_of(20) == 3
    assert degraded != ids[:3], "drawn, not taken from the front"
    for _ in range(3):
        before = (await orchestra.statuses()).count("healthy")
        await orchestra.live(15, alive)
        assert before - (await orchestra.statuses()).count("healthy") <= 3
    assert sorted(await orchestra.statuses()).count("healthy") == 8
    assert all([await orchestra.status(one) == "healthy" for one in alive])
    assert len(await orchestra.graces()) == 1, "nobody is spared twice for one silence"


async def test_who_comes_back_during_the_grace_was_never_gone(orchestra: Orchestra) -> None:
    ids = await orchestra.join_many(20)
    await orchestra.live(5, ids)
    await orchestra.live(25, ids[12:])
    for one in ids:
        await orchestra.beat(one)
    await orchestra.live(60, ids)
    assert (await orchestra.told()).count("degraded") == 0


@pytest.mark.parametrize(("members", "silent", "doubts"), [(7, 7, 0), (8, 3, 0), (8, 4, 1), (40, 6, 0), (40, 7, 1)])
async def test_the_bound_is_three_or_fifteen_percent_of_at_least_eight(
    orchestra: Orchestra, members: int, silent: int, doubts: int
) -> None:
    ids = await orchestra.join_many(members)
    await orchestra.live(5, ids)
    moved = await orchestra.live(16, ids[silent:])
    assert len(await orchestra.graces()) == doubts
    assert moved == (0 if doubts else silent)


async def test_one_click_ends_a_grace(orchestra: Orchestra) -> None:
    ids = await orchestra.join_many(20)
    await orchestra.live(5, ids)
    await orchestra.live(16, ids[12:])
    await end_grace(orchestra)
    assert await orchestra.live(1, ids[12:]) == 3
    (grace,) = await orchestra.graces()
    assert grace.ended_by == "operator"
    with pytest.raises(NoGrace):
        await end_grace(orchestra)


async def test_a_grace_never_lasts_longer_than_its_limit(orchestra: Orchestra) -> None:
    await orchestra.join(replace(HUB, heartbeat_interval_seconds=30))
    grace = await orchestra.restart(10) or await orchestra.restart(10)
    assert grace is not None
    assert grace.ends_at - grace.began_at == timedelta(seconds=GRACE_LIMIT_SECONDS)


async def test_the_doubt_is_kept_over_a_restart(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join()
    await orchestra.crash(0)
    await orchestra.crash(5)
    await orchestra.live(2)
    second = await orchestra.crash(5)
    assert second is not None
    first = (await orchestra.graces())[1]
    assert first.ended_by == second.id, "one doubt follows the other"
