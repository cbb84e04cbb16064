"""What all filters share: colours as wished, words of others made plain, quiet ends."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.apps.cli import filtering
from harmony.apps.cli.filtering import BadCase, cases, coloured, run, shown
from harmony.kernel.errors import NotFound


class Screen(io.StringIO):
    """A stream that is, or is not, a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("choice", "terminal", "variables", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_the_option_wins_over_the_wish_and_that_over_the_terminal(
    choice: str, terminal: bool, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.environ", {"TERM": "xterm", **variables})
    assert coloured(choice, Screen(terminal)) is expected


@given(st.text())
def test_words_of_others_are_one_printable_line_within_their_limit(text: str) -> None:
    assert shown(text).isprintable()
    assert len(shown(text)) <= filtering.SAID_LIMIT_CHARS


@pytest.mark.parametrize(
    ("trouble", "code", "said"),
    [
        (NotFound("no \x1b[2Jsuch thing"), filtering.UNREADABLE, "no ·[2Jsuch thing (kernel.not_found)"),
        (FileNotFoundError(2, "No such file or directory", "a\nb"), filtering.UNREADABLE, "No such file or directory"),
        (EOFError(), filtering.UNREADABLE, "damaged or cut off"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line_and_by_its_code(
    trouble: Exception, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def act() -> int:
        raise trouble

    assert run("sieve", act) == code
    told = capsys.readouterr().err
    assert told.startswith("harmony sieve: ")
    assert said in told
    assert "\x1b" not in told


def test_a_case_at_its_bound_is_read_and_one_beyond_it_is_not() -> None:
    fits = b'{"id": 1}\n'
    found = list(cases(io.BytesIO(fits + b" " + fits + b"\n\n" + fits), len(fits)))
    assert [identity for identity, _ in found] == [1, None, 1]
    assert isinstance(found[1][1], BadCase)
