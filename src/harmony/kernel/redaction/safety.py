"""Can this pattern run away? A structural look at the parsed pattern, without trying it on anything.

Refused: repetition without a bound; a repetition of varying length inside another whose turns nothing tells apart; a
repeated choice whose branches begin alike; two long repetitions side by side that can share characters. What passes
does work that is linear in the text, times a constant the bounds give; ``weight`` estimates that constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

REPEAT_LIMIT = 20_000
SHORT_REPEAT = 128
"""Side by side and overlapping, repetitions up to this bound are let through: their product stays small."""
NESTED_SHORT = 24
CHOICES_SHORT = 3
"""A choice repeated so often can be tried in every way."""

_PARSER: Any = re._parser  # type: ignore[attr-defined]  # the standard library's own parser; it has no public name
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_EVERYTHING = frozenset(range(-2, 256))
_SAMPLE = [chr(code) for code in range(256)]
Chars = frozenset[int]
"""Which of the first 256 characters, with -1 for all others."""


def danger(pattern: str) -> str:
    """Why ``pattern`` could take too long, or an empty string. Raises ``re.error`` for what is no pattern."""
    tree = _PARSER.parse(pattern)
    return _sequence(list(tree), within=1)


def weight(pattern: str) -> int:
    """How many ways there are, at most, to divide a text among the parts of ``pattern`` that begin at one place.

    A part of varying length multiplies with one before it that could have taken its first character too.
    """
    tree = _PARSER.parse(pattern)
    return _weight(list(tree), tree.state)


def _weight(items: list[Any], state: Any) -> int:
    heaviest = 1
    competing: list[tuple[Chars, int]] = []
    for item in _flat(items):
        name, first = str(item[0]), _first([item])
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            heaviest = max([heaviest, *(_weight(branch, state) for branch in _branches(name, item[1]))])
            continue
        inner = [list(item[1][2])] if name in _REPEATS else _branches(name, item[1])
        heaviest = max([heaviest, *(_weight(part, state) for part in inner)])
        least, most = _PARSER.SubPattern(state, [item]).getwidth()
        ways = most - least + 1
        if ways > 1:
            for shared in (span for others, span in competing if others & first):
                ways *= shared
            heaviest = max(heaviest, ways)
        if least:
            competing = [entry for entry in competing if entry[0] & first]
        if most > least:
            competing.append((_chars([item]), most - least + 1))
    return heaviest


def _flat(items: list[Any]) -> Iterator[Any]:
    for item in items:
        if str(item[0]) == "SUBPATTERN":
            yield from _flat(list(item[1][3]))
        else:
            yield item


def _sequence(items: list[Any], within: int) -> str:
    previous: tuple[Chars, int] | None = None
    for operator, argument in items:
        name = str(operator)
        if name in _REPEATS:
            least, most, body = argument
            trouble = _repeat(int(least), int(most), list(body), within)
            if not trouble and previous and most > least and most > SHORT_REPEAT:
                shared = previous[0] & _chars(list(body))
                if shared and previous[1] > SHORT_REPEAT:
                    trouble = "two long repetitions side by side share characters"
            if trouble:
                return trouble
            if most > least and (previous is None or most > SHORT_REPEAT or least > 0):
                previous = (_chars(list(body)), int(most))
        else:
            trouble = next(
                filter(
                    None,
                    (_sequence(branch, within) for branch in _branches(name, argument)),
                ),
                "",
            )
            if trouble:
                return trouble
            previous = _after(previous, (operator, argument))
    return ""


def _after(previous: tuple[Chars, int] | None, item: tuple[Any, Any]) -> tuple[Chars, int] | None:
    """What of the repetition before ``item`` can still compete with one after it."""
    if previous is None or str(item[0]) in ("AT", "ASSERT", "ASSERT_NOT"):
        return previous
    if not _nullable([item]) and not _chars([item]) & previous[0]:
        return None
    return previous


def _repeat(least: int, most: int, body: list[Any], within: int) -> str:
    if most > REPEAT_LIMIT:
        return f"a repetition has no bound below {REPEAT_LIMIT}"
    varying = [item for item in _repeats_in(body) if item[0] < item[1] and item[1] > 1]
    if most > 1 and varying and not _delimited(body) and max(item[1] for item in varying) * most > NESTED_SHORT:
        return "a repetition inside a repetition, and nothing tells their turns apart"
    if most > 1 and _nullable(body):
        return "a repetition of something that may be empty"
    if most > CHOICES_SHORT and _begin_alike(body):
        return "a repeated choice whose branches begin alike"
    return _sequence(body, within * most)


def _begin_alike(body: list[Any]) -> bool:
    """Whether a choice in ``body`` has two branches that one character can begin."""
    for operator, argument in _flat(body):
        name = str(operator)
        branches = _branches(name, argument)
        if name == "BRANCH":
            begun: set[int] = set()
            for branch in branches:
                first = set(_chars(body)) if _nullable(branch) else _first(branch)
                if begun & first:
                    return True
                begun |= first
        if name not in ("ASSERT", "ASSERT_NOT") and any(map(_begin_alike, branches)):
            return True
        if name in _REPEATS and _begin_alike(list(argument[2])):
            return True
    return False


def _first(items: list[Any]) -> set[int]:
    """The characters that ``items`` can begin with."""
    found: set[int] = set()
    for item in _flat(items):
        name = str(item[0])
        if name in _REPEATS:
            found |= _first(list(item[1][2]))
        elif name in ("BRANCH", "ATOMIC_GROUP"):
            for branch in _branches(name, item[1]):
                found |= _first(branch)
        else:
            found |= _chars([item])
        if not _nullable([item]):
            break
    return found


def _delimited(body: list[Any]) -> bool:
    """Whether each turn begins or ends with one character that its varying parts cannot contain."""
    body = _unwrapped(body)
    inner: Chars = frozenset()
    for item in body:
        if str(item[0]) in _REPEATS and item[1][0] < item[1][1]:
            inner |= _chars(list(item[1][2]))
        elif str(item[0]) in ("BRANCH", "SUBPATTERN"):
            inner |= _chars([item])
    edges = [item for item in (body[0], body[-1]) if str(item[0]) in ("LITERAL", "IN")]
    return any(not _chars([edge]) & inner for edge in edges)


def _unwrapped(body: list[Any]) -> list[Any]:
    while len(body) == 1 and str(body[0][0]) == "SUBPATTERN":
        body = list(body[0][1][3])
    return body


def _branches(name: str, argument: Any) -> list[list[Any]]:
    if name == "SUBPATTERN":
        return [list(argument[3])]
    if name == "BRANCH":
        return [list(branch) for branch in argument[1]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [list(argument[1])]
    if name == "ATOMIC_GROUP":
        return [list(argument)]
    return []


def _repeats_in(items: list[Any]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for operator, argument in items:
        name = str(operator)
        if name in _REPEATS:
            found.append((int(argument[0]), int(argument[1])))
            found.extend(_repeats_in(list(argument[2])))
        elif name not in ("ASSERT", "ASSERT_NOT"):
            for branch in _branches(name, argument):
                found.extend(_repeats_in(branch))
    return found


def _nullable(items: list[Any]) -> bool:
    for operator, argument in items:
        name = str(operator)
        if name in _REPEATS:
            if argument[0] > 0 and not _nullable(list(argument[2])):
                return False
        elif name in ("SUBPATTERN", "BRANCH", "ATOMIC_GROUP"):
            if not any(_nullable(branch) for branch in _branches(name, argument)):
                return False
        elif name not in ("AT", "ASSERT", "ASSERT_NOT"):
            return False
    return True


def _chars(items: list[Any]) -> Chars:
    """All characters that ``items`` can consume; a superset where telling exactly would take more."""
    found: set[int] = set()
    for operator, argument in items:
        name = str(operator)
        if name == "LITERAL":
            found.add(argument if argument < 256 else -1)
        elif name == "IN":
            found |= _members(argument)
        elif name == "NOT_LITERAL":
            found |= _EVERYTHING - {argument}
        elif name in _REPEATS:
            found |= _chars(list(argument[2]))
        elif name in ("SUBPATTERN", "BRANCH", "ATOMIC_GROUP"):
            for branch in _branches(name, argument):
                found |= _chars(branch)
        elif name not in ("AT", "ASSERT", "ASSERT_NOT"):
            return _EVERYTHING
    return frozenset(found)


def _members(parts: Any) -> Chars:
    found: set[int] = set()
    negated = False
    for operator, argument in parts:
        name = str(operator)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found.add(argument if argument < 256 else -1)
        elif name == "RANGE":
            found.update(range(argument[0], min(argument[1], 255) + 1))
            found.update([-1] if argument[1] > 255 else [])
        else:
            found |= _category(str(argument))
    return frozenset(_EVERYTHING - found) if negated else frozenset(found)


def _category(name: str) -> Chars:
    letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[name.rpartition("_")[2]]
    inside = {code for code, sign in enumerate(_SAMPLE) if re.match(letter, sign)} | {-1}
    return frozenset(_EVERYTHING - inside | {-2}) if "_NOT_" in name else frozenset(inside)
