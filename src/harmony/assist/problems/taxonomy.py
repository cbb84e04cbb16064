"""The kinds of failure, as data: what is looked for, which findings speak for which kind, and how reliably.

The data lies in ``kinds/``: ``taxonomy.json`` (categories, subcategories, how hard they are, the skills they ask for),
``rules.json`` (features, and rules that describe a kind, never one failure), ``scales.json`` (how complexity and
urgency are counted) and ``measured.json`` (how often each rule was right where it decided). It is read once, on first
use, and refused whole when a part of it is wrong. ``docs/guides/classification.md`` says how to add a kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from harmony.assist.problems.errors import KindsBroken
from harmony.assist.problems.model import LEVELS, UNKNOWN_CATEGORY, UNKNOWN_SUBCATEGORY, Level
from harmony.assist.problems.traces.pattern import Pattern
from harmony.assist.problems.words import Words

FOLDER = Path(__file__).parent / "kinds"
VERSION = 1
PHRASE_GAP_CHARS = 120
"""How far apart the parts of a phrase on both sides of its ``*`` may stand."""
SHARES = ("decisive", "cause", "beside", "line", "aside")
HARD_SIGNS = ("kinds-of-error", "languages", "causes", "only-library-frames")
PRESSING_SIGNS = ("occurrences", "repeated-attempts", "rapid-edits", "documentation-checks", "in-production")

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that can be seen in the words of a failure or in the source lines of its stack."""

    name: str
    pattern: Pattern
    in_source: bool = True
    """Whether source lines count; in them a backslash mostly begins an escape."""
    signs: tuple[str, ...] = ()
    """One of them is in every text that holds it, in lower case; without any, the pattern alone is asked."""

    def is_in(self, text: str) -> bool:
        return signed(self.signs, text.lower()) and self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Rule:
    """Fits when the error type is one of ``types`` or the words say one of ``says`` or hold ``pattern`` (with ``both``:
    type and words); and when all of ``sees`` were observed and none of ``unless``. A rule of features alone fits
    whatever the words.

    ``weight`` is what its author expects, in percent: how often a failure that the rule decides is of its kind. It
    orders the rules, and what is measured moves away from it.
    """

    id: str
    category: str
    subcategory: str
    weight: int
    reason: str
    types: frozenset[str] = frozenset()
    says: tuple[tuple[str, ...], ...] = ()
    pattern: Pattern | None = None
    signs: tuple[str, ...] = ()
    """One of them is in every text that holds ``pattern``, as for a feature: a pattern costs its compilation."""
    sees: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    both: bool = False

    @property
    def of_features(self) -> bool:
        return not (self.types or self.says or self.pattern)


