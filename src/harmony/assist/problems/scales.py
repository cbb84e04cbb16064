"""How hard a failure looks and how pressing, counted by documented signs; each level comes with its reasons."""

from __future__ import annotations

from collections.abc import Iterable

from harmony.assist.problems.fingerprints import kind
from harmony.assist.problems.model import LEVELS, UNKNOWN_CATEGORY, Evidence, Level, Reading
from harmony.assist.problems.taxonomy import Kinds, Sign

SAYS_PRODUCTION = "in-production"
PRODUCTION_LOOK_CHARS = 32 * 1024
"""Of the log, its end: what was deployed where is said near the failure or in the command."""


def complexity(reading: Reading, kinds: Kinds, category: str, subcategory: str) -> tuple[Level, list[Evidence]]:
    """The level of the subcategory, raised by each sign that is seen; an unknown kind is medium, no failure low."""
    if category == UNKNOWN_CATEGORY and not reading.failures:
        return "low", []
    found = kinds.subcategory(category, subcategory)
    level = LEVELS.index(found.complexity if found else "medium")
    seen = _met(kinds.scales.complexity, _signs_of_hardness(reading))
    level = min(level + sum(sign.points for sign, _ in seen), len(LEVELS) - 1)
    return LEVELS[level], [Evidence(None, said, f"harder: {sign.reason}") for sign, said in seen]


def urgency(reading: Reading, kinds: Kinds, occurrences: int) -> tuple[Level, list[Evidence]]:
    """The level that the points of all signs come to."""
    seen = _met(kinds.scales.urgency, _signs_of_haste(reading, kinds, occurrences))
    points = sum(sign.points for sign, _ in seen)
    level = next(level for needed, level in kinds.scales.urgency_levels if points >= needed)
    return level, [Evidence(None, said, f"more pressing: {sign.reason}") for sign, said in seen]


def _signs_of_hardness(reading: Reading) -> dict[str, tuple[int, str]]:
    """Each sign with how often it is seen and how that is said."""
    plain = [failure for failure in reading.failures if failure.rank >= 2]
    names = sorted({kind(failure.error_type) for failure in plain})
    languages = sorted({failure.language for failure in plain if failure.language})
    decisive = reading.decisive
    causes = len(decisive.causes) if decisive else 0
    foreign = len(decisive.frames) if decisive and not decisive.own_frames else 0
    return {
        "kinds-of-error": (len(names), ", ".join(names)),
        "languages": (len(languages), ", ".join(languages)),
        "causes": (causes, f"{causes} causes"),
        "only-library-frames": (foreign, f"{foreign} frames"),
    }


def _signs_of_haste(reading: Reading, kinds: Kinds, occurrences: int) -> dict[str, tuple[int, str]]:
    signals = reading.report.signals
    said = _says_production(reading, kinds)
    return {
        "occurrences": (occurrences, f"{occurrences} times"),
        "repeated-attempts": (int(signals.repeated_attempts), "repeated attempts"),
        "rapid-edits": (int(signals.rapid_edits), "rapid edits"),
        "documentation-checks": (signals.documentation_checks, f"{signals.documentation_checks} pages looked up"),
        SAYS_PRODUCTION: (int(bool(said)), said),
    }


def _says_production(reading: Reading, kinds: Kinds) -> str:
    """The words that name production, in the command or near the end of the log; nothing where nothing failed."""
    feature = next((item for item in kinds.features if item.name == SAYS_PRODUCTION), None)
    if feature is None or not (reading.failures or reading.report.exit_code):
        return ""
    for text in (reading.report.command or "", (reading.report.log or "")[-PRODUCTION_LOOK_CHARS:]):
        found = feature.pattern.search(text)
        if found:
            return found[0]
    return ""


def _met(signs: Iterable[Sign], seen: dict[str, tuple[int, str]]) -> list[tuple[Sign, str]]:
    return [(sign, seen[sign.sign][1]) for sign in signs if seen.get(sign.sign, (0, ""))[0] >= sign.at_least]
