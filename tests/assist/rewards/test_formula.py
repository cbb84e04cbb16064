"""The formula computes what the guide shows, and its shares always sum."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.problems.model import LEVELS
from harmony.assist.rewards.formulas import current, formulas
from harmony.assist.rewards.model import Work, evaluate, shares_of
from harmony.kernel.money import ETHIK, Amount, decimal, parse

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "contributions.md"
EXAMPLE = Work(complexity="medium", score=92, rating=5, response_seconds=240)

works = st.builds(
    Work,
    complexity=st.sampled_from(LEVELS),
    score=st.integers(0, 100),
    rating=st.none() | st.integers(1, 5),
    response_seconds=st.integers(0, 10**7),
)


def test_the_guide_s_worked_example_is_what_the_code_computes() -> None:
    rows = dict(re.findall(r"^\| (\w+) \|.*\| ([\d.]+)[^|]*\|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    value = evaluate(current(), EXAMPLE)
    shares = shares_of(current(), value.tokens)
    assert rows == {
        "base": decimal(value.base),
        "quality": f"{value.quality / 10_000:.3f}",
        "response": f"{value.response / 10_000:.1f}",
        "value": decimal(value.tokens),
        "expert": decimal(shares["expert"]),
        "maintenance": decimal(shares["maintenance"]),
        "governance": decimal(shares["governance"]),
        "standing": decimal(value.points),
    }


@given(works)
def test_shares_sum_exactly_and_nothing_exceeds_the_cap(work: Work) -> None:
    formula = current()
    value = evaluate(formula, work)
    assert 0 <= value.tokens.minor <= formula.cap.minor
    assert sum(share.minor for share in shares_of(formula, value.tokens).values()) == value.tokens.minor


@given(st.integers(0, 10**9))
def test_shares_are_seventy_twenty_ten_to_the_unit(minor: int) -> None:
    shares = shares_of(current(), Amount(minor, ETHIK))
    for kind, percent in (("expert", 70), ("maintenance", 20), ("governance", 10)):
        assert abs(100 * shares[kind].minor - percent * minor) < 100  # type: ignore[index]  # a kind by its name


@given(works, works)
def test_better_work_is_never_worth_less(one: Work, other: Work) -> None:
    worse = replace(one, score=min(one.score, other.score))
    better = replace(one, score=max(one.score, other.score))
    formula = current()
    assert evaluate(formula, worse).tokens.minor <= evaluate(formula, better).tokens.minor
    assert evaluate(formula, worse).points.minor <= evaluate(formula, better).points.minor


def test_the_edges_of_the_response_steps() -> None:
    def response(seconds: int) -> int:
        return evaluate(current(), replace(EXAMPLE, response_seconds=seconds)).response

    assert [response(seconds) for seconds in (0, 900, 901, 7_200, 7_201)] == [11_000, 11_000, 10_000, 10_000, 9_000]


def test_standing_turns_at_the_pass_mark() -> None:
    def points(score: int) -> str:
        return decimal(evaluate(current(), Work("medium", score, None, 0)).points)

    assert [points(score) for score in (100, 50, 49, 0)] == ["2.000", "0.000", "-0.040", "-2.000"]


def test_the_cap_holds() -> None:
    generous = replace(current(), cap=parse("10", ETHIK))
    value = evaluate(generous, EXAMPLE)
    assert value.capped
    assert value.tokens == parse("10", ETHIK)


def test_versions_are_numbered_from_one_and_their_shares_are_whole() -> None:
    assert [formula.version for formula in formulas()] == list(range(1, len(formulas()) + 1))
    for formula in formulas():
        assert sum(formula.shares.values()) == 10_000
        assert formula.score_weight + formula.rating_weight == 10_000
        assert formula.response[-1].within_seconds is None
