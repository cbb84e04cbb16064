"""The states of alerts, mute times, silences, and what a summary may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.coordination.alerts.rules import (
    MOVES,
    STATES,
    Alert,
    Match,
    MuteTime,
    Place,
    Rule,
    Silence,
    inhibited,
    labels_of,
    moved,
    raised,
    summary_of,
    unknown_places,
)

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)  # a Thursday
RULE = Rule("high-error-rate", "errors_per_minute > 5", for_seconds=30, keep_firing_seconds=60)
PLACE = Place(RULE.name, "sherlock-hub-001")


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_every_pair_of_states_is_a_listed_move_or_does_not_happen() -> None:
    reached = set()
    for state in STATES:
        for truth in (True, False):
            for seconds in (0.0, 29.0, 30.0, 61.0, 1_000.0):
                for false_since in (None, NOW):
                    alert = replace(raised("alert-1", PLACE, RULE, 6.0, NOW, ""), state=state, false_since=false_since)
                    became = moved(alert, truth, RULE, after(seconds)).state
                    if became != state:
                        reached.add((state, became))
    reached |= {(None, raised("a", PLACE, rule, 1.0, NOW, "").state) for rule in (RULE, replace(RULE, for_seconds=0))}
    assert reached == MOVES


def test_it_fires_after_its_time_and_goes_on_for_its_time() -> None:
    alert = raised("alert-1", PLACE, RULE, 6.0, NOW, "")
    assert alert.state == "pending"
    assert moved(alert, True, RULE, after(29.9)) is alert
    alert = moved(alert, True, RULE, after(30))
    assert (alert.state, alert.fired_at) == ("firing", after(30))
    alert = moved(alert, False, RULE, after(40))
    assert (alert.state, alert.false_since) == ("firing", after(40))
    assert moved(alert, True, RULE, after(50)).false_since is None
    assert moved(alert, False, RULE, after(99)).state == "firing"
    assert moved(alert, False, RULE, after(100)).state == "resolved"


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=30))
def test_whatever_happens_an_alert_ends_once_and_for_good(story: list[tuple[int, bool]]) -> None:
    alert: Alert = raised("alert-1", PLACE, RULE, 6.0, NOW, "")
    now, ended = NOW, None
    for seconds, truth in story:
        now += timedelta(seconds=seconds)
        alert = moved(alert, truth, RULE, now)
        ended = ended or alert.ended_at
        assert alert.ended_at == ended and (ended is None) == (alert.state in ("pending", "firing"))


@pytest.mark.parametrize(
    ("at", "muted"),
    [
        (datetime(2026, 1, 1, 20, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 1, 21, 0, tzinfo=UTC), True),
        (datetime(2026, 1, 2, 4, 59, tzinfo=UTC), True),
        (datetime(2026, 1, 2, 5, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 2, 22, 0, tzinfo=UTC), False),
    ],
)
def test_a_mute_time_goes_over_midnight_in_its_own_zone(at: datetime, muted: bool) -> None:
    thursday_night = MuteTime((3,), time(22), time(6), "Europe/Berlin")
    assert replace(RULE, mute_times=(thursday_night,)).is_muted(at) is muted


def test_a_silence_covers_what_matches_while_it_stands() -> None:
    matches = (Match("alert_name", "high-error-rate"), Match("component", "sherlock-*"))
    silence = Silence("silence-1", matches, NOW, after(60), "work", "operator")
    labels = labels_of(RULE, PLACE)
    assert silence.covers(labels, NOW) and not silence.covers(labels, after(60))
    assert not silence.covers({**labels, "component": "echo-git-sync"}, NOW)


def test_who_is_offline_goes_without_saying_degraded() -> None:
    def of(name: str, component_id: str) -> dict[str, str]:
        return {"alert_name": name, "component_id": component_id}

    offline = [of("component-offline", "hub-001")]
    assert inhibited(of("component-degraded", "hub-001"), offline)
    assert not inhibited(of("component-degraded", "hub-002"), offline)
    assert not inhibited(of("component-offline", "hub-001"), offline)
    assert inhibited(of("component-offline", "hub-001"), [of("conductor-doubts-itself", "conductor")])


def test_a_summary_says_its_words_and_runs_nothing() -> None:
    rule = replace(RULE, summary="{component_id}: {value} {labels.queue} {value.__class__} {0} %s {{value}}")
    labels = {**labels_of(rule, PLACE), "queue": "{value}"}
    text = summary_of(rule, PLACE, labels, 6.5)
    assert text == "sherlock-hub-001: 6.5 {value}  {0} %s {6.5}"
    assert unknown_places("{value} {nothing} {labels.x}") == ["nothing"]