@dataclass(frozen=True, slots=True)
class Subcategory:
    id: str
    about: str
    complexity: Level
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    about: str
    subcategories: tuple[Subcategory, ...]
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """Counts ``points`` where the sign named is seen ``at_least`` so often."""

    sign: str
    at_least: int
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scales:
    """How sure a class must be, and how complexity and urgency are counted."""

    abstain_below: float
    prior_cases: int
    """How many measured cases the author's expectation is worth."""
    shares: Mapping[str, float]
    """What evidence counts by where it stands; see ``SHARES``."""
    complexity: tuple[Sign, ...]
    urgency: tuple[Sign, ...]
    urgency_levels: tuple[tuple[int, Level], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a rule was right and wrong where it decided."""

    right: int = 0
    wrong: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Everything that a judgement needs to know, as shipped or as learned from an organisation's own history."""

    categories: tuple[Category, ...]
    features: tuple[Feature, ...]
    commands: tuple[Feature, ...]
    rules: tuple[Rule, ...]
    scales: Scales
    counts: Mapping[str, Counts] = field(default_factory=dict)
    """By rule; what is missing was never measured."""
    words: Words | None = None
    """What an organisation's own words speak for; nothing is shipped."""

    def reliability(self, rule: Rule) -> float:
        """How often the rule is right where it decides: measured, smoothed by what its author expects.

        The mean of a Beta distribution whose prior is worth ``prior_cases`` cases (Gelman et al., "Bayesian Data
        Analysis", section 2.4), so that two lucky cases do not make a certainty.
        """
        counts, prior = self.counts.get(rule.id, Counts()), self.scales.prior_cases
        return (prior * rule.weight / 100 + counts.right) / (prior + counts.right + counts.wrong)

    def subcategory(self, category: str, name: str) -> Subcategory | None:
        found = next((item for item in self.categories if item.id == category), None)
        return next((item for item in found.subcategories if item.id == name), None) if found else None

    def has(self, category: str, subcategory: str) -> bool:
        """Whether this is a class that a failure may have; ``unknown/unclassified`` is one."""
        if category == UNKNOWN_CATEGORY:
            return subcategory == UNKNOWN_SUBCATEGORY
        return self.subcategory(category, subcategory) is not None


@cache
def shipped() -> Kinds:
    """The kinds that come with Harmony."""
    return parsed({name: _read(FOLDER / f"{name}.json") for name in ("taxonomy", "rules", "scales", "measured")})


def parsed(data: Mapping[str, Any]) -> Kinds:
    """The kinds of the four documents; raises ``KindsBroken``, which names what is wrong."""
    try:
        for name, document in data.items():
            _check(document.get("version") == VERSION, f"{name}: the version is not {VERSION}")
        kinds = Kinds(
            categories=tuple(_category(item) for item in data["taxonomy"]["categories"]),
            features=tuple(_feature(item) for item in data["rules"]["features"]),
            commands=tuple(_feature(item) for item in data["rules"]["commands"]),
            rules=tuple(_rule(item) for item in data["rules"]["rules"]),
            scales=_scales(data["scales"]),
            counts=_counts(data["measured"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KindsBroken(f"the kinds of failure cannot be read: {error!r}") from error
    _consistent(kinds)
    return kinds


def phrase(text: str) -> tuple[str, ...]:
    """The parts of a phrase between its ``*``, in lower case."""
    return tuple(part.lower() for part in text.split("*"))


def speaks(parts: tuple[str, ...], text: str) -> bool:
    """Whether ``text``, in lower case, holds the parts in order and not far apart. Linear in the text."""
    begin = text.find(parts[0])
    while begin >= 0:
        end = begin + len(parts[0])
        for part in parts[1:]:
            found = text.find(part, end, end + PHRASE_GAP_CHARS + len(part))
            if found < 0:
                break
            end = found + len(part)
        else:
            return True
        begin = text.find(parts[0], begin + 1) if len(parts) > 1 else -1
    return False


def signed(signs: tuple[str, ...], low: str) -> bool:
    """Whether a text in lower case holds one of the signs, or none is asked for."""
    return not signs or any(sign in low for sign in signs)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _check(holds: bool, said: str) -> None:
    if not holds:
        raise KindsBroken(said)


def _named(name: str) -> str:
    _check(bool(_NAME.match(name)), f"{name!r} is no name of lower-case words joined by hyphens")
    return name


def _level(name: str) -> Level:
    return next(level for level in LEVELS if level == name) if name in LEVELS else _no_level(name)


def _no_level(name: str) -> Level:
    raise KindsBroken(f"{name!r} is none of {', '.join(LEVELS)}")


def _category(item: dict[str, Any]) -> Category:
    subcategories = tuple(
        Subcategory(_named(sub["id"]), sub["about"], _level(sub["complexity"]), tuple(sub.get("skills", ())))
        for sub in item["subcategories"]
    )
    return Category(_named(item["id"]), item["about"], subcategories, tuple(item.get("skills", ())))


def _feature(item: dict[str, Any]) -> Feature:
    signs = tuple(sign.lower() for sign in item.get("signs", ()))
    return Feature(_named(item["name"]), Pattern(item["pattern"]), bool(item.get("in_source", False)), signs)


def _rule(item: dict[str, Any]) -> Rule:
    category, _, subcategory = item["kind"].partition("/")
    rule = Rule(
        id=_named(item["id"]),
        category=category,
        subcategory=subcategory,
        weight=int(item["weight"]),
        reason=item["reason"],
        types=frozenset(item.get("types", "").lower().split()),
        says=tuple(phrase(text) for text in item.get("says", ())),
        pattern=Pattern(item["pattern"]) if item.get("pattern") else None,
        signs=tuple(sign.lower() for sign in item.get("signs", ())),
        sees=frozenset(item.get("sees", "").split()),
        unless=frozenset(item.get("unless", "").split()),
        both=bool(item.get("both", False)),
    )
    _check(0 < rule.weight < 100, f"{rule.id}: the weight is not between 1 and 99 percent")
    _check(not rule.of_features or bool(rule.sees), f"{rule.id}: it asks for nothing")
    _check(all(all(parts) for parts in rule.says), f"{rule.id}: a phrase has an empty part")
    return rule


def _scales(data: dict[str, Any]) -> Scales:
    urgency = data["urgency"]
    scales = Scales(
        abstain_below=data["abstain_below_percent"] / 100,
        prior_cases=int(data["prior_cases"]),
        shares={name: data["shares_percent"][name] / 100 for name in SHARES},
        complexity=tuple(_sign(item, "by", HARD_SIGNS) for item in data["complexity"]),
        urgency=tuple(_sign(item, "points", PRESSING_SIGNS) for item in urgency["signs"]),
        urgency_levels=tuple((int(needed), _level(level)) for needed, level in urgency["levels"]),
    )
    _check(0 < scales.abstain_below < 1 and scales.prior_cases > 0, "scales: bounds that cannot be")
    _check(scales.urgency_levels[-1][0] <= 0, "scales: the last level of urgency must take no points")
    return scales


def _sign(item: dict[str, Any], points: str, known: tuple[str, ...]) -> Sign:
    _check(item["sign"] in known, f"scales: {item['sign']!r} is none of {', '.join(known)}")
    return Sign(item["sign"], int(item["at_least"]), int(item[points]), item["reason"])


def _counts(data: dict[str, Any]) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    for part in ("invented", "labelled"):
        for rule, (right, wrong) in data[part].items():
            _check(min(right, wrong) >= 0, f"measured: {rule} has a count below nothing")
            found[rule] = found.get(rule, Counts()).plus(Counts(right, wrong))
    return found


def _consistent(kinds: Kinds) -> None:
    """Refuse names that are taken twice and names that nothing bears."""
    _once("category", (category.id for category in kinds.categories))
    for category in kinds.categories:
        _once(f"subcategory of {category.id}", (item.id for item in category.subcategories))
    _once("rule", (rule.id for rule in kinds.rules))
    for rule in kinds.rules:
        bears = kinds.subcategory(rule.category, rule.subcategory)
        _check(bears is not None, f"{rule.id}: there is no kind {rule.category}/{rule.subcategory}")
    names = {rule.id for rule in kinds.rules}
    for name in kinds.counts:
        _check(name in names, f"measured: there is no rule {name}")


def _once(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        _check(name not in seen, f"the {what} {name} is there twice")
        seen.add(name)


def skills_of(kinds: Kinds) -> dict[str, tuple[str, ...]]:
    """The skills that a category or subcategory asks for, beside the program's language."""
    found = {category.id: category.skills for category in kinds.categories if category.skills}
    for category in kinds.categories:
        found |= {item.id: item.skills for item in category.subcategories if item.skills}
    return found


SKILLS = skills_of(shipped())
