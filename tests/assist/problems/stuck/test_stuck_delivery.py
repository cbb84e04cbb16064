from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assist.problems.stuck.runs import standing, step, user

from harmony.assist.problems.stuck.delivery import (
    ALARMS_A_WINDOW_LIMIT,
    STRIKES_LIMIT,
    WINDOW,
    AlarmBudget,
    allowed,
    calibrated,
    charged,
    confirmed,
    next_rung,
    quietened,
    struck,
)
from harmony.assist.problems.stuck.model import Level, Remedy

START = datetime(2031, 1, 1, tzinfo=UTC)
ALARM = standing(step("ls", "x") * 4)
LONG = standing(step("ls", "x") * 9)
OBSTACLE = standing(step("deploy", "permission denied", True) * 4)


def test_a_window_holds_as_many_alarms_as_are_allowed_and_not_one_more() -> None:
    budget: AlarmBudget | None = AlarmBudget(limit=2)
    for _ in range(2):
        assert budget is not None
        budget = charged(budget, START)
    assert budget is not None
    assert charged(budget, START + WINDOW - timedelta(microseconds=1)) is None
    assert charged(budget, START + WINDOW) is not None


def test_who_allows_none_hears_none() -> None:
    assert charged(AlarmBudget(limit=0), START) is None
    assert charged(struck(AlarmBudget(limit=0)), START) is None


def test_an_alarm_beyond_the_budget_becomes_a_nudge() -> None:
    said = quietened(ALARM)
    assert (said.level, said.remedy, said.lines) == (Level.NUDGE, Remedy.NUDGE, ALARM.lines)


@pytest.mark.parametrize(
    ("limit", "strikes", "count", "windows"),
    [(3, 0, 3, 1), (3, 1, 1, 1), (3, 2, 1, 2), (8, 2, 2, 1), (8, 4, 1, 2), (1, 1, 1, 2), (1, STRIKES_LIMIT, 1, 64)],
)
def test_each_no_problem_halves_what_is_allowed(limit: int, strikes: int, count: int, windows: int) -> None:
    assert allowed(AlarmBudget(limit, strikes=strikes)) == (count, WINDOW * windows)


def test_a_strike_is_taken_back_by_a_right_alarm_which_does_not_count() -> None:
    budget = charged(AlarmBudget(limit=1, strikes=1), START)
    assert budget is not None
    assert charged(budget, START) is None
    cleared = confirmed(budget, START)
    assert (cleared.strikes, cleared.sounded) == (0, ())
    assert charged(cleared, START) is not None


def test_strikes_end_somewhere() -> None:
    budget = AlarmBudget()
    for _ in range(STRIKES_LIMIT + 5):
        budget = struck(budget)
    assert budget.strikes == STRIKES_LIMIT


def test_a_clock_that_goes_back_gives_nothing() -> None:
    budget = charged(AlarmBudget(limit=1), START)
    assert budget is not None
    assert charged(budget, START - timedelta(days=300)) is None


@given(
    st.integers(0, ALARMS_A_WINDOW_LIMIT),
    st.lists(st.tuples(st.integers(0, 2 * 24 * 60), st.sampled_from(["right", "wrong", "silent"])), max_size=80),
)
def test_whatever_the_stream_no_window_holds_more_unconfirmed_alarms_than_allowed(
    limit: int, stream: list[tuple[int, str]]
) -> None:
    now, budget = START, AlarmBudget(limit)
    unconfirmed: list[datetime] = []
    for minutes, answer in stream:
        now += timedelta(minutes=minutes)
        spent = charged(budget, now)
        if spent is None:
            continue
        budget = spent
        if answer == "right":
            budget = confirmed(budget, now)
            continue
        unconfirmed.append(now)
        if answer == "wrong":
            budget = struck(budget)
        assert sum(now - at < WINDOW for at in unconfirmed) <= limit


def test_a_nudge_comes_first_known_solutions_second_and_a_person_third() -> None:
    rungs, rung = [], 0
    for _ in range(4):
        rung = next_rung(LONG, rung)
        rungs.append(rung)
    assert rungs == [1, 2, 3, 3]
    assert LONG.remedy is Remedy.PERSON


def test_a_weak_finding_never_leads_to_a_person_and_never_back() -> None:
    nudge = standing(step("ls", "x") * 3)
    assert [next_rung(nudge, before) for before in (0, 1, 2, 3)] == [1, 1, 2, 3]


def test_past_an_obstacle_no_solution_is_tried_between_the_nudge_and_the_person() -> None:
    assert OBSTACLE.obstacle
    assert not OBSTACLE.surmountable
    assert [next_rung(OBSTACLE, 0), next_rung(OBSTACLE, 1)] == [1, 3]


def test_who_asks_is_not_held_back() -> None:
    assert next_rung(standing([user("please let me talk to a human")]), 0) == 3
    assert next_rung(standing([user("I am completely stuck")]), 0) == 2


def test_the_users_own_answers_move_the_confidence() -> None:
    assert calibrated(ALARM, 0, 0) == ALARM.confidence
    assert calibrated(ALARM, 0, 5) < ALARM.confidence < calibrated(ALARM, 30, 0)


@given(st.integers(0, 1000), st.integers(0, 1000), st.floats(0, 1))
def test_a_confidence_stays_a_share(right: int, wrong: int, confidence: float) -> None:
    assert 0.0 <= calibrated(replace(ALARM, confidence=confidence), right, wrong) <= 1.0
