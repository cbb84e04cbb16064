"""How good a classification is: labelled cases judged, counted by rule and by class, with honest intervals. Pure.

A case whose kind is ``unknown`` must be abstained from; one of kind ``none`` must show no problem.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from harmony.assist.problems.alone import read
from harmony.assist.problems.classification import judge
from harmony.assist.problems.model import UNKNOWN_CATEGORY, Environment, Judgement, Report
from harmony.assist.problems.taxonomy import Counts, Kinds
from harmony.kernel.chance import Chance

NOTHING = "none"
BOOTSTRAP_ROUNDS = 1_000
Z_95 = 1.959964
BANDS = ((50, 60), (60, 70), (70, 80), (80, 90), (90, 101))
"""Percent of confidence, the upper end excluded."""


@dataclass(frozen=True, slots=True)
class Case:
    """A report whose class is known: ``category/subcategory``, a category alone, ``unknown`` or ``none``."""

    id: str
    kind: str
    report: Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case was classed as, in the same words."""

    case: str
    expected: str
    found: str
    percent: int
    rule: str

    @property
    def decided(self) -> bool:
        return self.found not in (UNKNOWN_CATEGORY, NOTHING)

    @property
    def right(self) -> bool:
        """Category and subcategory, where the label names one."""
        return self.found == self.expected or ("/" not in self.expected and category_of(self.found) == self.expected)

    @property
    def category_right(self) -> bool:
        return category_of(self.found) == category_of(self.expected)


def category_of(kind: str) -> str:
    return kind.split("/", 1)[0]


def case_of(line: str) -> Case:
    """A case from one JSON line; raises ``ValueError`` or ``KeyError`` for another."""
    data: dict[str, Any] = json.loads(line)
    return Case(
        id=str(data["id"]),
        kind=str(data["kind"]),
        report=Report(
            environment=Environment(os=data.get("os", ""), previous_environment=data.get("previous", "")),
            log=data["text"],
            command=data.get("command"),
            exit_code=data.get("exit_code"),
        ),
    )


def outcome(case: Case, kinds: Kinds) -> Outcome:
    judged = judge(read(case.report), 1, kinds)
    return Outcome(case.id, case.kind, said(judged), judged.class_percent, judged.decided_by)


def said(judged: Judgement) -> str:
    """``category/subcategory``, ``unknown`` or ``none``."""
    kind = judged.classification
    if not judged.problem_detected:
        return NOTHING
    return UNKNOWN_CATEGORY if kind.category == UNKNOWN_CATEGORY else f"{kind.category}/{kind.subcategory}"


def by_rule(outcomes: Iterable[Outcome]) -> dict[str, Counts]:
    """How often each rule was right and wrong where it decided; right is the category."""
    found: dict[str, Counts] = {}
    for one in outcomes:
        if one.decided:
            counted = Counts(1, 0) if one.category_right else Counts(0, 1)
            found[one.rule] = found.get(one.rule, Counts()).plus(counted)
    return found


def confusion(outcomes: Iterable[Outcome]) -> Counter[tuple[str, str]]:
    """How often each category (first) was found as which (second)."""
    return Counter((category_of(one.expected), category_of(one.found)) for one in outcomes)


def wilson(right: int, total: int) -> tuple[float, float]:
    """A 95 % interval for a share (Wilson, "Probable Inference", 1927); the whole range for no cases."""
    if total == 0:
        return 0.0, 1.0
    share, z2 = right / total, Z_95**2
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z_95 * sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(
    outcomes: Sequence[Outcome], figure: Callable[[Sequence[Outcome]], float], chance: Chance
) -> tuple[float, float]:
    """A 95 % interval by drawing cases anew (Efron, "Bootstrap Methods", 1979)."""
    size = len(outcomes)
    rounds = range(BOOTSTRAP_ROUNDS if size else 0)
    drawn = sorted(figure([outcomes[int(chance.uniform(0, size))] for _ in outcomes]) for _ in rounds)
    return interval(drawn)


def interval(drawn: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of sorted draws; the whole range without any."""
    if not drawn:
        return 0.0, 1.0
    return drawn[int(len(drawn) * 0.025)], drawn[max(0, int(len(drawn) * 0.975) - 1)]


def accuracy(outcomes: Sequence[Outcome]) -> float:
    """The share whose category is right, abstention counted right where it is due."""
    return _share([one.category_right for one in outcomes])


def exactness(outcomes: Sequence[Outcome]) -> float:
    """The share whose category and subcategory are right."""
    return _share([one.right for one in outcomes])


def precision(outcomes: Sequence[Outcome]) -> float:
    """The share of decided cases whose category is right."""
    return _share([one.category_right for one in outcomes if one.decided])


def coverage(outcomes: Sequence[Outcome]) -> float:
    """The share of cases of a known kind that were decided."""
    return _share([one.decided for one in outcomes if one.expected not in (UNKNOWN_CATEGORY, NOTHING)])


def abstention(outcomes: Sequence[Outcome]) -> float:
    """The share of cases that must not be decided and were not."""
    return _share([not one.decided for one in outcomes if one.expected in (UNKNOWN_CATEGORY, NOTHING)])


def calibration(outcomes: Sequence[Outcome]) -> list[tuple[int, int, int, float, float]]:
    """For each band of confidence: its ends in percent, cases, mean confidence and share right (empty bands left
    out)."""
    rows = []
    for low, high in BANDS:
        inside = [one for one in outcomes if one.decided and low <= one.percent < high]
        if inside:
            mean = sum(one.percent for one in inside) / len(inside) / 100
            rows.append((low, high, len(inside), mean, _share([one.category_right for one in inside])))
    return rows


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """The mean distance of confidence and share right over bands, weighted by their cases."""
    rows = calibration(outcomes)
    total = sum(row[2] for row in rows)
    return sum(row[2] * abs(row[3] - row[4]) for row in rows) / total if total else 0.0


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0
