"""Learning the classes from an organisation's own resolved problems: what is counted, what is fitted, whether it helps.

Each rule's reliability is counted anew and a small logistic regression over normalised words is fitted. Both are judged
by cross-validation against the shipped rules: failures of one fingerprint are never in two folds, so that nothing is
recognised merely because it came twice. Everything is decided by the lessons and the seed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from harmony.assist.problems.errors import TooLittleToLearn
from harmony.assist.problems.learned import FINGERPRINTS_LIMIT_ITEMS, WEIGHT_LIMIT, Learned, kinds_with
from harmony.assist.problems.lessons import Lesson, counted, decided, once_each
from harmony.assist.problems.measuring import interval
from harmony.assist.problems.model import UNKNOWN_CATEGORY
from harmony.assist.problems.taxonomy import Kinds
from harmony.assist.problems.words import BANDS, Words, band_of
from harmony.kernel.chance import Chance

LESSONS_LIMIT_ITEMS = 5_000
LESSONS_LEAST_ITEMS = 30
CATEGORY_LEAST_LESSONS = 3
"""A category met less often is left to the rules."""
VOCABULARY_LIMIT_ITEMS = 1_000
WORD_LEAST_FAILURES = 3
"""A word of fewer different failures is not kept: it may be somebody's own."""
FOLDS = 5
ROUNDS = 1_000
FIT_STEPS = 60
RIDGE = 1.0
NO_BANDS = tuple((0, 0) for _ in BANDS)


