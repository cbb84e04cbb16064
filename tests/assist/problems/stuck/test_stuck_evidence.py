from __future__ import annotations

import pytest
from tests.assist.problems.stuck.runs import standing, step

from harmony.assist.problems.stuck.evidence import LINE_CHARACTERS, LINES_LIMIT
from harmony.assist.problems.stuck.model import Remedy


def test_evidence_names_events_and_what_was_done_and_seen() -> None:
    lines = standing(step("make moon", "no rule", True) * 4).lines
    assert [line.at for line in lines] == [0, 2, 4, 6]
    assert lines[0].text == "shell make moon ✗ no rule"


def test_evidence_hides_secrets() -> None:
    invented = "AKIA" + "QWERTY2SDFGH3JKL"
    line = standing(step(f"deploy --key {invented}", f"refused {invented}", True) * 4).lines[0].text
    assert invented not in line
    assert "[SECRET:" in line


def test_evidence_never_replays_a_terminal_escape() -> None:
    line = standing(step("\x1b]0;owned\x07ls\x1b[2J", "x\x9b31m\r\ny\u202e") * 4).lines[0].text
    assert line.isprintable()


def test_evidence_is_short() -> None:
    finding = standing(step("x" * 9_000, "y " * 9_000) * 12)
    assert len(finding.lines) == LINES_LIMIT
    assert all(len(line.text) <= LINE_CHARACTERS + 50 for line in finding.lines)


@pytest.mark.parametrize(
    ("result", "obstacle"),
    [
        ("Permission denied (publickey)", "missing permission"),
        ("invalid api key", "missing or wrong credentials"),
        ("quota exceeded for project", "an exhausted quota"),
        ("write error: No space left on device", "no room left"),
    ],
)
def test_what_only_a_person_can_remove_is_not_surmountable(result: str, obstacle: str) -> None:
    found = standing(step("deploy", result, True) * 4)
    assert (found.surmountable, found.obstacle, found.remedy) == (False, obstacle, Remedy.PERSON)


def test_what_can_be_overcome_starts_with_known_solutions() -> None:
    found = standing(step("deploy", "undefined name 'x'", True) * 4)
    assert (found.surmountable, found.remedy) == (True, Remedy.KNOWN_SOLUTIONS)


def test_every_further_round_makes_surer() -> None:
    assert standing(step("ls", "x") * 4).confidence < standing(step("ls", "x") * 8).confidence < 1.0
