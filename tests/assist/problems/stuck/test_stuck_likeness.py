from __future__ import annotations

import re

import pytest

from harmony.assist.problems.stuck import likeness, phrases
from harmony.assist.problems.stuck.likeness import (
    LOOK_CHARACTERS,
    intent,
    opaque,
    overlap,
    settled,
    shortened,
    signature,
    words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[12:00:10] ready", "[12:00:11] ready"),
        ("2031-04-01T09:00:00Z ready", "2031-04-02T10:30:59.5Z ready"),
        ("ready in 3.2 ms", "ready in 17 ms"),
        ("object at 0x7f00aa", "object at 0x7f00bb"),
        ("\x1b[31mready\x1b[0m", "ready"),
        ("wrote /tmp/abc123", "wrote /tmp/xyz789"),
        ("id 123e4567-e89b-12d3-a456-426614174000", "id 00000000-e89b-12d3-a456-426614174000"),
        ("a  b\r\nc", "a b c"),
    ],
)
def test_what_always_changes_is_no_difference(one: str, other: str) -> None:
    assert settled(one) == settled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 % done", "24 % done"), ("page 3", "page 4"), ("2031-04-01", "2031-04-02"), ("total 255.0", "total 55.0")],
)
def test_what_tells_progress_stays_a_difference(one: str, other: str) -> None:
    assert settled(one) != settled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ls #1", "ls #2"),
        ("ls  # once more", "ls"),
        ('{"command": "ls"}', "{'command': 'ls'}"),
        ("make --attempt 1", "make --attempt 2"),
        ("make 2>&1", "make"),
        ("make || true", "make"),
    ],
)
def test_what_changes_no_meaning_is_no_other_intent(one: str, other: str) -> None:
    assert intent(one) == intent(other)


@pytest.mark.parametrize(("one", "other"), [("open a.py 100", "open a.py 200"), ("ls a", "ls b")])
def test_another_place_is_another_intent(one: str, other: str) -> None:
    assert intent(one) != intent(other)


def test_a_failure_is_known_by_its_decisive_lines_wherever_they_have_moved() -> None:
    before = "collected 3 items\n  parser.py:40: in read\nValueError: bad token 7 at 0xff"
    after = "collected 4 items\n  parser.py:52: in read\nValueError: bad token 9 at 0xaa"
    assert signature(before) == signature(after)
    assert signature(before) != signature(after.replace("bad token", "no token"))


def test_fewer_failures_are_another_failure() -> None:
    assert signature("3 failed, 5 passed in 2 s") != signature("2 failed, 6 passed in 2 s")


def test_a_long_text_is_read_at_both_ends_and_compared_as_a_whole() -> None:
    edge = "a" * LOOK_CHARACTERS
    assert shortened(edge + edge) == edge + edge
    longer = shortened(edge + "b" + edge)
    assert len(longer) < 2 * LOOK_CHARACTERS + 40
    assert longer == shortened(edge + "b" + edge)
    assert longer != shortened(edge + "c" + edge)


def test_an_opaque_text_tells_only_equality() -> None:
    assert opaque("secret") == opaque("secret") != opaque("secrets")
    assert opaque("") == ""
    assert opaque("secret").isalpha()


def test_overlap_is_the_share_of_words_in_common() -> None:
    assert overlap(words("find the red fox"), words("find the blue fox")) == 3 / 5
    assert overlap(frozenset(), frozenset()) == 1.0


@pytest.mark.parametrize(
    "bait", ["a" * 50_000, " " * 50_000, "1" * 50_000, "check " * 9_000, "i am " * 9_000, "#" * 50_000]
)
def test_no_text_makes_a_pattern_slow(bait: str) -> None:
    patterns = [one for module in (phrases, likeness) for one in vars(module).values() if isinstance(one, re.Pattern)]
    patterns += [pattern for _, pattern in phrases.OBSTACLES]
    for pattern in patterns:
        assert all(match.end() <= len(bait) for match in pattern.finditer(bait))
