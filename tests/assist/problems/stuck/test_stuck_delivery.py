from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assist.problems.stuck.runs import standing, step

from harmony.assist.problems.stuck.delivery import Mode, charged, confirmed, due, filled, opened
from harmony.assist.problems.stuck.model import Level, Remedy

START = datetime(2031, 1, 1, tzinfo=UTC)
ALARM = standing(step("ls", "x") * 4)
NUDGE = standing(step("ls", "x") * 3)


def test_an_alarm_beyond_the_budget_becomes_a_nudge() -> None:
    budget = opened(START, a_day=1, capacity=2)
    levels = []
    for _ in range(3):
        said, budget = charged(budget, ALARM, START)
        levels.append((said.level, said.remedy))
    assert levels[:2] == [(Level.ALARM, Remedy.KNOWN_SOLUTIONS)] * 2
    assert levels[2] == (Level.NUDGE, Remedy.NUDGE)


def test_nudges_cost_nothing() -> None:
    budget = opened(START)
    assert charged(budget, NUDGE, START) == (NUDGE, budget)


def test_tokens_come_back_by_the_day_and_up_to_the_capacity() -> None:
    empty = replace(opened(START, a_day=1, capacity=2), tokens=0.0)
    assert filled(empty, START + timedelta(hours=12)).tokens == 0.5
    assert filled(empty, START + timedelta(days=30)).tokens == 2


def test_a_confirmed_alarm_gives_its_token_back() -> None:
    _, budget = charged(opened(START, capacity=1), ALARM, START)
    assert charged(budget, ALARM, START)[0].level is Level.NUDGE
    assert charged(confirmed(budget, START), ALARM, START)[0].level is Level.ALARM


def test_a_clock_that_goes_back_gives_and_takes_nothing() -> None:
    budget = replace(opened(START), tokens=1.0)
    assert filled(budget, START - timedelta(days=3)) == budget


@given(
    st.floats(0.1, 5),
    st.integers(1, 5),
    st.lists(st.tuples(st.integers(0, 3 * 24 * 60), st.booleans()), max_size=60),
)
def test_whatever_the_stream_the_budget_holds(a_day: float, capacity: int, stream: list[tuple[int, bool]]) -> None:
    now, unconfirmed = START, 0
    budget = opened(START, a_day=a_day, capacity=capacity)
    for minutes, right in stream:
        now += timedelta(minutes=minutes)
        said, budget = charged(budget, ALARM, now)
        if said.level is Level.ALARM:
            unconfirmed += 1
            if right:
                budget, unconfirmed = confirmed(budget, now), unconfirmed - 1
        assert unconfirmed <= capacity + a_day * ((now - START) / timedelta(days=1)) + 1e-6


@pytest.mark.parametrize(
    ("mode", "asked", "hours", "told"),
    [
        (Mode.PROACTIVE, False, 0, True),
        (Mode.ON_DEMAND, False, 900, False),
        (Mode.ON_DEMAND, True, 0, True),
        (Mode.SCHEDULED, False, 23, False),
        (Mode.SCHEDULED, False, 24, True),
        (Mode.SCHEDULED, True, 0, True),
    ],
)
def test_modes_decide_when_findings_are_told(mode: Mode, asked: bool, hours: int, told: bool) -> None:
    assert due(mode, asked=asked, last=START, now=START + timedelta(hours=hours)) is told
