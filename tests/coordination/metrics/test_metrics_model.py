"""What is calculated of samples, and the bounds of what a component may send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.adapters.bus.bells import Bells
from harmony.coordination.metrics.exposition import form_of, text
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.model import (
    POINTS_AIM,
    SAMPLES_BURST,
    SERIES_LIMIT,
    Key,
    Latest,
    component_of,
    fitting_step,
    increase,
    quantile,
)
from harmony.kernel.clock import VirtualClock

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Values = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


@given(Values)
def test_a_quantile_lies_between_the_least_and_the_most_and_the_half_is_the_middle(values: list[float]) -> None:
    found = quantile(0.95, values)
    assert found is not None and min(values) <= found <= max(values)
    assert quantile(0, values) == min(values) and quantile(1, values) == max(values)


@given(st.lists(st.integers(0, 1_000), min_size=2, max_size=40))
def test_an_increase_sees_through_resets(steps: list[int]) -> None:
    counter, values = 0, [0.0]
    for step in steps:
        counter = 0 if step > 900 else counter
        counter += step
        values.append(float(counter))
    assert increase(values) == sum(b - a if b >= a else b for a, b in pairwise(values))
    assert increase(values[:1]) is None


@given(st.integers(1, 400 * 86_400))
def test_a_range_without_a_step_is_drawn_in_few_points(seconds: int) -> None:
    assert seconds / fitting_step(timedelta(seconds=seconds)) <= POINTS_AIM


def test_the_name_of_a_component_is_what_its_id_begins_with() -> None:
    assert component_of("sherlock-hub-001") == "sherlock-hub"
    assert component_of("conductor") == "conductor"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "json"),
        ("*/*", "json"),
        ("application/json, text/plain;q=0.9", "json"),
        ("text/plain", "plain"),
        ("text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "plain"),
        ("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2,*/*;q=0.1", "openmetrics"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("text/plain;q=nonsense", "json"),
    ],
)
def test_json_unless_a_text_is_asked_for(accept: str | None, form: str) -> None:
    assert form_of(accept) == form


def test_hostile_label_values_cannot_break_out_of_the_text() -> None:
    labels = (("path", 'a"} 1\nup{x="\\'),)
    found = [Latest(Key("hub-001", "requests_total", labels), "hub", NOW, 3.0)]
    content, _ = text(found, "plain")
    lines = [line for line in content.decode().splitlines() if not line.startswith("#")]
    assert lines == ['requests_total{component="hub",component_id="hub-001",path="a\\"} 1\\nup{x=\\"\\\\"} 3.0']
    assert text(found, "openmetrics")[0].endswith(b"# EOF\n")


def test_names_that_differ_only_outside_the_grammar_do_not_appear_twice() -> None:
    found = [Latest(Key("hub-001", name), "hub", NOW, 1.0) for name in ("a.b", "a_b", "a/b_total")]
    lines = [line for line in text(found, "plain")[0].decode().splitlines() if not line.startswith("#")]
    assert len(lines) == 2


def intake(clock: VirtualClock) -> Intake:
    return Intake(Bells(), clock.monotonic)


def test_a_flood_of_one_component_costs_only_that_component_its_samples() -> None:
    clock = VirtualClock()
    found = intake(clock)
    numbers = {f"metric_{number}": 1.0 for number in range(64)}
    for _ in range(200):
        found.take("flood-001", numbers, clock.now())
    found.take("quiet-001", numbers, clock.now())
    assert found.fresh() == {"flood-001", "quiet-001"}
    taken = [sample for sample in found.pending if sample.key.component_id == "flood-001"]
    assert len(taken) <= SAMPLES_BURST and found.dropped("flood-001") == 200 * 64 - len(taken)
    assert len(found.pending) - len(taken) == 64 and found.dropped("quiet-001") == 0


def test_the_series_of_a_component_are_bounded() -> None:
    clock = VirtualClock()
    found = intake(clock)
    for number in range(SERIES_LIMIT + 10):
        found.put("hub-001", {f"metric_{number}": 1}, (), clock.now())
    found.absorb()
    assert len(found.listed("hub-001")) == SERIES_LIMIT and found.dropped("hub-001") == 10
    assert not found.room_for("hub-001", [("one_more", ())])
    assert found.room_for("hub-001", [("metric_0", ())])
