"""Liveness on a real database under a virtual clock."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.model import Selection
from harmony.commons.journal.service import Journal
from harmony.coordination.heartbeats import jobs, service
from harmony.coordination.heartbeats.errors import ComponentUnknown, LeaseHeld
from harmony.coordination.heartbeats.jobs import WATCH_LIMIT_COMPONENTS
from harmony.coordination.heartbeats.model import FORGOTTEN_AFTER_SECONDS, Beat, Lease, Metrics
from harmony.coordination.registry.model import Registration
from harmony.kernel.clock import VirtualClock

HUB = Registration("sherlock-hub", "1.0.0", "127.0.0.1", 8000, ("search",), None, 5)
HUB_ID = "sherlock-hub-001"


async def join(database: Database, registration: Registration = HUB, actor: str = "local", trace: str = "") -> str:
    async with database.begin(actor=actor, trace=trace or None) as uow:
        return (await service.join(uow, registration)).id


async def beat(
    database: Database,
    component_id: str = HUB_ID,
    word: str = "healthy",
    metrics: Metrics | None = None,
    actor: str = "local",
) -> None:
    async with database.begin(actor=actor) as uow:
        await service.beat(uow, Beat(component_id, word, metrics))


async def lease(database: Database, component_id: str = HUB_ID) -> Lease:
    async with database.reading() as connection:
        return await service.find_lease(connection, component_id)


async def status(database: Database, component_id: str = HUB_ID) -> str:
    return (await lease(database, component_id)).status


async def told(database: Database) -> list[str]:
    await journal_jobs.stamp(database)
    entries = await Journal(database).read(0, Selection(kinds=("coordination.*",)))
    return [entry.kind.removeprefix("coordination.component.") for entry in entries]


async def test_a_component_is_healthy_from_its_registration_on(database: Database) -> None:
    assert await join(database) == HUB_ID
    found = await lease(database)
    assert (found.status, found.last_beat_at) == ("healthy", database.clock.now())


async def test_the_next_beat_is_due_in_one_interval_of_the_component(database: Database) -> None:
    component_id = await join(database, replace(HUB, heartbeat_interval_seconds=30))
    async with database.begin(actor="local") as uow:
        assert await service.beat(uow, Beat(component_id)) == uow.now + timedelta(seconds=30)


async def test_silence_degrades_after_three_missed_beats_and_ends_offline_thirty_seconds_later(
    database: Database, clock: VirtualClock
) -> None:
    await join(database)
    clock.advance(4)
    await beat(database)
    for seconds, expected in ((14.9, "healthy"), (0.1, "degraded"), (29.9, "degraded"), (0.1, "offline")):
        clock.advance(seconds)
        await jobs.watch(database)
        assert await status(database) == expected
    clock.advance(3_600)
    assert await jobs.watch(database) == 0
    assert await told(database) == ["registered", "degraded", "offline"]


@pytest.mark.parametrize("away_seconds", [15, 45])
async def test_one_good_beat_brings_a_component_back(
    database: Database, clock: VirtualClock, away_seconds: int
) -> None:
    await join(database)
    for _ in range(away_seconds // 15):
        clock.advance(15 if away_seconds == 15 else 30)
        await jobs.watch(database)
    assert await status(database) != "healthy"
    await beat(database)
    assert await status(database) == "healthy"
    assert (await told(database))[-1] == "recovered"
    clock.advance(14)
    assert await jobs.watch(database) == 0, "the count of missed beats began anew"


async def test_registering_again_brings_an_offline_component_back_with_its_metrics_forgotten(
    database: Database, clock: VirtualClock
) -> None:
    await join(database)
    await beat(database, metrics={"requests_total": 9})
    for seconds in (15, 30):
        clock.advance(seconds)
        await jobs.watch(database)
    assert await join(database, replace(HUB, heartbeat_interval_seconds=10)) == HUB_ID
    found = await lease(database)
    assert (found.status, found.metrics, found.interval_seconds) == ("healthy", {}, 10)
    clock.advance(29)
    assert await jobs.watch(database) == 0, "the new interval counts"


async def test_a_beat_that_moves_nothing_is_not_journalled(database: Database, clock: VirtualClock) -> None:
    await join(database)
    for _ in range(5):
        clock.advance(5)
        await beat(database)
    assert await told(database) == ["registered"]


async def test_a_components_own_word_is_kept_and_shown_as_degraded_until_it_is_well(
    database: Database, clock: VirtualClock
) -> None:
    await join(database)
    await beat(database, word="overloaded")
    found = await lease(database)
    assert (found.status, found.reported_status) == ("degraded", "overloaded")
    clock.advance(10)
    await beat(database, word="overloaded")
    clock.advance(10)
    assert await jobs.watch(database) == 0, "it beats, so it is not missing"
    await beat(database)
    assert await status(database) == "healthy"
    assert await told(database) == ["registered", "degraded", "recovered"]


async def test_who_was_not_well_and_falls_silent_still_gets_its_time_to_recover(
    database: Database, clock: VirtualClock
) -> None:
    await join(database)
    await beat(database, word="degraded")
    clock.advance(15)
    assert await jobs.watch(database) == 1
    assert await status(database) == "degraded"
    clock.advance(29)
    assert await jobs.watch(database) == 0
    clock.advance(1)
    await jobs.watch(database)
    assert await status(database) == "offline"


async def test_metrics_stay_until_others_are_sent(database: Database) -> None:
    await join(database)
    await beat(database, metrics={"requests_total": 150, "load": 2.5})
    await beat(database)
    assert (await lease(database)).metrics == {"requests_total": 150, "load": 2.5}
    await beat(database, metrics={})
    assert (await lease(database)).metrics == {}


async def test_a_beat_of_an_unknown_component_is_told_to_register_again(database: Database) -> None:
    with pytest.raises(ComponentUnknown) as refused:
        await beat(database, "nobody-001")
    assert refused.value.field == "component_id"
    assert "egister again" in refused.value.hint


async def test_only_its_holder_beats_for_a_component_that_proved_itself(
    database: Database, clock: VirtualClock
) -> None:
    component_id = await join(database, replace(HUB, component="global-nexus"), actor="component-global-nexus")
    clock.advance(10)
    for stranger in ("local", "component-harmony-live"):
        with pytest.raises(LeaseHeld):
            await beat(database, component_id, word="broken", actor=stranger)
    found = await lease(database, component_id)
    assert (found.status, found.last_beat_at) == ("healthy", clock.now() - timedelta(seconds=10))
    await beat(database, component_id, actor="component-global-nexus")
    assert (await lease(database, component_id)).last_beat_at == clock.now()


async def test_claiming_a_proven_component_does_not_renew_its_lease(database: Database, clock: VirtualClock) -> None:
    nexus = replace(HUB, component="global-nexus")
    component_id = await join(database, nexus, actor="component-global-nexus")
    clock.advance(15)
    assert await join(database, nexus, actor="local") == component_id
    await jobs.watch(database)
    assert await status(database, component_id) == "degraded"


async def somebody_waits(database: Database) -> None:
    """Until a statement of another connection waits for a lock."""
    async with database.begin() as uow:
        while not await uow.connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        ):
            await uow.connection.execute("SELECT pg_stat_clear_snapshot()")


async def test_two_beats_at_once_tell_of_one_recovery(database: Database, clock: VirtualClock) -> None:
    await join(database)
    clock.advance(15)
    await jobs.watch(database)
    async with database.begin(actor="local") as uow:
        await service.beat(uow, Beat(HUB_ID))
        second = asyncio.create_task(beat(database))
        await somebody_waits(database)
    await second
    assert await told(database) == ["registered", "degraded", "recovered"]


async def test_since_tells_when_a_component_became_as_it_is(database: Database, clock: VirtualClock) -> None:
    await join(database)
    start = clock.now()
    clock.advance(5)
    await beat(database)
    assert (await lease(database)).since == start
    clock.advance(5)
    await beat(database, word="tired")
    assert (await lease(database)).since == start + timedelta(seconds=10)
    clock.advance(20)
    await jobs.watch(database)
    assert (await lease(database)).since == start + timedelta(seconds=30)


async def test_many_watchers_at_once_move_a_component_once(database: Database, clock: VirtualClock) -> None:
    for port in range(1, 11):
        await join(database, replace(HUB, port=port))
    clock.advance(15)
    moved = await asyncio.gather(*(jobs.watch(database) for _ in range(4)))
    assert sum(moved) == 10
    assert (await told(database)).count("degraded") == 10


async def test_a_watch_moves_more_than_one_batch(database: Database, clock: VirtualClock) -> None:
    async with database.begin(actor="local") as uow:
        for port in range(1, WATCH_LIMIT_COMPONENTS + 2):
            await service.join(uow, replace(HUB, port=port))
    clock.advance(15)
    assert await jobs.watch(database) == WATCH_LIMIT_COMPONENTS + 1


async def test_what_the_watch_tells_carries_the_trace_of_the_registration(
    database: Database, clock: VirtualClock
) -> None:
    await join(database, trace="c" * 32)
    clock.advance(15)
    await jobs.watch(database)
    await journal_jobs.stamp(database)
    entries = await Journal(database).read(0, Selection(trace="c" * 32))
    assert [entry.kind.rpartition(".")[2] for entry in entries] == ["registered", "degraded"]


async def test_nobody_is_found_silent_for_the_conductors_own_absence(database: Database, clock: VirtualClock) -> None:
    await join(database)
    await join(database, replace(HUB, port=8001))
    clock.advance(15)
    await beat(database, HUB_ID)
    await jobs.watch(database)
    clock.advance(1)
    await jobs.watch(database)
    clock.advance(86_400)
    async with database.begin() as uow:
        assert await service.resume(uow) == 2
    assert await jobs.watch(database) == 0
    clock.advance(13.9)
    assert await jobs.watch(database) == 0, "one second of its silence was heard before the absence"
    clock.advance(0.1)
    assert await jobs.watch(database) == 1
    clock.advance(15)
    assert await jobs.watch(database) == 1
    assert await status(database, HUB_ID) == "degraded"
    assert await status(database, "sherlock-hub-002") == "offline"


async def test_resuming_does_not_change_when_a_component_was_last_heard_of(
    database: Database, clock: VirtualClock
) -> None:
    await join(database)
    heard_at = clock.now()
    await jobs.watch(database)
    clock.advance(600)
    async with database.begin() as uow:
        await service.resume(uow)
    assert (await lease(database)).last_beat_at == heard_at


async def test_the_first_start_has_no_absence_and_a_second_resume_adds_none(
    database: Database, clock: VirtualClock
) -> None:
    await join(database)
    async with database.begin() as uow:
        assert await service.resume(uow) == 0
        assert await service.resume(uow) == 0
    clock.advance(15)
    assert await jobs.watch(database) == 1


async def test_who_stays_offline_for_a_day_is_forgotten_and_told_to_register_again(
    database: Database, clock: VirtualClock
) -> None:
    await join(database)
    await join(database, replace(HUB, port=8001))
    for seconds in (15, 30):
        clock.advance(seconds)
        await jobs.watch(database)
    await beat(database, "sherlock-hub-002")
    clock.advance(FORGOTTEN_AFTER_SECONDS - 1)
    assert await jobs.forget(database) == 0
    clock.advance(1)
    assert await jobs.forget(database) == 1
    assert await jobs.forget(database) == 0
    with pytest.raises(ComponentUnknown):
        await beat(database, HUB_ID)
    async with database.reading() as connection:
        assert [member.component.id for member in await service.list_members(connection)] == ["sherlock-hub-002"]
    assert (await told(database))[-1] == "forgotten"
    assert await join(database) == "sherlock-hub-003"


async def test_a_component_that_came_back_meanwhile_is_not_forgotten(database: Database, clock: VirtualClock) -> None:
    await join(database)
    for seconds in (15, 30, FORGOTTEN_AFTER_SECONDS):
        clock.advance(seconds)
        await jobs.watch(database)
    await beat(database)
    async with database.begin() as uow:
        assert not await service.forget(uow, HUB_ID)
    assert await status(database) == "healthy"
