"""A run may be watched in pieces, by several processes, and comes to the same."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assist.problems.stuck.runs import joined, step
from tests.assist.problems.stuck.test_stuck_properties import EVENTS

from harmony.assist.problems.stuck.likeness import LOOK_CHARACTERS, key, shortened
from harmony.assist.problems.stuck.model import Event, Privacy
from harmony.assist.problems.stuck.monitor import Monitor
from harmony.assist.problems.watching.runs import hiding

SALT = bytes(range(16))
HIDE = hiding(SALT)


@given(st.lists(EVENTS, max_size=40), st.lists(st.integers(0, 40), max_size=4), st.sampled_from(list(Privacy)))
def test_a_monitor_that_was_put_away_goes_on_as_if_nothing_had_happened(
    run: list[Event], breaks: list[int], privacy: Privacy
) -> None:
    whole, parted = Monitor(privacy, HIDE), Monitor(privacy, HIDE)
    for at, event in enumerate(run):
        if at in breaks:
            parted = Monitor.resumed(json.loads(json.dumps(parted.kept())), privacy, HIDE)
        assert parted.observe(event) == whole.observe(event)
    assert parted.verdict() == whole.verdict()
    assert parted.kept() == whole.kept()


@pytest.mark.parametrize("salt", [SALT, SALT[::-1]])
def test_what_is_kept_under_high_privacy_holds_no_word_of_the_run(salt: bytes) -> None:
    monitor = Monitor(Privacy.HIGH, hiding(salt))
    for event in joined(*(step("cat glaze.txt", "no such cobalt", True, why="look again") for _ in range(9))):
        monitor.observe(event)
    kept = json.dumps(monitor.kept())
    assert monitor.verdict().stuck
    assert not [word for word in ("cat", "glaze", "cobalt", "such", "again") if word in kept]


def test_the_same_texts_are_the_same_in_another_process() -> None:
    program = (
        "from harmony.assist.problems.stuck.likeness import key, shortened\n"
        "from harmony.assist.problems.watching.runs import hiding\n"
        f"print(key('a', 'b'), hiding(bytes(range(16)))('kiln'), shortened('k' * {3 * LOOK_CHARACTERS})[8001:8018])"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.split()
    assert there == [str(key("a", "b")), HIDE("kiln"), shortened("k" * 3 * LOOK_CHARACTERS)[8001:8018]]


def test_parts_are_told_apart_and_another_salt_gives_another_word() -> None:
    assert key("ab", "c") != key("a", "bc")
    assert HIDE("kiln") != hiding(SALT[::-1])("kiln")
    assert HIDE("") == ""


@given(st.text(), st.text())
def test_other_texts_have_other_keys(one: str, other: str) -> None:
    assert (key(one) == key(other)) is (one == other)
    assert (HIDE(one) == HIDE(other)) is (one == other)
