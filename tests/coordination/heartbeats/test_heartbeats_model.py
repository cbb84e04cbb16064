"""States and moves are a list, and every pair of them is walked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from harmony.coordination.heartbeats.model import (
    EVENTS,
    FALL_PENALTY,
    MOVES,
    PENALTY_HALF_LIFE_SECONDS,
    PENALTY_LIMIT,
    RECOVERY_BEATS,
    RECOVERY_SECONDS,
    STATES,
    STATUS_OF,
    STATUSES,
    Beat,
    Event,
    Lease,
    State,
    after_beat,
    after_silence,
    faded,
    granted,
    patience,
    story,
)
from harmony.coordination.registry.model import Component
from harmony.messages.coordination import ComponentDegraded, ComponentOffline, ComponentRecovered

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
RANK = {"healthy": 0, "degraded": 1, "offline": 2}
GOOD, BAD = Beat("sherlock-hub-001"), Beat("sherlock-hub-001", "tired")
HUB = Component("sherlock-hub-001", "sherlock-hub", "1", "127.0.0.1", 1, (), None, 5, "local", True, 1, NOON)


def lease_in(state: State) -> Lease:
    return Lease(
        component_id="sherlock-hub-001",
        holder="local",
        state=state,
        reported_status="healthy",
        interval_seconds=5,
        last_beat_at=NOON,
        since=NOON,
        expires_at=None if state == "offline" else NOON + patience(5),
        metrics={},
        trace="a" * 32,
    )


def after(lease: Lease, event: Event) -> State:
    damped = replace(lease, damped_until=NOON + timedelta(hours=1))
    match event:
        case "registration":
            return granted(HUB, lease, NOON, "t").state
        case "damped registration":
            return granted(HUB, damped, NOON, "t").state
        case "good beat":
            return after_beat(lease, GOOD, NOON).state
        case "good streak":
            return after_beat(replace(lease, good_beats=RECOVERY_BEATS - 1), GOOD, NOON).state
        case "bad beat":
            return after_beat(lease, BAD, NOON).state
        case "silence":
            return after_silence(lease, NOON).state


def test_every_state_has_a_status_and_every_status_a_state() -> None:
    assert set(STATUS_OF) == set(STATES)
    assert set(STATUS_OF.values()) == set(STATUSES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", EVENTS)
def test_every_pair_of_state_and_event_moves_as_listed_or_is_impossible(state: State, event: Event) -> None:
    target = MOVES.get((state, event))
    if target is not None:
        assert after(lease_in(state), event) == target
    elif event == "good streak":
        assert after(lease_in(state), event) == MOVES[state, "good beat"], "a streak is counted in recovering only"
    else:
        assert (state, event) == ("offline", "silence"), "only who is offline cannot fall silent"
        with pytest.raises(KeyError):
            after(lease_in(state), event)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("target", STATES)
def test_every_pair_of_states_tells_its_move_once_and_truly(state: State, target: State) -> None:
    told = story("sherlock-hub-001", state, target)
    if state == target or (target == "recovering" and STATUS_OF[state] == "degraded"):
        assert told is None
        return
    kind = {"healthy": ComponentRecovered, "offline": ComponentOffline}.get(target, ComponentDegraded)
    assert isinstance(told, kind)
    assert told.payload()["previous"] == STATUS_OF[state]
    assert told.payload()["component"] == "sherlock-hub"
    if isinstance(told, ComponentDegraded):
        assert told.cause == {"missing": "missed", "ailing": "reported", "recovering": "recovering"}[target]


def test_a_crash_is_told_as_one() -> None:
    told = story("sherlock-hub-001", "healthy", "missing", crashed=True)
    assert isinstance(told, ComponentDegraded)
    assert told.cause == "crashed"


def test_silence_never_makes_a_component_look_better() -> None:
    for (state, event), target in MOVES.items():
        if event == "silence":
            assert RANK[STATUS_OF[target]] >= RANK[STATUS_OF[state]]


@pytest.mark.parametrize("interval_seconds", [1, 5, 30])
def test_a_beat_gives_three_intervals_of_patience(interval_seconds: int) -> None:
    lease = after_beat(replace(lease_in("healthy"), interval_seconds=interval_seconds), GOOD, NOON)
    assert lease.expires_at == NOON + timedelta(seconds=3 * interval_seconds)


def test_recovery_has_its_full_time_from_the_moment_it_was_told() -> None:
    late = NOON + timedelta(hours=1)
    missing = after_silence(lease_in("healthy"), late)
    assert missing.expires_at == late + timedelta(seconds=RECOVERY_SECONDS)
    offline = after_silence(missing, late + timedelta(seconds=RECOVERY_SECONDS))
    assert (offline.status, offline.expires_at) == ("offline", None)


def test_a_clock_that_goes_back_never_shortens_a_lease() -> None:
    lease = after_beat(lease_in("healthy"), GOOD, NOON - timedelta(hours=1))
    assert (lease.last_beat_at, lease.expires_at) == (NOON, NOON + patience(5))


def test_a_penalty_halves_with_its_half_life_and_has_a_limit() -> None:
    fallen = after_silence(lease_in("healthy"), NOON)
    assert faded(fallen, NOON) == FALL_PENALTY
    assert faded(fallen, NOON + timedelta(seconds=PENALTY_HALF_LIFE_SECONDS)) == FALL_PENALTY / 2
    assert faded(lease_in("healthy"), NOON) == 0
    for _ in range(50):
        fallen = after_silence(replace(fallen, state="healthy"), NOON)
    assert fallen.penalty == PENALTY_LIMIT
    assert fallen.damped_until == NOON + timedelta(seconds=3 * PENALTY_HALF_LIFE_SECONDS)


def test_going_offline_after_a_fall_is_not_a_second_fall() -> None:
    missing = after_silence(lease_in("healthy"), NOON)
    assert after_silence(missing, NOON).penalty == missing.penalty
