"""From a sample to a message: each firing told once, each end told once, whatever is restarted in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.coordination.alerts.cortex import Cortex

from harmony.commons.notifications.model import LEASE
from harmony.commons.notifications.ports import ChannelFailed
from harmony.commons.notifications.service import list_channels
from harmony.coordination.alerts.rules import MuteTime, Rule
from harmony.coordination.metrics.model import STALE_SECONDS

RULE = Rule("hot", "temperature > 90", channels=("slack",), group_interval_seconds=1)


async def started(cortex: Cortex, rule: Rule = RULE) -> Cortex:
    await cortex.channel()
    await cortex.configure(rule)
    await cortex.look()
    return cortex


async def test_a_sample_is_told_at_once_and_its_end_too(cortex: Cortex) -> None:
    await started(cortex)
    await cortex.sample(temperature=91)
    assert await cortex.settle() == ["hot: 1 firing"]
    await cortex.pass_time(5)
    await cortex.sample(temperature=92)
    assert await cortex.settle() == ["hot: 1 firing"]
    await cortex.sample(temperature=80)
    assert await cortex.settle() == ["hot: 1 firing", "hot: 1 resolved"]
    assert await cortex.told() == ["configured", "fired", "told", "resolved", "told"]


async def test_a_restart_inside_for_costs_nothing(cortex: Cortex) -> None:
    await started(cortex, replace(RULE, for_seconds=60))
    await cortex.sample(temperature=91)
    await cortex.pass_time(30)
    await cortex.restart(29)
    assert cortex.titles() == [] and await cortex.told() == ["configured", "pending"]
    await cortex.pass_time(1)
    assert await cortex.settle() == ["hot: 1 firing"]


async def test_keep_firing_for_bridges_a_dip_and_a_restart(cortex: Cortex) -> None:
    await started(cortex, replace(RULE, keep_firing_seconds=60))
    await cortex.sample(temperature=91)
    await cortex.settle()
    await cortex.sample(temperature=80)
    await cortex.pass_time(30)
    await cortex.sample(temperature=91)
    await cortex.pass_time(40)
    await cortex.sample(temperature=80)
    await cortex.restart(59)
    assert await cortex.settle() == ["hot: 1 firing"]
    await cortex.pass_time(1)
    assert await cortex.settle() == ["hot: 1 firing", "hot: 1 resolved"]


async def test_a_burst_of_a_thousand_is_one_message(cortex: Cortex) -> None:
    await started(cortex)
    for number in range(1_000):
        cortex.intake.take(f"sensor-{number:03}", {"temperature": 91 + number}, cortex.clock.now())
    await cortex.look(full=False, tick=False)
    assert await cortex.settle() == ["hot: 1000 firing"]
    [(_, message)] = cortex.slack.taken
    assert message.body.endswith("and 980 more") and message.facts is not None
    assert len(message.facts["alerts"]) == 50 and message.facts["left_out"] == 950


async def test_groups_are_told_apart_and_not_more_often_than_they_may(cortex: Cortex) -> None:
    await started(cortex, replace(RULE, group_by=("component",), group_interval_seconds=30))
    for component_id in ("hub-001", "hub-002", "sync-001"):
        cortex.intake.take(component_id, {"temperature": 91}, cortex.clock.now())
    await cortex.look(full=False, tick=False)
    assert sorted(await cortex.settle()) == ["hot: 1 firing", "hot: 2 firing"]
    await cortex.sample("hub-003", temperature=91)
    await cortex.pass_time(28)
    assert len(await cortex.settle()) == 2
    await cortex.pass_time(2)
    assert len(await cortex.settle()) == 3


async def test_what_is_silenced_is_not_told_but_its_end_is_if_its_firing_was(cortex: Cortex) -> None:
    await started(cortex)
    await cortex.sample("hub-001", temperature=91)
    await cortex.settle()
    await cortex.silence(600, alert_name="hot")
    await cortex.pass_time(2)
    await cortex.sample("hub-002", temperature=91)
    assert await cortex.settle() == ["hot: 1 firing"]
    await cortex.sample("hub-001", temperature=1)
    await cortex.sample("hub-002", temperature=1)
    await cortex.pass_time(2)
    assert await cortex.settle() == ["hot: 1 firing", "hot: 1 resolved"]


async def test_what_still_fires_when_a_silence_ends_is_told_then(cortex: Cortex) -> None:
    await started(cortex)
    await cortex.silence(60, component="sherlock-*")
    await cortex.sample(temperature=91)
    assert await cortex.settle() == []
    await cortex.pass_time(80, step=5)
    assert await cortex.settle() == ["hot: 1 firing"]


async def test_nothing_is_told_in_a_mute_time_and_everything_after_it(cortex: Cortex) -> None:
    mute = MuteTime(tuple(range(7)), time(0), time(0, 1), "UTC")  # the clock begins at midnight
    await started(cortex, replace(RULE, mute_times=(mute,)))
    await cortex.sample("hub-001", temperature=91)
    assert await cortex.settle() == []
    await cortex.pass_time(80, step=5)
    assert await cortex.settle() == ["hot: 1 firing"]


async def test_a_dead_mans_switch_speaks_until_it_cannot(cortex: Cortex) -> None:
    await started(cortex, Rule("watchdog", "true", channels=("slack",), repeat_seconds=60))
    assert await cortex.settle() == ["watchdog: 1 firing"]
    await cortex.pass_time(61)
    await cortex.restart(60)
    assert await cortex.settle() == ["watchdog: 1 firing", *["watchdog: 1 still firing"] * 2]


async def test_a_component_that_is_missed_is_told_by_its_name(cortex: Cortex) -> None:
    rule = Rule("gone", "absent(requests_total[1m])", components=("sherlock-hub",), channels=("slack",))
    await started(cortex, replace(rule, group_interval_seconds=1))
    assert await cortex.settle() == [], "nobody has listened for long enough"
    await cortex.pass_time(60, step=5)
    assert await cortex.settle() == ["gone: 1 firing"], "it has never been heard of"
    await cortex.sample(requests_total=1)
    await cortex.pass_time(2)
    assert await cortex.settle() == ["gone: 1 firing", "gone: 1 resolved"]
    await cortex.pass_time(61)
    assert (await cortex.settle())[2:] == ["gone: 1 firing"]


async def test_the_absence_of_cortex_is_nobody_else_s(cortex: Cortex) -> None:
    await started(cortex)
    await cortex.configure(Rule("gone", "absent(temperature[1m])", components=("sherlock-hub",), channels=("slack",)))
    await cortex.sample(temperature=91)
    assert await cortex.settle() == ["hot: 1 firing"]
    await cortex.restart(0)
    cortex.clock.advance(STALE_SECONDS + 60)
    await cortex.restart(20)
    assert await cortex.settle() == ["hot: 1 firing"], "it was off itself: nothing has ended and nobody is missed"
    await cortex.sample(temperature=92)
    await cortex.pass_time(50, step=5)
    await cortex.sample(temperature=80)
    assert await cortex.settle() == ["hot: 1 firing", "hot: 1 resolved"]


async def test_alerts_of_one_component_are_told_apart_by_labels(cortex: Cortex) -> None:
    await started(cortex, replace(RULE, by=("room",)))
    for room, degrees in (("a", 91), ("b", 92), ("c", 1)):
        cortex.intake.put("hub-001", {"temperature": degrees}, (("room", room),), cortex.clock.now())
    await cortex.look(full=False, tick=False)
    assert await cortex.settle() == ["hot: 2 firing"]
    assert "room=b" in cortex.slack.taken[0][1].body


async def test_no_data_ends_an_alert(cortex: Cortex) -> None:
    await started(cortex)
    await cortex.sample(temperature=91)
    await cortex.settle()
    await cortex.pass_time(STALE_SECONDS + 20, step=10)
    assert await cortex.settle() == ["hot: 1 firing", "hot: 1 resolved"]


async def test_a_rule_that_is_removed_ends_what_it_raised(cortex: Cortex) -> None:
    await started(cortex)
    await cortex.sample(temperature=91)
    await cortex.settle()
    await cortex.remove("hot")
    await cortex.pass_time(31, step=5)
    assert await cortex.settle() == ["hot: 1 firing", "hot: 1 resolved"]


async def test_a_channel_that_says_when_is_asked_then_and_not_before(cortex: Cortex) -> None:
    await started(cortex)
    cortex.slack.failing = ChannelFailed("it answered 429", retry_after_seconds=120)
    await cortex.sample("hub-001", temperature=91)
    await cortex.settle()
    cortex.slack.failing = None
    await cortex.pass_time(2)
    await cortex.sample("hub-002", temperature=91)
    assert await cortex.settle() == [], "the whole channel is left in peace"
    async with cortex.database.reading() as connection:
        [channel] = await list_channels(connection)
    assert channel.held_until is not None and channel.waiting == 2 and channel.last_reason == "it answered 429"
    cortex.clock.advance(120)
    assert await cortex.settle() == ["hot: 1 firing", "hot: 1 firing"]


Acts = st.lists(
    st.one_of(
        st.tuples(st.just("sample"), st.sampled_from(["hub-001", "hub-002"]), st.sampled_from([80.0, 95.0])),
        st.tuples(st.just("wait"), st.integers(1, 40)),
        st.tuples(st.just("restart"), st.integers(0, 20)),
        st.tuples(st.just("crash"), st.integers(0, 20)),
        st.tuples(st.just("silence"), st.integers(1, 30)),
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=Acts, keep=st.sampled_from([0.0, 10.0]), wait=st.sampled_from([0.0, 10.0]))
async def test_no_firing_is_told_twice_and_no_end_is_forgotten_across_restarts(
    cortex: Cortex, acts: list[tuple[object, ...]], keep: float, wait: float
) -> None:
    rule = replace(RULE, for_seconds=wait, keep_firing_seconds=keep)
    cortex.slack.taken.clear()
    cortex.begin()
    await started(cortex, rule)
    for act, *rest in acts:
        if act == "sample":
            await cortex.sample(str(rest[0]), temperature=float(str(rest[1])))
        elif act == "wait":
            await cortex.pass_time(float(str(rest[0])), step=5)
        elif act == "silence":
            await cortex.silence(float(str(rest[0])), component_id="hub-001")
        else:
            await cortex.restart(float(str(rest[0])), written=act == "restart")
    cortex.clock.advance(LEASE.total_seconds())
    await cortex.pass_time(STALE_SECONDS + 40, step=20)
    await cortex.settle()
    fired, ended = [], []
    for _, message in cortex.slack.taken:
        assert message.facts is not None
        for alert in message.facts["alerts"]:
            (fired if alert["state"] == "firing" else ended).append(alert["alert_id"])
    assert len(fired) == len(set(fired)), "told twice"
    assert sorted(fired) == sorted(ended), "an end was forgotten, or told without its beginning"
