"""Words of others on a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmony.adapters.terminal.plain import plain


@given(st.text())
def test_whatever_others_write_stays_one_line_without_control_characters(text: str) -> None:
    shown = plain(text)
    assert shown.isprintable()
    assert len(shown) == len(text)


def test_a_window_is_not_retitled_and_a_screen_not_cleared() -> None:
    assert plain("a\x1b]0;owned\x07\x1b[2J\u202eb\x9b1mé") == "a·]0;owned··[2J·b·1mé"
