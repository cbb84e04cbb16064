"""Liveness on a real database under a virtual clock."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.coordination.orchestra import HUB, HUB_ID, Orchestra

from harmony.adapters.db.pool import Database
from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.errors import BeatStale, ComponentUnknown, LeaseHeld
from harmony.coordination.heartbeats.model import FORGOTTEN_AFTER_SECONDS, PENALTY_HALF_LIFE_SECONDS, Beat
from harmony.coordination.heartbeats.service import beat as beats
from harmony.coordination.heartbeats.service import members, watch
from harmony.coordination.registry.errors import ComponentGone, EntryHeld
from harmony.coordination.registry.service import clear_tombstones


async def test_a_component_is_healthy_from_its_registration_on(orchestra: Orchestra) -> None:
    assert await orchestra.join() == HUB_ID
    found = await orchestra.lease()
    assert (found.status, found.last_beat_at) == ("healthy", orchestra.clock.now())


async def test_the_next_beat_is_due_in_one_interval_of_the_component(orchestra: Orchestra) -> None:
    component_id = await orchestra.join(replace(HUB, heartbeat_interval_seconds=30))
    accepted = await orchestra.beat(component_id)
    assert accepted.next_beat_at == orchestra.clock.now() + timedelta(seconds=30)


async def test_silence_degrades_after_three_missed_beats_and_ends_offline_thirty_seconds_later(
    orchestra: Orchestra,
) -> None:
    await orchestra.join()
    await orchestra.live(4)
    await orchestra.beat()
    for seconds, expected in ((14.9, "healthy"), (0.1, "degraded"), (29.9, "degraded"), (0.1, "offline")):
        await orchestra.live(seconds)
        assert await orchestra.status() == expected
    assert await orchestra.live(60) == 0
    assert await orchestra.told() == ["registered", "degraded", "offline"]


@pytest.mark.parametrize("away_seconds", [15, 45])
async def test_three_good_beats_in_a_row_bring_a_component_back(orchestra: Orchestra, away_seconds: int) -> None:
    await orchestra.join()
    await orchestra.live(away_seconds)
    for _ in range(2):
        await orchestra.beat()
        assert await orchestra.status() == "degraded"
        await orchestra.live(5)
    await orchestra.beat()
    assert await orchestra.status() == "healthy"
    assert (await orchestra.told())[-1] == "recovered"
    assert await orchestra.live(14) == 0, "the count of missed beats began anew"


async def test_beats_in_one_breath_count_as_one_towards_recovery(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.live(15)
    for _ in range(10):
        await orchestra.beat()
    assert (await orchestra.lease()).good_beats == 1


async def test_a_bad_word_begins_the_count_towards_recovery_anew(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.live(15)
    for word in ("healthy", "healthy", "tired", "healthy", "healthy"):
        await orchestra.live(5)
        await orchestra.beat(word=word)
    assert await orchestra.status() == "degraded"
    await orchestra.live(5)
    await orchestra.beat()
    assert await orchestra.status() == "healthy"


async def test_who_falls_again_and_again_stays_degraded_until_its_penalty_has_faded(orchestra: Orchestra) -> None:
    await orchestra.join()
    for _ in range(3):
        await orchestra.live(15)
        await orchestra.recover()
    assert await orchestra.status() == "degraded", "it beats well, but it fell three times within two minutes"
    damped_until = (await orchestra.lease()).damped_until
    assert damped_until is not None
    await orchestra.live(PENALTY_HALF_LIFE_SECONDS, [HUB_ID])
    assert await orchestra.status() == "degraded"
    await orchestra.live(2 * PENALTY_HALF_LIFE_SECONDS, [HUB_ID])
    assert orchestra.clock.now() > damped_until
    assert await orchestra.status() == "healthy"
    (recovered, *_) = await orchestra.changes()
    assert recovered.cause == "beat again"


async def test_registering_again_does_not_wash_a_penalty_away(orchestra: Orchestra) -> None:
    await orchestra.join()
    for _ in range(3):
        await orchestra.live(15)
        await orchestra.join()
    assert await orchestra.status() == "degraded"
    joined = (await orchestra.changes())[0]
    assert joined.cause == "registered"
    assert "damped_until" in joined.facts
    assert (await orchestra.told())[-2:] == ["registered", "degraded"]


async def test_registering_again_brings_an_offline_component_back_with_its_metrics_forgotten(
    orchestra: Orchestra,
) -> None:
    await orchestra.join()
    await orchestra.beat(metrics={"requests_total": 9})
    await orchestra.live(45)
    assert await orchestra.join(replace(HUB, heartbeat_interval_seconds=10)) == HUB_ID
    found = await orchestra.lease()
    assert (found.status, found.metrics, found.interval_seconds) == ("healthy", {}, 10)
    assert await orchestra.live(29) == 0, "the new interval counts"
    assert await orchestra.live(1) == 1


async def test_a_beat_that_moves_nothing_is_not_journalled(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.live(25, [HUB_ID])
    assert await orchestra.told() == ["registered"]


async def test_a_components_own_word_is_kept_and_shown_as_degraded_until_it_is_well(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.beat(word="overloaded")
    found = await orchestra.lease()
    assert (found.status, found.reported_status) == ("degraded", "overloaded")
    await orchestra.live(10)
    await orchestra.beat(word="tired")
    assert (await orchestra.lease()).reported_status == "tired"
    assert await orchestra.live(10) == 0, "it beats, so it is not missing"
    await orchestra.recover()
    assert await orchestra.status() == "healthy"
    assert await orchestra.told() == ["registered", "degraded", "recovered"]


async def test_who_was_not_well_and_falls_silent_still_gets_its_time_to_recover(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.beat(word="degraded")
    assert await orchestra.live(15) == 1
    assert await orchestra.status() == "degraded"
    assert await orchestra.live(29) == 0
    assert await orchestra.live(1) == 1
    assert await orchestra.status() == "offline"


async def test_metrics_stay_until_others_are_sent(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.beat(metrics={"requests_total": 150, "load": 2.5})
    await orchestra.beat()
    assert (await orchestra.lease()).metrics == {"requests_total": 150, "load": 2.5}
    await orchestra.beat(metrics={})
    assert (await orchestra.lease()).metrics == {}


async def test_a_beat_of_an_unknown_component_is_told_to_register_again(orchestra: Orchestra) -> None:
    with pytest.raises(ComponentUnknown) as refused:
        await orchestra.beat("nobody-001")
    assert refused.value.field == "component_id"
    assert "egister again" in refused.value.hint


async def test_only_its_holder_beats_for_a_component_that_proved_itself(orchestra: Orchestra) -> None:
    component_id = await orchestra.join(replace(HUB, component="global-nexus"), actor="component-global-nexus")
    await orchestra.live(10)
    for stranger in ("local", "component-harmony-live"):
        with pytest.raises(LeaseHeld):
            await orchestra.beat(component_id, word="broken", actor=stranger)
        with pytest.raises(EntryHeld):
            await orchestra.leave(component_id, actor=stranger)
    found = await orchestra.lease(component_id)
    assert (found.status, found.last_beat_at) == ("healthy", orchestra.clock.now() - timedelta(seconds=10))
    await orchestra.beat(component_id, actor="component-global-nexus")
    assert (await orchestra.lease(component_id)).last_beat_at == orchestra.clock.now()


async def test_claiming_a_proven_component_does_not_renew_its_lease(orchestra: Orchestra) -> None:
    nexus = replace(HUB, component="global-nexus")
    component_id = await orchestra.join(nexus, actor="component-global-nexus")
    await orchestra.live(14)
    assert await orchestra.join(nexus, actor="local") == component_id
    await orchestra.live(1)
    assert await orchestra.status(component_id) == "degraded"


async def test_a_doubled_or_late_beat_changes_nothing(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.say(Beat(HUB_ID, metrics={"n": 2}, incarnation=1, sequence=2))
    await orchestra.live(10)
    for late in (Beat(HUB_ID, "tired", {"n": 1}, sequence=1), Beat(HUB_ID, metrics={"n": 9}, sequence=2)):
        await orchestra.say(late)
    found = await orchestra.lease()
    assert (found.status, found.metrics) == ("healthy", {"n": 2})
    assert found.last_beat_at == orchestra.clock.now() - timedelta(seconds=10)
    assert await orchestra.live(5) == 1


async def test_a_beat_of_an_earlier_incarnation_says_nothing_of_this_one(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.join()
    with pytest.raises(BeatStale) as refused:
        await orchestra.say(Beat(HUB_ID, incarnation=1, sequence=99))
    assert refused.value.details["incarnation"] == 2
    await orchestra.say(Beat(HUB_ID, incarnation=2, sequence=0))


async def test_a_new_incarnation_counts_its_beats_anew(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.say(Beat(HUB_ID, sequence=1_000))
    await orchestra.join()
    await orchestra.live(1)
    await orchestra.say(Beat(HUB_ID, metrics={"n": 1}, sequence=0))
    assert (await orchestra.lease()).metrics == {"n": 1}


async def somebody_waits(database: Database) -> None:
    """Until a statement of another connection waits for a lock."""
    async with database.begin() as uow:
        while not await uow.connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        ):
            await uow.connection.execute("SELECT pg_stat_clear_snapshot()")


async def test_two_beats_at_once_tell_of_one_recovery(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join()
    await orchestra.live(15)
    await orchestra.beat()
    await orchestra.live(5)
    await orchestra.beat()
    await orchestra.live(5)
    async with database.begin(actor="local") as uow:
        await beats.take_beat(uow, orchestra.pulse, Beat(HUB_ID))
        second = asyncio.create_task(orchestra.beat())
        await somebody_waits(database)
    await second
    assert await orchestra.told() == ["registered", "degraded", "recovered"]


async def test_since_tells_when_a_component_became_as_it_is(orchestra: Orchestra) -> None:
    await orchestra.join()
    start = orchestra.clock.now()
    await orchestra.live(5)
    await orchestra.beat()
    assert (await orchestra.lease()).since == start
    await orchestra.live(5)
    await orchestra.beat(word="tired")
    assert (await orchestra.lease()).since == start + timedelta(seconds=10)
    await orchestra.live(20)
    assert (await orchestra.lease()).since == start + timedelta(seconds=25)


async def test_every_change_is_kept_with_its_evidence(orchestra: Orchestra) -> None:
    await orchestra.join(trace="c" * 32)
    await orchestra.live(45)
    await orchestra.beat()
    changes = await orchestra.changes()
    assert [(change.previous, change.state, change.cause) for change in reversed(changes)] == [
        (None, "healthy", "registered"),
        ("healthy", "missing", "missed"),
        ("missing", "offline", "stayed away"),
        ("offline", "recovering", "beat again"),
    ]
    missed = changes[2]
    assert (missed.facts["silent_seconds"], missed.facts["missed_beats"], missed.facts["interval_seconds"]) == (
        15.0,
        3,
        5,
    )


async def test_many_watchers_at_once_move_a_component_once(orchestra: Orchestra) -> None:
    for port in range(1, 8):
        await orchestra.join(replace(HUB, port=port))
    await orchestra.live(14)
    orchestra.clock.advance(1)
    moved = await asyncio.gather(*(orchestra.watch() for _ in range(4)))
    assert sum(moved) == 7
    assert (await orchestra.told()).count("degraded") == 7


async def test_what_the_watch_tells_carries_the_trace_of_the_registration(orchestra: Orchestra) -> None:
    await orchestra.join(trace="c" * 32)
    await orchestra.live(15)
    assert await orchestra.told("c" * 32) == ["registered", "degraded"]


async def test_what_was_heard_survives_in_the_database(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join()
    await orchestra.live(5)
    await orchestra.beat(metrics={"requests_total": 7})
    assert await jobs.save(database, orchestra.pulse) == 1
    assert await jobs.save(database, orchestra.pulse) == 0, "nothing new was heard"
    async with database.reading() as connection:
        kept = await members.find_lease(connection, HUB_ID)
    assert (kept.metrics, kept.last_beat_at) == ({"requests_total": 7}, orchestra.clock.now())


async def test_who_leaves_is_listed_no_more_and_finds_its_own_id_again(orchestra: Orchestra) -> None:
    await orchestra.join()
    await orchestra.leave()
    assert await orchestra.statuses() == []
    with pytest.raises(ComponentGone) as refused:
        await orchestra.beat()
    assert refused.value.details["reason"] == "it is over"
    assert await orchestra.live(60) == 0, "nobody waits for its beats"
    assert await orchestra.join(replace(HUB, port=1)) == "sherlock-hub-002"
    assert await orchestra.join() == HUB_ID
    assert await orchestra.told() == ["registered", "deregistered", "registered", "registered"]


async def test_an_id_whose_tombstone_is_gone_is_given_to_nobody(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join()
    await orchestra.leave()
    orchestra.clock.advance(24 * 3_600 + 1)
    async with database.begin() as uow:
        await clear_tombstones(uow)
    with pytest.raises(ComponentUnknown):
        await orchestra.beat()
    assert await orchestra.join() == "sherlock-hub-002"


async def test_who_stays_offline_for_a_day_is_forgotten_and_told_to_register_again(
    orchestra: Orchestra, database: Database
) -> None:
    await orchestra.join()
    await orchestra.join(replace(HUB, port=8001))
    await orchestra.live(45)
    await orchestra.beat("sherlock-hub-002")
    orchestra.clock.advance(FORGOTTEN_AFTER_SECONDS - 1)
    assert await jobs.forget(database, orchestra.pulse) == 0
    orchestra.clock.advance(1)
    assert await jobs.forget(database, orchestra.pulse) == 1
    assert await jobs.forget(database, orchestra.pulse) == 0
    with pytest.raises(ComponentGone):
        await orchestra.beat(HUB_ID)
    async with database.reading() as connection:
        listed = await members.list_members(connection)
    assert [member.component.id for member in listed] == ["sherlock-hub-002"]
    assert (await orchestra.told())[-1] == "forgotten"
    assert await orchestra.join() == HUB_ID


async def test_a_component_that_came_back_meanwhile_is_not_forgotten(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join()
    await orchestra.live(45)
    orchestra.clock.advance(FORGOTTEN_AFTER_SECONDS)
    await orchestra.beat()
    async with database.begin() as uow:
        assert not await watch.forget(uow, orchestra.pulse, HUB_ID)
    assert await orchestra.status() == "degraded"
