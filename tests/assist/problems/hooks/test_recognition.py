"""What a job's history says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.problems.hooks.recognition import confidence, lines, recognise, remedy
from harmony.assist.problems.pipelines import JobOutcome, PipelineSignal
from harmony.assist.problems.stuck.evidence import LINES_LIMIT
from harmony.assist.problems.stuck.model import Remedy

START = datetime(2031, 1, 1, tzinfo=UTC)


def ends(told: str, branch: str = "main") -> list[JobOutcome]:
    """``g`` green and ``r`` red, each on a commit of its own; upper case on the commit before."""
    found: list[JobOutcome] = []
    commit = 0
    for at, letter in enumerate(told):
        commit += letter.islower()
        when = START + timedelta(hours=at)
        passed = letter.lower() == "g"
        found.append(
            JobOutcome(f"job/{at}", "pottery/kiln", "CI", "test", branch, branch == "main", f"c{commit}", passed, when)
        )
    return found


def said(told: str, branch: str = "main") -> list[tuple[int, str, int]]:
    history = ends(told, branch)
    found = [(at, recognise(history[: at + 1], one)) for at, one in enumerate(history)]
    return [(at, signal.kind, signal.rounds) for at, signal in found if signal is not None]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("gggg", []),
        ("grg", [(1, "went_red", 1)]),
        ("rrr", [(2, "failing_pipeline", 3)]),
        ("grrr", [(1, "went_red", 1), (3, "failing_pipeline", 3)]),
        ("r" * 13, [(2, "failing_pipeline", 3), (5, "failing_pipeline", 6), (11, "failing_pipeline", 12)]),
        ("rR", []),
        ("rG", [(1, "flaky_job", 1)]),
        ("gR", [(1, "flaky_job", 1)]),
        ("rGR", [(1, "flaky_job", 1)]),
        ("rGrGrG", [(1, "flaky_job", 1), (2, "went_red", 1), (3, "flaky_job", 2), (4, "went_red", 1)]),
    ],
)
def test_what_is_said_of_a_history(told: str, expected: list[tuple[int, str, int]]) -> None:
    assert said(told) == expected


def test_red_after_green_on_a_branch_of_work_is_daily_business() -> None:
    assert said("grg", "work") == []
    assert said("rrr", "work") == [(2, "failing_pipeline", 3)]


def test_what_comes_late_changes_nothing_about_the_present_unless_it_shows_a_flaky_job() -> None:
    history = ends("rrrg")
    assert recognise(history, history[2]) is None
    history = ends("rGggg")
    assert recognise(history, history[0]) == PipelineSignal("flaky_job", 1, 1, tuple(history[:2]))


def test_branches_are_judged_apart() -> None:
    history = sorted(ends("rrr", "one") + ends("ggg", "other"), key=lambda one: one.ended_at)
    assert recognise(history, next(one for one in reversed(history) if one.branch == "one")) is not None


def test_a_nudge_comes_first_known_solutions_second_a_person_third() -> None:
    rounds = [remedy(PipelineSignal("failing_pipeline", 3 * 2**n, 3, ())) for n in range(4)]
    assert rounds == [Remedy.NUDGE, Remedy.KNOWN_SOLUTIONS, Remedy.PERSON, Remedy.PERSON]


def test_the_evidence_names_job_end_branch_commit_and_time_and_is_bounded() -> None:
    history = ends("r" * 12)
    signal = recognise(history, history[-1])
    assert signal is not None
    told = lines(signal)
    assert len(told) == LINES_LIMIT
    assert told[-1].at == 11
    assert told[-1].text == "CI / test: failed on pottery/kiln main at c12, 2031-01-01 11:00 UTC"


@given(st.text("grGR", min_size=1, max_size=30), st.integers(0, 50), st.integers(0, 50))
def test_every_signal_has_evidence_and_a_confidence(told: str, right: int, wrong: int) -> None:
    history = ends(told)
    for at, one in enumerate(history):
        signal = recognise(history[: at + 1], one)
        if signal is not None:
            assert one in signal.seen
            assert lines(signal)
            assert 0.0 < confidence(signal, right, wrong) < 1.0
            assert confidence(signal, right + 1, wrong) > confidence(signal, right, wrong + 1)
