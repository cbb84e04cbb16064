"""What has changed since the classes were learned: the mix of categories, rules that are right less often, failures of
no class that have become frequent. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from harmony.assist.problems.learned import Learned
from harmony.assist.problems.lessons import Lesson, counted, decided
from harmony.assist.problems.measuring import wilson
from harmony.assist.problems.model import UNKNOWN_CATEGORY
from harmony.assist.problems.taxonomy import Counts, Kinds

STEADY_BELOW = 0.1
SHIFTED_FROM = 0.25
"""The usual reading of the population stability index (Siddiqi, "Credit Risk Scorecards", 2006)."""
RULE_LEAST_CASES = 5
UNKNOWN_LEAST_TIMES = 3
UNKNOWN_SHOWN_ITEMS = 20
GROWN_TIMES = 3


@dataclass(frozen=True, slots=True)
class Shift:
    """A category's share then and now, and what it adds to the index."""

    category: str
    then: float
    now: float
    index: float


@dataclass(frozen=True, slots=True)
class Fallen:
    """A rule that is right less often: what it was trusted with, and the 95 % interval of what is counted now."""

    rule: str
    trusted: float
    now: Counts
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drift:
    """``index`` is the population stability index; ``by_chance`` what samples of these sizes would come to without any
    change. ``unknown``: fingerprints of no class, how often then and now."""

    then: int
    now: int
    index: float
    by_chance: float
    shifts: tuple[Shift, ...]
    fallen: tuple[Fallen, ...]
    unknown: tuple[tuple[str, int, int], ...]
    unknown_share: float

    @property
    def verdict(self) -> str:
        if self.index - self.by_chance < STEADY_BELOW:
            return "steady"
        return "moving" if self.index - self.by_chance < SHIFTED_FROM else "shifted"


def drift(learned: Learned, kinds: Kinds, lessons: Sequence[Lesson]) -> Drift:
    """How ``lessons`` differ from the history that was learned from; ``kinds`` are those in use.

    A lesson whose category nobody settled counts as the category that it is given now.
    """
    found = [(lesson, decided(lesson, kinds)[0]) for lesson in lessons]
    now = Counter(lesson.category or given for lesson, given in found)
    unknown = Counter(lesson.fingerprint for lesson, given in found if given == UNKNOWN_CATEGORY)
    index, by_chance, shifts = _stability(learned.categories, now)
    settled = [lesson for lesson in lessons if lesson.category]
    return Drift(
        then=sum(learned.categories.values()),
        now=len(lessons),
        index=index,
        by_chance=by_chance,
        shifts=shifts,
        fallen=_fallen(settled, kinds),
        unknown=_grown(learned, unknown, len(lessons)),
        unknown_share=sum(unknown.values()) / len(lessons) if lessons else 0.0,
    )


def _stability(then: Mapping[str, int], now: Mapping[str, int]) -> tuple[float, float, tuple[Shift, ...]]:
    """The index with half a case added everywhere, so that an empty category costs no infinity."""
    names = sorted({*then, *now})
    before, after = sum(then.values()), sum(now.values())
    if not names or not before or not after:
        return 0.0, 0.0, ()
    shifts = []
    for name in names:
        was = (then.get(name, 0) + 0.5) / (before + 0.5 * len(names))
        has = (now.get(name, 0) + 0.5) / (after + 0.5 * len(names))
        shifts.append(Shift(name, was, has, (has - was) * log(has / was)))
    by_chance = (len(names) - 1) * (1 / before + 1 / after)
    return sum(s.index for s in shifts), by_chance, tuple(sorted(shifts, key=lambda s: (-s.index, s.category)))


def _fallen(lessons: Sequence[Lesson], kinds: Kinds) -> tuple[Fallen, ...]:
    """Rules whose whole interval now lies below what they are trusted with."""
    rules = {rule.id: rule for rule in kinds.rules}
    found = []
    for name, counts in counted(lessons, rules).items():
        total = counts.right + counts.wrong
        low, high = wilson(counts.right, total)
        trusted = kinds.reliability(rules[name])
        if total >= RULE_LEAST_CASES and high < trusted >= kinds.scales.abstain_below:
            found.append(Fallen(name, trusted, counts, low, high))
    return tuple(sorted(found, key=lambda fallen: fallen.high - fallen.trusted))


def _grown(learned: Learned, unknown: Mapping[str, int], lessons: int) -> tuple[tuple[str, int, int], ...]:
    """Fingerprints of no class that are new, or take a share several times that of then."""
    found = []
    for name, times in unknown.items():
        before = learned.unknown.get(name, 0)
        grown = times * max(learned.cases, 1) > GROWN_TIMES * before * max(lessons, 1)
        if times >= UNKNOWN_LEAST_TIMES and grown:
            found.append((name, before, times))
    return tuple(sorted(found, key=lambda one: (-one[2], one[0]))[:UNKNOWN_SHOWN_ITEMS])
