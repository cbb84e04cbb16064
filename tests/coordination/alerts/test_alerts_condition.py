"""The language of conditions: what it says, where it refuses, and that nothing hostile costs anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.coordination.alerts.condition import (
    CONDITION_LIMIT_CHARACTERS,
    DEPTH_LIMIT,
    NODES_LIMIT,
    looked_at,
    parse,
)
from harmony.coordination.alerts.errors import ConditionUnfit
from harmony.coordination.alerts.evaluation import View, holds, shown_value
from harmony.coordination.metrics.intake import Track
from harmony.coordination.metrics.model import STALE_SECONDS, Labels

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def track(*values: float, every: float = 5.0) -> Track:
    """Samples that end now."""
    found = Track()
    for place, value in enumerate(values):
        found.add(NOW - timedelta(seconds=every * (len(values) - 1 - place)), value, NOW - timedelta(days=1))
    return found


TRACKS: dict[tuple[str, Labels], Track] = {
    ("errors", ()): track(*range(0, 130, 10)),
    ("latency_ms", ()): track(10, 20, 30, 40, 50),
    ("load", ()): track(0.5),
    ("requests_total", (("path", "/a"),)): track(0, 30),
    ("requests_total", (("path", "/b"),)): track(0, 60),
}


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("load > 0.4", True),
        ("load > 0.5", False),
        ("load >= 0.5 and not load > 0.5", True),
        ("0.5 == load", True),
        ("load != 0.5 or latency_ms == 50", True),
        ("errors_per_minute > 119", True),
        ("errors_per_minute > 120", False),
        ("rate(errors[1m]) == 2", True),
        ("increase(errors[30s]) >= 60", True),
        ("avg(latency_ms[1m]) == 30 and min(latency_ms[1m]) == 10 and max(latency_ms[1m]) == 50", True),
        ("sum(latency_ms[1m]) == 150 and count(latency_ms[1m]) == 5", True),
        ("p50(latency_ms[1m]) == 30 and quantile(0.25, latency_ms[1m]) == 20", True),
        ('increase(requests_total{path="/a"}[1m]) == 30', True),
        ('increase(requests_total{path!="/a"}[1m]) == 60', True),
        ("increase(requests_total[1m]) == 90", True),
        ("absent(nothing)", True),
        ("absent(load)", False),
        ("age(load) < 1", True),
        ("(load + 1) * 2 - 1 == 2 and -load < 0 and load / 0.5 == 1", True),
        ("load / 0 > 1", None),
        ("nothing > 5", None),
        ("nothing > 5 or load > 0.4", True),
        ("nothing > 5 and load > 0.5", False),
        ("not nothing > 5", None),
        ("rate(load[1m]) > 0", None),
        ("true", True),
        ("true and false", False),
    ],
)
def test_what_a_condition_says(condition: str, truth: bool | None) -> None:
    assert holds(parse(condition), View(TRACKS, NOW)) is truth


def test_a_value_that_is_stale_says_nothing() -> None:
    later = NOW + timedelta(seconds=STALE_SECONDS)
    assert holds(parse("load > 0.4"), View(TRACKS, later)) is None
    assert holds(parse("absent(load)"), View(TRACKS, later)) is True


def test_an_alert_is_told_with_what_was_measured() -> None:
    assert shown_value(parse("true and 5 < latency_ms"), View(TRACKS, NOW)) == 50
    assert shown_value(parse("absent(load)"), View(TRACKS, NOW)) is None


@pytest.mark.parametrize(
    ("condition", "column"),
    [
        ("", 1),
        ("errors >", 9),
        ("errors > > 5", 10),
        ("errors = 5", 8),
        ("errors", 6),
        ("5 + (1 > 2)", 5),
        ("1 < 2 < 3", 7),
        ("not 5", 1),
        ("errors > 5 and", 15),
        ("errors > 5 errors", 12),
        ("(errors > 5", 12),
        ("errors[5m] > 5", 1),
        ("rate(errors[5]) > 1", 12),
        ("rate(errors[2h]) > 1", 12),
        ("rate(5) > 1", 6),
        ("eval(errors) > 1", 1),
        ("quantile(1.5, errors) > 1", 10),
        ("errors{a=1} > 1", 10),
        ('errors{a="1" > 1', 14),
        ("__import__('os')", 1),
        ("errors > 5; drop", 11),
        ("errors.__class__ > \x00", 20),
        ("and > 5", 1),
    ],
)
def test_a_refusal_points_at_the_column(condition: str, column: int) -> None:
    with pytest.raises(ConditionUnfit) as refused:
        parse(condition)
    assert refused.value.details["column"] == column and refused.value.field == "condition"


def test_depth_size_and_length_are_bounded() -> None:
    assert parse("(" * DEPTH_LIMIT + "a > 1" + ")" * DEPTH_LIMIT)
    hostile = [
        "(" * (DEPTH_LIMIT + 1) + "a > 1" + ")" * (DEPTH_LIMIT + 1),
        "not " * (DEPTH_LIMIT + 1) + "a > 1",
        "a > " + "-" * (DEPTH_LIMIT + 1) + "1",
        "a > " + "+".join(["1"] * NODES_LIMIT),
        "a" * (CONDITION_LIMIT_CHARACTERS + 1),
        "a" * 65 + " > 1",
    ]
    for condition in hostile:
        with pytest.raises(ConditionUnfit):
            parse(condition)


def test_what_is_looked_at_is_known_beforehand() -> None:
    assert looked_at(parse("errors_per_minute > 5 and rate(requests_total[10m]) > 1")) == {
        "errors_per_minute": STALE_SECONDS,
        "errors": 60.0,
        "errors_total": 60.0,
        "requests_total": 600.0,
    }


WORDS = (
    "errors",
    "rate",
    "(",
    ")",
    "[5m]",
    "{",
    "}",
    ">",
    "and",
    "or",
    "not",
    "5",
    "-",
    "/",
    "true",
    ",",
    "0.5",
    '"a"',
)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
def test_any_text_is_a_condition_or_is_refused_by_name(text: str) -> None:
    try:
        node = parse(text)
    except ConditionUnfit as refused:
        column = refused.details["column"]
        assert isinstance(column, int) and 1 <= column <= len(text) + 1
    else:
        assert holds(node, View(TRACKS, NOW)) in (True, False, None)
