"""What a resolved failure teaches: the rules that fit, single words, and the category that a person settled. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harmony.assist.problems import fingerprints
from harmony.assist.problems.classification import look
from harmony.assist.problems.model import UNKNOWN_CATEGORY, Reading
from harmony.assist.problems.taxonomy import Counts, Kinds, Rule
from harmony.assist.problems.words import words_of

SPEAKING_SHARE = 0.8
"""Rules on words that stand further aside are not counted."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A failure whose category a person settled, as far as learning looks at it: no sentence is in it.

    ``ranked``: the rules that fit, in the order in which they are asked, each with the share of its place.
    """

    fingerprint: str
    category: str
    ranked: tuple[tuple[str, float], ...]
    words: tuple[str, ...]


def lesson_of(reading: Reading, category: str, kinds: Kinds) -> Lesson:
    """What a reading teaches."""
    shares = kinds.scales.shares
    ranked = tuple((fit.rule.id, shares[fit.candidate.place]) for fit in look(reading, kinds).fitting)
    fingerprint = reading.fingerprint
    if reading.decisive is None and reading.report.log:
        # Commands that fail without a readable failure are told apart by their last words.
        fingerprint = fingerprints.of_text(reading.report.log).value
    return Lesson(fingerprint, category, ranked, words_of(reading))


def decided(lesson: Lesson, kinds: Kinds) -> tuple[str, str]:
    """The category that a lesson would be given, and the rule that decided; as ``classification.choose`` does."""
    rules = {rule.id: rule for rule in kinds.rules}
    category, by, confidence = UNKNOWN_CATEGORY, "", 0.0
    for name, share in lesson.ranked:
        rule = rules.get(name)
        if rule is not None and kinds.reliability(rule) * share >= kinds.scales.abstain_below:
            category, by, confidence = rule.category, name, kinds.reliability(rule) * share
            break
    if kinds.words is not None and lesson.words:
        likeliest, likely, speaking = kinds.words.best(lesson.words)
        trusted = kinds.words.trusted(likely, kinds.scales.prior_cases)
        if trusted >= kinds.scales.abstain_below and trusted > confidence and speaking:
            category, by = likeliest, "words"
    return category, by


def counted(lessons: Iterable[Lesson], rules: Mapping[str, Rule]) -> dict[str, Counts]:
    """How often each rule was right and wrong where it was asked: in their order, until one is right.

    Each failure counts once, however often it came back.
    """
    found: dict[str, Counts] = {}
    for lesson in once_each(lessons):
        for name, share in lesson.ranked:
            if name not in rules or share < SPEAKING_SHARE:
                continue
            right = rules[name].category == lesson.category
            found[name] = found.get(name, Counts()).plus(Counts(int(right), int(not right)))
            if right:
                break
    return found


def once_each(lessons: Iterable[Lesson]) -> list[Lesson]:
    """One lesson a failure and category, the latest: what came back a hundred times is one failure."""
    return list({(lesson.fingerprint, lesson.category): lesson for lesson in lessons}.values())
