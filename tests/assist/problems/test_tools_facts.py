"""What a log tells of the machine that wrote it."""

from __future__ import annotations

import pytest

from harmony.assist.problems import facts
from harmony.assist.problems.facts import ENDS_LIMIT_LINES, LINE_LIMIT_CHARS, SYSTEM
from harmony.assist.problems.model import Environment, Fact


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("platform linux -- Python 3.11.4, pytest-7.4.0, pluggy-1.2.0", SYSTEM, "linux"),
        ("platform linux -- Python 3.11.4, pytest-7.4.0, pluggy-1.2.0", "python", "3.11.4"),
        ("2024-03-17T10:00:00.123Z go version go1.22.1 linux/amd64", "go", "1.22.1"),
        ("rustc 1.77.0 (aedd173a2 2024-03-17)", "rust", "1.77.0"),
        (r'  File "C:\work\report.py", line 2', SYSTEM, "Windows"),
        ('  File "/Users/rowan/report.py", line 2', SYSTEM, "macOS"),
        ('  File "/home/[PERSONAL:user:1]/report.py", line 2', SYSTEM, "Linux"),
    ],
)
def test_a_line_tells_what_it_says(line: str, name: str, value: str) -> None:
    assert Fact(name, value, 2) in facts.of_log(["nothing here", line])


def test_a_plain_word_about_the_system_beats_a_path_however_early_the_path_came() -> None:
    lines = ["/home/rowan/a.py", "platform darwin -- Python 3.12.1, pytest-8.0.0"]
    assert [fact for fact in facts.of_log(lines) if fact.name == SYSTEM] == [Fact(SYSTEM, "darwin", 2)]


def test_what_the_reporter_said_is_not_looked_for() -> None:
    said = list(facts.of_environment(Environment(os="Windows 11", runtime="CPython")))
    assert said == [Fact(SYSTEM, "Windows 11", None), Fact("runtime", "CPython", None)]
    assert facts.of_log(["platform linux -- Python 3.11.4", "/home/x"], {SYSTEM}) == [Fact("python", "3.11.4", 1)]


def test_both_ends_of_a_long_log_are_read_and_numbered_and_the_middle_is_not() -> None:
    lines = ["x"] * (2 * ENDS_LIMIT_LINES + 10)
    lines[ENDS_LIMIT_LINES - 1] = "Python 3.11.4"
    lines[ENDS_LIMIT_LINES] = "go version go1.22.1"
    lines[-1] = "rustc 1.77.0"
    assert facts.of_log(lines) == [Fact("python", "3.11.4", ENDS_LIMIT_LINES), Fact("rust", "1.77.0", len(lines))]


def test_a_line_is_read_up_to_its_limit() -> None:
    home = " /home/x"
    assert facts.of_log(["x" * (LINE_LIMIT_CHARS - len(home)) + home]) == [Fact(SYSTEM, "Linux", 1)]
    assert facts.of_log(["x" * (LINE_LIMIT_CHARS - len(home) + 1) + home]) == []
