"""What the words of a failure speak for, where an organisation's own history taught it: a small readable table.

Words are normalised as fingerprints are, so no path, id, number or name that changes from run to run is one of them;
the table gives each word a weight for each category (multinomial logistic regression). How far its answer is trusted
is counted like a rule's: by how often it was right at that height of its own confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from harmony.assist.problems.fingerprints import kind, normal
from harmony.assist.problems.model import Reading

WORDS_LIMIT_ITEMS = 60
WORD_LIMIT_CHARS = 30
LAST_LINES = 4
BANDS = (0.5, 0.6, 0.7, 0.8, 0.9)
"""The lower ends of the heights of its confidence that are trusted apart; below the first it is not asked."""

_WORD = re.compile(r"[a-z][a-z_]{2,29}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SHAPE = re.compile(r"(?:(?:type|lang):[a-z0-9_]{1,30}|[a-z][a-z_]{2,29})\Z")
"""What a word of the table looks like."""


@dataclass(frozen=True, slots=True)
class Words:
    """``weights``: a word to one number a category, in the order of ``categories``. ``bands``: right and wrong a band
    of ``BANDS``."""

    categories: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    bands: tuple[tuple[int, int], ...]

    def best(self, words: Iterable[str]) -> tuple[str, float, tuple[str, ...]]:
        """The likeliest category, how likely it calls itself, and the words that spoke most for it."""
        known = [word for word in words if word in self.weights]
        heights = [bias + sum(self.weights[word][at] for word in known) for at, bias in enumerate(self.bias)]
        top = max(range(len(heights)), key=heights.__getitem__)
        whole = sum(exp(height - heights[top]) for height in heights)
        speaking = sorted(known, key=lambda word: (-self.weights[word][top], word))
        return self.categories[top], 1.0 / whole, tuple(word for word in speaking if self.weights[word][top] > 0)[:5]

    def trusted(self, likely: float, prior_cases: int) -> float:
        """How often it was right when it called itself so likely; smoothed by what it says itself."""
        at = band_of(likely)
        if at is None:
            return 0.0
        right, wrong = self.bands[at]
        return (prior_cases * likely + right) / (prior_cases + right + wrong)


def band_of(likely: float) -> int | None:
    """Which of ``BANDS``; None below the first."""
    return max((at for at, low in enumerate(BANDS) if likely >= low), default=None)


def words_of(reading: Reading) -> tuple[str, ...]:
    """The words of a reading, each once, in order; none where nothing failed."""
    decisive = reading.decisive
    if decisive is None:
        lines = [line for line in (reading.report.log or "").splitlines() if line.strip()][-LAST_LINES:]
        return _each("", "", lines) if reading.report.exit_code else ()
    lines = [decisive.message or decisive.text]
    for frame in decisive.own_frames[-1:]:
        lines.append(frame.function)
    return _each(kind(decisive.error_type), decisive.language, lines)


def _each(error_type: str, language: str, lines: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    named = re.sub(r"[^a-z0-9_]", "", error_type.lower())[:WORD_LIMIT_CHARS]
    if named:
        found[f"type:{named}"] = None
        found |= dict.fromkeys(_WORD.findall(_CAMEL.sub(" ", error_type).lower()))
    if language:
        found[f"lang:{re.sub(r'[^a-z0-9_]', '', language.lower())[:WORD_LIMIT_CHARS]}"] = None
    for line in lines:
        found |= dict.fromkeys(_WORD.findall(_CAMEL.sub(" ", normal(line)).lower()))
    return tuple(word for word in found if SHAPE.match(word))[:WORDS_LIMIT_ITEMS]
