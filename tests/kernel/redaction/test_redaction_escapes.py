"""Terminal sequences are taken out before anything is looked for, in pieces as in one, and places are known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.kernel.redaction import escapes
from harmony.kernel.redaction.escapes import SEQUENCE_LIMIT_CHARS, Stripped, plain
from harmony.kernel.redaction.safety import danger
from harmony.kernel.redaction.service import redact

TOKEN = "gh" + "p_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"
SEQUENCES = [
    "\x1b[31m",
    "\x1b[38;2;1;2;3m",
    "\x9b0m",
    "\x1b]0;title\x07",
    "\x1b]8;;https://example.org\x1b\\",
    "\x9d0;title\x9c",
    "\x1bP1$r0m\x1b\\",
    "\x1b(B",
    "\x1b7",
    "\x08",
    "\x00",
    "\x7f",
]
PIECES = st.lists(st.one_of(st.sampled_from([*SEQUENCES, "\x1b", "\x1b[", "\x1b]", "3", "m", "\n", "word"]), st.text()))


@pytest.mark.parametrize("sequence", SEQUENCES, ids=repr)
def test_a_secret_broken_by_a_sequence_is_found_and_its_place_is_that_of_the_original(sequence: str) -> None:
    text = f"use {TOKEN[:12]}{sequence}{TOKEN[12:]} now"
    stripped = Stripped()
    clean = stripped.take(text) + stripped.take("", final=True)
    (span,) = redact(clean).spans
    start, end = stripped.original(span.start, span.end)
    assert text[start:end] == f"{TOKEN[:12]}{sequence}{TOKEN[12:]}"


@given(PIECES)
def test_in_pieces_it_is_what_it_is_in_one(pieces: list[str]) -> None:
    stripped = Stripped()
    assert "".join([*map(stripped.take, pieces), stripped.take("", final=True)]) == plain("".join(pieces))


@given(PIECES)
def test_every_plain_character_is_found_where_it_stood(pieces: list[str]) -> None:
    text, stripped = "".join(pieces), Stripped()
    clean = "".join([*map(stripped.take, pieces), stripped.take("", final=True)])
    for at, sign in enumerate(clean):
        start, end = stripped.original(at, at + 1)
        assert (text[start:end], end - start) == (sign, 1)
        stripped.forget(at)


@given(st.text())
def test_nothing_a_terminal_would_obey_is_left(text: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", plain(text))
    assert plain(plain(text)) == plain(text)


def test_what_is_remembered_and_held_stays_bounded() -> None:
    stripped = Stripped()
    for at in range(200):
        stripped.take("\x1b[0ma" * 1_000)
        stripped.forget(at * 1_000)
    assert len(stripped._cuts) <= 2_000
    title = "\x1b]0;" + "x" * (SEQUENCE_LIMIT_CHARS + 1)
    assert stripped.take(title) == plain(title)


@pytest.mark.parametrize("unit", ["\x1b]", "\x9d", "\x1b[", "\x1b", "\x1b]0;x", "\x1b[1;", "\x90\x1b", "\x9b0 "])
def test_bait_ends(unit: str) -> None:
    stripped = Stripped()
    text = unit * 100_000
    assert stripped.take(text) + stripped.take("", final=True) == plain(text)


def test_the_patterns_cannot_run_away() -> None:
    assert danger(escapes._WHOLE) == ""
    assert danger(escapes._CUT) == ""
