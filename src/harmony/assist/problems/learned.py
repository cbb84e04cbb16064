"""The file in which what was learned from an organisation's own history is kept: written, read, refused, taken back.

It holds counts, weights of single words and fingerprints: no sentence of anybody. Whoever can write it can mislead the
classes, so it is bounded and every number in it is checked; a broken one is refused by name and changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from harmony.assist.problems.errors import LearnedBroken, NothingLearned
from harmony.assist.problems.taxonomy import Counts, Kinds, shipped
from harmony.assist.problems.words import BANDS, SHAPE, Words

FORMAT = "harmony-learned-classes"
VERSION = 1
NAME = "learned-classes.json"
FORMER_NAME = "learned-classes.former.json"
FILE_LIMIT_BYTES = 4 * 1024**2
CATEGORIES_LIMIT_ITEMS = 64
WORDS_LIMIT_ITEMS = 4_000
RULES_LIMIT_ITEMS = 2_000
FINGERPRINTS_LIMIT_ITEMS = 1_000
WEIGHT_LIMIT = 12.0
"""Beyond this no honest fit goes: one word would outvote all others whatever they say."""
COUNT_LIMIT = 1_000_000
SHIPPED_WORTH_CASES = 8
"""Of what was counted before shipping, at most so many cases count beside one's own."""

_RULE = re.compile(r"[a-z0-9-]{1,60}\Z")
_PRINT = re.compile(r"[0-9a-z-]{1,64}\Z")


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned. ``categories`` and ``unknown`` are how its history looked: how often each category was met,
    and each fingerprint that had no class."""

    made_at: str
    seed: int
    cases: int
    rules: Mapping[str, Counts]
    words: Words
    categories: Mapping[str, int]
    unknown: Mapping[str, int]
    figures: Mapping[str, float]


def kinds_with(learned: Learned, kinds: Kinds) -> Kinds:
    """The shipped kinds, with the reliability and the words that were learned."""
    counts = {rule: _at_most(found, SHIPPED_WORTH_CASES) for rule, found in kinds.counts.items()}
    known = {rule.id for rule in kinds.rules}
    for rule, found in learned.rules.items():
        if rule in known:
            counts[rule] = counts.get(rule, Counts()).plus(found)
    return replace(kinds, counts=counts, words=learned.words)


def kinds_at(folder: Path) -> tuple[Kinds, str]:
    """The kinds in use where ``folder`` is the data folder, and when they were learned; the shipped ones and an empty
    text without a file. Raises ``LearnedBroken``. Read anew when the file has changed."""
    path = folder / NAME
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return shipped(), ""
    return _kinds(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


def read(path: Path) -> Learned:
    """What ``path`` holds; raises ``LearnedBroken``."""
    with path.open("rb") as file:
        raw = file.read(FILE_LIMIT_BYTES + 1)
    if len(raw) > FILE_LIMIT_BYTES:
        raise LearnedBroken(f"{path.name} is larger than {FILE_LIMIT_BYTES} bytes", field=path.name)
    try:
        data = json.loads(raw, parse_constant=_no_number)
        return _learned(data)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError) as error:
        raise LearnedBroken(f"{path.name} cannot be used: {_why(error)}", field=path.name) from None


def install(folder: Path, learned: Learned) -> Path:
    """Put it into use; what was in use before can be taken back once. Whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME
    fresh = path.with_suffix(".new")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(written(learned))
        file.flush()
        os.fsync(file.fileno())
    read(fresh)
    if path.exists():
        os.replace(path, folder / FORMER_NAME)
    os.replace(fresh, path)
    return path


def revert(folder: Path) -> str:
    """Take back what was learned last: the former file comes back, or the shipped kinds. Raises ``NothingLearned``."""
    path, former = folder / NAME, folder / FORMER_NAME
    if former.exists():
        os.replace(former, path)
        return "former"
    if not path.exists():
        raise NothingLearned(f"nothing was learned in {folder.name or folder}")
    path.unlink()
    return "shipped"


def written(learned: Learned) -> bytes:
    """The file's bytes: readable, one word a line, the same for the same content."""
    words = learned.words
    head = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": learned.made_at,
        "seed": learned.seed,
        "cases": learned.cases,
        "figures": dict(learned.figures),
        "rules": {rule: [counts.right, counts.wrong] for rule, counts in sorted(learned.rules.items())},
        "history": {"categories": dict(sorted(learned.categories.items())), "unknown": dict(learned.unknown)},
        "bands": [list(band) for band in words.bands],
        "categories": list(words.categories),
        "bias": list(words.bias),
    }
    lines = [f"  {json.dumps(word)}: {json.dumps(list(words.weights[word]))}" for word in sorted(words.weights)]
    body = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in head.items())
    return ("{\n" + body + ',\n "words": {\n' + ",\n".join(lines) + "\n }\n}\n").encode()


