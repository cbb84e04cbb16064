"""What holds for every run."""

from __future__ import annotations

import sys

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assist.problems.stuck.runs import after, does, gets, joined, says, step, user, watched

from harmony.assist.problems.stuck.errors import MalformedEvent
from harmony.assist.problems.stuck.events import read_event
from harmony.assist.problems.stuck.model import Event, Privacy, Role
from harmony.assist.problems.stuck.monitor import SAYINGS_KEPT, Monitor
from harmony.assist.problems.stuck.signals import CYCLE_STEPS, WINDOW_STEPS

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
EVENTS = st.one_of(
    st.builds(user, TEXTS),
    st.builds(says, TEXTS),
    st.builds(does, TEXTS, st.sampled_from(["shell", "edit", "search"]), TEXTS),
    st.builds(gets, TEXTS, st.sampled_from([None, True, False])),
)


@st.composite
def progress(draw: st.DrawFn) -> list[Event]:
    """A run of steps of which no two do the same or come to the same."""
    count = draw(st.integers(1, 30))
    names = draw(st.lists(WORDS, min_size=2 * count, max_size=2 * count, unique=True))
    parts = []
    for at in range(count):
        failed = draw(st.sampled_from([None, False, True]))
        talk = [says(f"now {names[at]}")] if draw(st.booleans()) else []
        parts.append([*talk, *step(f"do {names[at]}", f"saw {names[count + at]}", failed)])
    return joined(*parts)


@given(progress())
def test_a_stream_of_distinct_progress_raises_no_alarm(run: list[Event]) -> None:
    assert after(run).alarm_at is None


@settings(max_examples=200)
@given(
    progress(),
    st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from([None, True, False])), min_size=1, max_size=CYCLE_STEPS),
    st.integers(0, 5),
)
def test_any_repeated_block_alarms_within_three_events_of_its_third_round(
    before: list[Event], block: list[tuple[str, str, bool | None]], more: int
) -> None:
    turn = joined(*(step(args, result, failed) for args, result, failed in block))
    run = [*before, user("go on"), *turn * (4 + more)]
    third = len(before) + 1 + 3 * len(turn) - 1
    at = after(run).alarm_at
    assert at is not None
    assert at <= third + 3


@given(TEXTS, st.integers(3, 9))
def test_an_echo_without_action_alarms_at_its_third_round(text: str, rounds: int) -> None:
    assert after([user("go"), *[says(text)] * rounds]).alarm_at == 3


@given(st.lists(EVENTS, max_size=40), st.lists(EVENTS, max_size=10))
def test_no_alarm_looks_ahead(run: list[Event], later: list[Event]) -> None:
    sooner, whole = after(run).alarm_at, after([*run, *later]).alarm_at
    if sooner is not None:
        assert whole == sooner
    elif whole is not None:
        assert whole >= len(run)


@given(st.lists(EVENTS, max_size=40), st.sampled_from(list(Privacy)))
def test_every_alarm_has_evidence_out_of_the_run_so_far(run: list[Event], privacy: Privacy) -> None:
    verdict = after(run, privacy)
    for alarm in verdict.alarms:
        assert alarm.lines
        assert all(0 <= line.at <= alarm.at for line in alarm.lines)
        assert 0.0 <= alarm.confidence <= 1.0
    assert 0.0 <= verdict.score <= 1.0


@given(JSON)
def test_any_json_is_an_event_or_a_named_refusal(data: object) -> None:
    try:
        event = read_event(data)
    except MalformedEvent:
        assert not isinstance(data, dict)
        return
    Monitor().observe(event)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: JSON | st.sampled_from(["user", "agent", "tool", "captain"])
            for name in ("role", "text", "tool", "args", "name", "error", "content")
        },
    )
)
def test_any_object_in_an_events_shape_is_taken_in(data: dict[str, object]) -> None:
    monitor = Monitor(Privacy.OPEN)
    for _ in range(5):
        monitor.observe(read_event(data))
    assert monitor.verdict().events == 5


def test_an_endless_stream_is_held_in_bounded_memory() -> None:
    def held(count: int) -> int:
        monitor = watched(joined(*(step(f"do {n} " + "x" * 2_000, f"saw {n} " + "y" * 2_000) for n in range(count))))
        assert len(monitor._steps) <= WINDOW_STEPS
        assert len(monitor._sayings) <= SAYINGS_KEPT
        return sum(len(one.did) + len(one.got) + sys.getsizeof(one.words) for one in monitor._steps)

    assert held(2_000) <= held(WINDOW_STEPS) * 1.1


def test_an_unknown_role_counts_as_a_place_and_nothing_else() -> None:
    run = [Event(Role.OTHER, "hm")] * 9
    assert after(run).events == 9
    assert after([*step("ls", "x") * 2, *run, *step("ls", "x") * 2]).alarm_at == 16
