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

from harmony.assist.problems.stuck.likeness import LOOK_CHARACTERS, key, opaque, shortened
from harmony.assist.problems.stuck.model import Event, Privacy
from harmony.assist.problems.stuck.monitor import Monitor

SALT = bytes(range(16))


@given(st.lists(EVENTS, max_size=40), st.lists(st.integers(0, 40), max_size=4), st.sampled_from(list(Privacy)))
def test_a_monitor_that_was_put_away_goes_on_as_if_nothing_had_happened(
    run: list[Event], breaks: list[int], privacy: Privacy
) -> None:
    whole, parted = Monitor(privacy, SALT), Monitor(privacy, SALT)
    for at, event in enumerate(run):
        if at in breaks:
            parted = Monitor.resumed(json.loads(json.dumps(parted.kept())), privacy, SALT)
        assert parted.observe(event) == whole.observe(event)
    assert parted.verdict() == whole.verdict()
    assert parted.kept() == whole.kept()


@pytest.mark.parametrize("salt", [SALT, SALT[::-1]])
def test_what_is_kept_under_high_privacy_holds_no_word_of_the_run(salt: bytes) -> None:
    monitor = Monitor(Privacy.HIGH, salt)
    for event in joined(*(step("cat glaze.txt", "no such cobalt", True, why="look again") for _ in range(9))):
        monitor.observe(event)
    kept = json.dumps(monitor.kept())
    assert monitor.verdict().stuck
    assert not [word for word in ("cat", "glaze", "cobalt", "such", "again") if word in kept]


def test_the_same_texts_are_the_same_in_another_process() -> None:
    program = (
        "from harmony.assist.problems.stuck.likeness import key, opaque, shortened\n"
        f"print(key('a', 'b'), opaque('kiln', bytes(range(16))), shortened('k' * {3 * LOOK_CHARACTERS})[8001:8018])"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.split()
    assert there == [str(key("a", "b")), opaque("kiln", SALT), shortened("k" * 3 * LOOK_CHARACTERS)[8001:8018]]


def test_parts_are_told_apart_and_another_salt_gives_another_word() -> None:
    assert key("ab", "c") != key("a", "bc")
    assert opaque("kiln", SALT) != opaque("kiln", SALT[::-1])
    assert opaque("", SALT) == ""