@lru_cache(maxsize=4)
def _kinds(path: Path, changed: int, size: int, inode: int) -> tuple[Kinds, str]:
    """Cached by what changes with the file."""
    learned = read(path)
    return kinds_with(learned, shipped()), learned.made_at


def _learned(data: dict[str, Any]) -> Learned:
    _need(data["format"] == FORMAT, "it is no file of learned classes")
    _need(data["version"] == VERSION, f"its version is not {VERSION}; learn anew")
    known = {category.id for category in shipped().categories}
    categories = _bounded(data["categories"], CATEGORIES_LIMIT_ITEMS, "categories")
    _need(len(set(categories)) == len(categories) and set(categories) <= known, "a category that there is not")
    table = _bounded(data["words"], WORDS_LIMIT_ITEMS, "words")
    width = len(categories)
    _need(width > 0 and len(data["bias"]) == width, "the categories and their bias do not fit")
    _need(len(data["bands"]) == len(BANDS), "the bands of confidence do not fit")
    words = Words(
        categories=tuple(categories),
        bias=_weights(data["bias"], width),
        weights={_shaped(word, SHAPE, "word"): _weights(row, width) for word, row in table.items()},
        bands=tuple((_number(right), _number(wrong)) for right, wrong in data["bands"]),
    )
    history = data["history"]
    rules = _bounded(data["rules"], RULES_LIMIT_ITEMS, "rules")
    return Learned(
        made_at=_short(data["made_at"]),
        seed=_number(data["seed"]),
        cases=_number(data["cases"]),
        rules={_shaped(name, _RULE, "rule"): Counts(_number(r), _number(w)) for name, (r, w) in rules.items()},
        words=words,
        categories=_numbers(_bounded(history["categories"], CATEGORIES_LIMIT_ITEMS + 1, "history")),
        unknown=_numbers(_bounded(history["unknown"], FINGERPRINTS_LIMIT_ITEMS, "fingerprints")),
        figures={str(name)[:60]: _finite(value) for name, value in _bounded(data["figures"], 60, "figures").items()},
    )


class _Wrong(ValueError):
    """Something in the file, in words that may be shown."""


def _need(holds: bool, said: str) -> None:
    if not holds:
        raise _Wrong(said)


def _no_number(name: str) -> NoReturn:
    raise _Wrong(f"{name} is no number")


def _bounded(found: Any, limit: int, name: str) -> Any:
    _need(isinstance(found, dict | list) and len(found) <= limit, f"more than {limit} {name}")
    return found


def _shaped(word: str, shape: re.Pattern[str], what: str) -> str:
    _need(isinstance(word, str) and bool(shape.match(word)), f"what cannot be a {what}")
    return word


def _weights(row: Any, width: int) -> tuple[float, ...]:
    _need(isinstance(row, list) and len(row) == width, "a word's weights do not fit the categories")
    found = tuple(_finite(value) for value in row)
    _need(all(abs(value) <= WEIGHT_LIMIT for value in found), f"a weight beyond {WEIGHT_LIMIT:g}")
    return found


def _finite(value: Any) -> float:
    _need(isinstance(value, int | float) and not isinstance(value, bool), "a weight that is no number")
    _need(math.isfinite(value), "a weight that is not finite")
    return float(value)


def _number(value: Any) -> int:
    _need(isinstance(value, int) and not isinstance(value, bool), "a count that is no whole number")
    _need(0 <= value <= COUNT_LIMIT, f"a count that is not between 0 and {COUNT_LIMIT}")
    return int(value)


def _numbers(found: dict[str, Any]) -> dict[str, int]:
    return {_shaped(name, _PRINT, "name in the history"): _number(value) for name, value in found.items()}


def _short(value: Any) -> str:
    _need(isinstance(value, str) and len(value) <= 40 and value.isprintable(), "made_at is no instant")
    return str(value)


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return "a part of it is missing"
    return str(error) if isinstance(error, _Wrong) else "it is not made as such a file is"


def _at_most(counts: Counts, cases: int) -> Counts:
    total = counts.right + counts.wrong
    if total <= cases:
        return counts
    right = round(cases * counts.right / total)
    return Counts(right, cases - right)
