"""States and moves are a list, and every pair of them is walked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from harmony.coordination.heartbeats.model import (
    EVENTS,
    MOVES,
    RECOVERY_SECONDS,
    STATES,
    STATUS_OF,
    STATUSES,
    Event,
    Lease,
    State,
    after_beat,
    after_silence,
    patience,
    story,
)
from harmony.messages.coordination import ComponentDegraded, ComponentOffline, ComponentRecovered

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
RANK = {"healthy": 0, "degraded": 1, "offline": 2}


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


def test_every_state_has_a_status_and_every_status_a_state() -> None:
    assert set(STATUS_OF) == set(STATES)
    assert set(STATUS_OF.values()) == set(STATUSES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", EVENTS)
def test_every_pair_of_state_and_event_moves_as_listed_or_is_impossible(state: State, event: Event) -> None:
    lease, target = lease_in(state), MOVES.get((state, event))
    if event == "silence":
        moved = after_silence(lease, NOON + patience(5))
        assert (moved.state if moved != lease else None) == target
        assert (target is None) == (state == "offline"), "only who is offline cannot fall silent"
    elif event == "registration":
        assert target == "healthy"
    else:
        assert after_beat("healthy" if event == "good beat" else "tired") == target


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("target", STATES)
def test_every_pair_of_states_tells_its_move_once_and_truly(state: State, target: State) -> None:
    told = story("sherlock-hub-001", state, target)
    kind = {"healthy": ComponentRecovered, "offline": ComponentOffline}.get(target, ComponentDegraded)
    if state == target:
        assert told is None
        return
    assert isinstance(told, kind)
    assert told.payload()["previous"] == STATUS_OF[state]
    assert told.payload()["component"] == "sherlock-hub"
    if isinstance(told, ComponentDegraded):
        assert told.cause == ("missed" if target == "missing" else "reported")


def test_silence_never_makes_a_component_look_better() -> None:
    for (state, event), target in MOVES.items():
        if event == "silence":
            assert RANK[STATUS_OF[target]] >= RANK[STATUS_OF[state]]


@pytest.mark.parametrize("interval_seconds", [1, 5, 30])
def test_the_third_missed_beat_degrades_and_not_a_moment_before(interval_seconds: int) -> None:
    lease = replace(
        lease_in("healthy"), interval_seconds=interval_seconds, expires_at=NOON + patience(interval_seconds)
    )
    third = NOON + timedelta(seconds=3 * interval_seconds)
    assert after_silence(lease, third - timedelta(microseconds=1)) == lease
    assert after_silence(lease, third).status == "degraded"


def test_recovery_has_its_full_time_from_the_moment_it_was_told() -> None:
    late = NOON + timedelta(hours=1)
    missing = after_silence(lease_in("healthy"), late)
    assert missing.expires_at == late + timedelta(seconds=RECOVERY_SECONDS)
    assert after_silence(missing, late + timedelta(seconds=RECOVERY_SECONDS, microseconds=-1)) == missing
    offline = after_silence(missing, late + timedelta(seconds=RECOVERY_SECONDS))
    assert (offline.status, offline.expires_at) == ("offline", None)