@dataclass(frozen=True, slots=True)
class Score:
    """Of the lessons, shares: right, wrong, not decided; ``worth`` is right less wrong, with its 95 % interval."""

    right: float
    wrong: float
    undecided: float
    worth: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The shipped rules and what was learned, on lessons that the learning did not see; ``gain`` is the difference of
    their worth, failure by failure."""

    lessons: int
    failures: int
    shipped: Score
    learned: Score
    gain: float
    gain_low: float
    gain_high: float

    @property
    def better(self) -> bool:
        """Whether even the lower end of the interval is a gain."""
        return self.gain_low > 0


def learn(
    lessons: Sequence[Lesson], kinds: Kinds, *, seed: int, made_at: str, chance: Chance
) -> tuple[Learned, Comparison]:
    """What the lessons teach and how that compares with the shipped rules. Raises ``TooLittleToLearn``."""
    given = lessons[-LESSONS_LIMIT_ITEMS:]
    met = Counter(lesson.category for lesson in given)
    taught = [category for category, number in met.items() if _is_taught(category, number)]
    if len(given) < LESSONS_LEAST_ITEMS or len(taught) < 2:
        raise TooLittleToLearn(
            f"there are {len(given)} lessons of {len(taught)} categories with {CATEGORY_LEAST_LESSONS} or more; "
            f"{LESSONS_LEAST_ITEMS} lessons of 2 categories are needed",
            details={"lessons": len(given), "categories": len(taught)},
        )
    compared, bands = _cross_validated(given, kinds, seed, chance)
    learned = fitted(given, kinds, seed, made_at, bands)
    figures = {
        "shipped_worth": round(compared.shipped.worth, 4),
        "learned_worth": round(compared.learned.worth, 4),
        "gain": round(compared.gain, 4),
        "gain_low": round(compared.gain_low, 4),
        "gain_high": round(compared.gain_high, 4),
    }
    return replace(learned, figures=figures), compared


def _cross_validated(
    lessons: Sequence[Lesson], kinds: Kinds, seed: int, chance: Chance
) -> tuple[Comparison, tuple[tuple[int, int], ...]]:
    """Both judged on lessons they were not fitted to, and how right the words were at each height of confidence."""
    before: dict[str, list[float]] = {}
    after: dict[str, list[float]] = {}
    seen: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = [lesson for lesson in lessons if _fold(lesson, seed) == fold]
        rest = [lesson for lesson in lessons if _fold(lesson, seed) != fold]
        if not held or not rest:
            continue
        learned = fitted(rest, kinds, seed, "", _bands(_inner(rest, seed)))
        known = kinds_with(learned, kinds)
        for lesson in held:
            before.setdefault(lesson.fingerprint, []).append(_worth(decided(lesson, kinds)[0], lesson))
            after.setdefault(lesson.fingerprint, []).append(_worth(decided(lesson, known)[0], lesson))
        seen += _heights(held, learned.words)
    return _compared(before, after, chance), _bands(seen)


def _inner(lessons: Sequence[Lesson], seed: int) -> list[tuple[float, bool]]:
    """How likely the words called themselves and whether they were right, on halves that they were not fitted to."""
    found: list[tuple[float, bool]] = []
    for half in range(2):
        held = [lesson for lesson in lessons if _fold(lesson, seed + 1) % 2 == half]
        rest = [lesson for lesson in lessons if _fold(lesson, seed + 1) % 2 != half]
        if held and rest:
            found += _heights(held, _fit_words(rest))
    return found


def _heights(lessons: Iterable[Lesson], words: Words) -> list[tuple[float, bool]]:
    found = []
    for lesson in once_each(lessons):
        category, likely, speaking = words.best(lesson.words)
        if speaking:
            found.append((likely, category == lesson.category))
    return found


def _bands(seen: Iterable[tuple[float, bool]]) -> tuple[tuple[int, int], ...]:
    found = [[0, 0] for _ in BANDS]
    for likely, right in seen:
        at = band_of(likely)
        if at is not None:
            found[at][0 if right else 1] += 1
    return tuple((right, wrong) for right, wrong in found)


def fitted(
    lessons: Sequence[Lesson],
    kinds: Kinds,
    seed: int,
    made_at: str,
    bands: tuple[tuple[int, int], ...],
    *,
    words: bool = True,
) -> Learned:
    """Everything counted and fitted, not judged; without ``words``, how the history looks and no more."""
    rules = {rule.id: rule for rule in kinds.rules}
    undecided = Counter(lesson.fingerprint for lesson in lessons if decided(lesson, kinds)[0] == UNKNOWN_CATEGORY)
    return Learned(
        made_at=made_at,
        seed=seed,
        cases=len(lessons),
        rules=counted(lessons, rules),
        words=replace(_fit_words(lessons if words else ()), bands=bands or NO_BANDS),
        categories=Counter(lesson.category for lesson in lessons),
        unknown=dict(undecided.most_common(FINGERPRINTS_LIMIT_ITEMS)),
        figures={},
    )


def _fit_words(lessons: Sequence[Lesson]) -> Words:
    """Multinomial logistic regression with a ridge, by L-BFGS from nothing: the same for the same lessons."""
    each = once_each(lessons)
    met = Counter(lesson.category for lesson in each)
    categories = sorted(category for category, number in met.items() if _is_taught(category, number))
    if len(categories) < 2:
        categories = sorted(category for category in met if category != UNKNOWN_CATEGORY)[:1] or ["syntax"]
        return Words(tuple(categories), (0.0,), {}, NO_BANDS)
    often = Counter(word for lesson in each for word in lesson.words)
    kept = sorted(
        (word for word, number in often.items() if number >= WORD_LEAST_FAILURES), key=lambda w: (-often[w], w)
    )
    vocabulary = {word: at for at, word in enumerate(sorted(kept[:VOCABULARY_LIMIT_ITEMS]))}
    taught = [lesson for lesson in each if lesson.category in categories]
    given = np.zeros((len(taught), len(vocabulary) + 1))
    given[:, -1] = 1.0
    for row, lesson in enumerate(taught):
        for word in lesson.words:
            if word in vocabulary:
                given[row, vocabulary[word]] = 1.0
    answers = np.array([categories.index(lesson.category) for lesson in taught])
    fitted = np.clip(_weights(given, answers, len(categories)), -WEIGHT_LIMIT, WEIGHT_LIMIT).round(4)
    return Words(
        categories=tuple(categories),
        bias=tuple(float(value) for value in fitted[-1]),
        weights={word: tuple(float(value) for value in fitted[at]) for word, at in vocabulary.items()},
        bands=NO_BANDS,
    )


def _weights(given: np.ndarray, answers: np.ndarray, width: int) -> np.ndarray:
    """The weights, a row a word and the bias last; they minimise the cross-entropy and the ridge together."""
    wanted = np.eye(width)[answers]
    shape = (given.shape[1], width)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        heights = given @ weights
        heights -= heights.max(axis=1, keepdims=True)
        whole = np.exp(heights)
        likely = whole / whole.sum(axis=1, keepdims=True)
        ridge = weights.copy()
        ridge[-1] = 0.0
        missed = -np.log(np.maximum((likely * wanted).sum(axis=1), 1e-300)).sum()
        slope = given.T @ (likely - wanted) + RIDGE * ridge
        return float(missed + 0.5 * RIDGE * (ridge**2).sum()), slope.ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": FIT_STEPS})
    return np.asarray(found.x).reshape(shape)


def _compared(before: dict[str, list[float]], after: dict[str, list[float]], chance: Chance) -> Comparison:
    """Failures are drawn anew, each with all its lessons."""
    failures = sorted(before)
    old = [(sum(before[name]), len(before[name])) for name in failures]
    new = [(sum(after[name]), len(after[name])) for name in failures]
    drawn: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        picked = [int(chance.uniform(0, len(failures))) for _ in failures]
        total = sum(old[at][1] for at in picked)
        drawn.append((sum(old[at][0] for at in picked) / total, sum(new[at][0] for at in picked) / total))
    gains = sorted(new_worth - old_worth for old_worth, new_worth in drawn)
    low, high = interval(gains)
    marks = [mark for name in failures for mark in before[name]], [mark for name in failures for mark in after[name]]
    shipped = _score(marks[0], sorted(worth for worth, _ in drawn))
    learned = _score(marks[1], sorted(worth for _, worth in drawn))
    return Comparison(len(marks[0]), len(failures), shipped, learned, learned.worth - shipped.worth, low, high)


def _score(marks: Sequence[float], drawn: Sequence[float]) -> Score:
    low, high = interval(drawn)
    right, wrong, undecided = (marks.count(mark) / len(marks) for mark in (1.0, -1.0, 0.0))
    return Score(right, wrong, undecided, sum(marks) / len(marks), low, high)


def _worth(category: str, lesson: Lesson) -> float:
    """1 for a right class (or none where a person found none), -1 for a wrong one, 0 for none."""
    if category == lesson.category:
        return 1.0
    return 0.0 if category == UNKNOWN_CATEGORY else -1.0


def _is_taught(category: str, number: int) -> bool:
    return category != UNKNOWN_CATEGORY and number >= CATEGORY_LEAST_LESSONS


def _fold(lesson: Lesson, seed: int) -> int:
    digest = hashlib.sha256(f"{seed} {lesson.fingerprint}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % (FOLDS * 2) // 2
