"""Somebody is available by their own clock, in their own zone, also across midnight and a change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from harmony.assist.experts.model import Availability, Skill, Slot, Standing, next_opening, presence

NEW_YORK = Availability("America/New_York", (Slot("Monday", time(9), time(17)),))
NIGHT = Availability("Europe/Madrid", (Slot("Friday", time(22), time(2)),))


@pytest.mark.parametrize(
    ("availability", "now", "expected"),
    [
        (NEW_YORK, datetime(2026, 1, 5, 13, 59, tzinfo=UTC), "away"),
        (NEW_YORK, datetime(2026, 1, 5, 14, 0, tzinfo=UTC), "available"),
        (NEW_YORK, datetime(2026, 1, 5, 21, 59, tzinfo=UTC), "available"),
        (NEW_YORK, datetime(2026, 1, 5, 22, 0, tzinfo=UTC), "away"),
        # In summer the same wall clock is an hour earlier in UTC.
        (NEW_YORK, datetime(2026, 7, 6, 13, 0, tzinfo=UTC), "available"),
        (NIGHT, datetime(2026, 1, 2, 20, 59, tzinfo=UTC), "away"),
        (NIGHT, datetime(2026, 1, 2, 21, 0, tzinfo=UTC), "available"),
        (NIGHT, datetime(2026, 1, 3, 0, 59, tzinfo=UTC), "available"),
        (NIGHT, datetime(2026, 1, 3, 1, 0, tzinfo=UTC), "away"),
        (Availability(), datetime(2026, 1, 3, 4, 0, tzinfo=UTC), "available"),
    ],
)
def test_presence_follows_the_wall_clock(availability: Availability, now: datetime, expected: str) -> None:
    assert presence(availability, now) == expected


def test_the_next_opening_is_found_within_the_week() -> None:
    tuesday = datetime(2026, 1, 6, 12, tzinfo=UTC)
    assert next_opening(NEW_YORK, tuesday) == datetime(2026, 1, 12, 14, tzinfo=UTC)
    assert next_opening(Availability(), tuesday) == tuesday


def test_years_beyond_those_that_count_add_nothing() -> None:
    assert Skill("python", "Python", "Expert", 8).strength == Skill("python", "Python", "Expert", 40).strength == 100
    assert Skill("python", "Python", "Beginner", 0).strength < Skill("python", "Python", "Expert", 0).strength


def test_a_newcomer_counts_as_middling_and_many_ratings_outweigh_that() -> None:
    assert Standing().score_tenths == 35
    assert Standing(1, 5).score_tenths == 38
    assert Standing(1_000, 5_000).score_tenths == 50
    assert Standing(1_000, 1_000).score_tenths == 10
