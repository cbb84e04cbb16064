"""The invented cases that ship as the classification's test, the data it is made of, and what it refuses.

``classes/first_half.jsonl`` is what rules are made by; to ``classes/second_half.jsonl`` nothing is fitted.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from harmony.assist.problems.classification import PATTERNS, judge
from harmony.assist.problems.errors import KindsBroken
from harmony.assist.problems.measuring import (
    NOTHING,
    Case,
    abstention,
    accuracy,
    by_rule,
    case_of,
    coverage,
    outcome,
    precision,
    wilson,
)
from harmony.assist.problems.model import UNKNOWN_CATEGORY, Environment, Report, ReportedError, Signals
from harmony.assist.problems.service import read
from harmony.assist.problems.taxonomy import FOLDER, PHRASE_GAP_CHARS, Counts, Kinds, parsed, phrase, shipped, speaks
from harmony.kernel.redaction.safety import danger

HALVES = Path(__file__).parent / "classes"
DOCUMENTS = ("taxonomy", "rules", "scales", "measured")
LEAST_ACCURACY = 0.85
BAIT_CHARS = 20_000


def half(name: str) -> list[Case]:
    return [case_of(line) for line in (HALVES / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]


def documents() -> dict[str, Any]:
    return {name: json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in DOCUMENTS}


FIRST, SECOND = half("first_half"), half("second_half")
ABSTAINED = [case for case in (*FIRST, *SECOND) if case.kind in (UNKNOWN_CATEGORY, NOTHING)]
PATTERNED = [
    *((feature.name, feature.pattern.pattern) for feature in (*shipped().features, *shipped().commands)),
    *((rule.id, rule.pattern.pattern) for rule in shipped().rules if rule.pattern),
    *(("environment", pattern.pattern) for pattern in PATTERNS),
]


@pytest.mark.parametrize("case", FIRST, ids=[case.id for case in FIRST])
def test_a_case_of_the_first_half_is_classed_as_labelled(case: Case) -> None:
    assert outcome(case, shipped()).found == case.kind


def test_the_half_that_nothing_was_fitted_to_is_classed_nearly_as_well() -> None:
    found = [outcome(case, shipped()) for case in SECOND]
    assert accuracy(found) >= LEAST_ACCURACY
    assert precision(found) >= LEAST_ACCURACY
    assert coverage(found) >= LEAST_ACCURACY


def test_what_is_of_no_kind_is_abstained_from_in_both_halves() -> None:
    found = [outcome(case, shipped()) for case in ABSTAINED]
    assert [one for one in found if one.found != one.expected] == []
    assert abstention(found) == 1.0


def test_both_halves_hold_every_category_and_no_case_twice() -> None:
    named = {category.id for category in shipped().categories} | {UNKNOWN_CATEGORY, NOTHING}
    for cases in (FIRST, SECOND):
        assert {case.kind.split("/")[0] for case in cases} == named
        assert len({case.id for case in cases}) == len(cases)
    assert not {case.report.log for case in FIRST} & {case.report.log for case in SECOND}


@pytest.mark.parametrize(("name", "pattern"), PATTERNED, ids=[name for name, _ in PATTERNED])
def test_no_pattern_of_the_classification_can_run_away(name: str, pattern: str) -> None:
    assert not danger(pattern), name


@pytest.mark.parametrize(
    "bait",
    ["a" * BAIT_CHARS, "\\" * BAIT_CHARS, "C:\\" * (BAIT_CHARS // 3), "error: expected " * 2_000, "column " * 3_000],
    ids=["letters", "backslashes", "drives", "expected", "columns"],
)
def test_bait_goes_through_the_whole_judgement(bait: str) -> None:
    reading = read(Report(log=f"{bait}\nFATAL {bait}\n", environment=Environment(os="Linux"), exit_code=1))
    assert judge(reading, 1).problem_detected


def test_the_measured_reliability_is_what_the_first_half_comes_to() -> None:
    kinds = shipped()
    bare = Kinds(kinds.categories, kinds.features, kinds.commands, kinds.rules, kinds.scales)
    counted = {rule: [c.right, c.wrong] for rule, c in by_rule(outcome(case, bare) for case in FIRST).items()}
    assert documents()["measured"]["invented"] == counted


def test_confidence_is_measured_reliability_smoothed_by_what_the_author_expects() -> None:
    kinds = shipped()
    rule = kinds.rules[0]
    prior, expected = kinds.scales.prior_cases, rule.weight / 100
    never = Kinds(kinds.categories, kinds.features, kinds.commands, kinds.rules, kinds.scales)
    often = Kinds(
        kinds.categories, kinds.features, kinds.commands, kinds.rules, kinds.scales, {rule.id: Counts(30, 10)}
    )
    assert never.reliability(rule) == pytest.approx(expected)
    assert often.reliability(rule) == pytest.approx((prior * expected + 30) / (prior + 40))


def test_a_rule_that_was_wrong_too_often_abstains_and_lets_the_next_one_speak() -> None:
    kinds = shipped()
    log = "FileNotFoundError: [Errno 2] No such file or directory: 'D:\\\\clay\\\\may.csv'"
    reading = read(Report(log=log, environment=Environment(os="Linux"), exit_code=1))
    first = judge(reading, 1, kinds)
    assert first.decided_by == "drive-on-posix"
    distrusted = Kinds(
        kinds.categories, kinds.features, kinds.commands, kinds.rules, kinds.scales, {"drive-on-posix": Counts(0, 40)}
    )
    assert judge(reading, 1, distrusted).decided_by == "backslash-on-posix"
    nobody = {rule.id: Counts(0, 40) for rule in kinds.rules}
    silent = Kinds(kinds.categories, kinds.features, kinds.commands, kinds.rules, kinds.scales, nobody)
    assert judge(reading, 1, silent).classification.category == UNKNOWN_CATEGORY


def broken(change: Any) -> dict[str, Any]:
    found = deepcopy(documents())
    change(found)
    return found


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d["rules"].update(version=9), "version"),
        (lambda d: d["rules"]["rules"][0].update(kind="network/teapot"), "network/teapot"),
        (lambda d: d["rules"]["rules"][0].update(weight=100), "weight"),
        (lambda d: d["rules"]["rules"].append(d["rules"]["rules"][0]), "twice"),
        (lambda d: d["rules"]["rules"][0].update(says=[], sees=""), "asks for nothing"),
        (lambda d: d["rules"]["rules"][0].update(says=["*"]), "empty part"),
        (lambda d: d["rules"]["rules"][0].pop("reason"), "reason"),
        (lambda d: d["taxonomy"]["categories"][0].update(id="Cross Platform"), "Cross Platform"),
        (lambda d: d["taxonomy"]["categories"][0]["subcategories"][0].update(complexity="nightmare"), "nightmare"),
        (lambda d: d["measured"]["invented"].update({"no-such-rule": [1, 0]}), "no-such-rule"),
        (lambda d: d["measured"]["invented"].update({"drive-on-posix": [-1, 0]}), "below nothing"),
        (lambda d: d["scales"]["complexity"][0].update(sign="phase-of-the-moon"), "phase-of-the-moon"),
        (lambda d: d["scales"].update(abstain_below_percent=0), "bounds"),
    ],
)
def test_broken_data_is_refused_by_name(change: Any, named: str) -> None:
    with pytest.raises(KindsBroken) as refused:
        parsed(broken(change))
    assert named in refused.value.message


def test_a_phrase_holds_its_parts_in_order_and_not_far_apart() -> None:
    parts = phrase("Requires * but you have")
    assert speaks(parts, "kiln requires glaze 2 but you have 1")
    assert not speaks(parts, "but you have what kiln requires")
    assert speaks(parts, "requires " + "x" * PHRASE_GAP_CHARS + " but you have")
    assert not speaks(parts, "requires " + "x" * (PHRASE_GAP_CHARS + 1) + " but you have")
    assert speaks(parts, "requires " + "y" * 400 + " requires z but you have")


def test_the_wilson_interval_is_the_published_one() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)


CHAIN = "TypeError: a\nKeyError: 'b'\nValueError: c\n"


def test_complexity_is_the_kind_s_own_and_rises_by_documented_signs_with_reasons() -> None:
    one = judge(read(Report(log="ValueError: c", exit_code=1)), 1)
    three = judge(read(Report(log=CHAIN, exit_code=1)), 1)
    assert (one.classification.complexity, three.classification.complexity) == ("low", "medium")
    assert ("KeyError, TypeError, ValueError", "harder: several kinds of error come together") in [
        (item.text, item.reason) for item in three.evidence
    ]


def test_urgency_is_counted_from_documented_signs_with_reasons() -> None:
    error = ReportedError("KeyError", "'price'", 12)
    signals = Signals(repeated_attempts=True, rapid_edits=True, documentation_checks=5)
    found = judge(read(Report(errors=(error,), signals=signals, exit_code=1)), 12)
    assert found.classification.urgency == "high"
    reasons = [item.reason for item in found.evidence if item.reason.startswith("more pressing")]
    assert len(reasons) == 5


def test_what_happens_in_production_is_more_pressing() -> None:
    here = judge(read(Report(log="KeyError: 'price'", command="python shop.py", exit_code=1)), 1)
    there = judge(read(Report(log="KeyError: 'price'", command="ENV=production python shop.py", exit_code=1)), 1)
    assert (here.classification.urgency, there.classification.urgency) == ("low", "medium")
    assert any(item.text == "ENV=production" for item in there.evidence)


def test_a_known_difference_between_systems_explains_what_no_rule_names() -> None:
    log = 'sed: 1: "oven.conf": invalid command code o'
    there = judge(read(Report(log=log, environment=Environment(os="macOS 14"), exit_code=1)), 1)
    assert there.classification.subcategory == "shell-commands"
    assert judge(read(Report(log=log, exit_code=1)), 1).classification.category == UNKNOWN_CATEGORY
