"""Source maps: from a frame of a bundle back to the file, line and name that it was made of.

Format: ECMA-426 (source map, revision 3): ``mappings`` are base-64 numbers of variable length, each the difference to
the one before; a semicolon ends a line of the bundle, a comma a segment. Maps made of sections are read too.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from harmony.assist.problems.model import Failure, Frame
from harmony.assist.problems.traces.grammar import is_library
from harmony.assist.problems.traces.javascript import GRAMMAR

MAP_LIMIT_CHARS = 32 * 1024 * 1024
SEGMENTS_LIMIT_ITEMS = 4_000_000
NUMBER_LIMIT_BITS = 40

_DIGITS = {sign: value for value, sign in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}


class MapUnreadable(ValueError):
    """A text that is no source map, or one beyond its bounds."""


@dataclass(frozen=True, slots=True)
class Original:
    """Where something stood before it was bundled; ``line`` counts from 1, ``name`` may be empty."""

    path: str
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class SourceMap:
    """For each line of the bundle, counted from 1: the columns, counted from 1, where a segment begins, and whence."""

    columns: dict[int, list[int]]
    originals: dict[int, list[Original | None]]

    def original(self, line: int, column: int) -> Original | None:
        """Where the place in the bundle comes from, if the map says so."""
        at = bisect_right(self.columns.get(line, []), column) - 1
        return self.originals[line][at] if at >= 0 else None


def parse(text: str) -> SourceMap:
    """Read a map. Raises ``MapUnreadable``."""
    if len(text) > MAP_LIMIT_CHARS:
        raise MapUnreadable(f"the map is longer than {MAP_LIMIT_CHARS} characters")
    found = SourceMap({}, {})
    try:
        # A server may put a line before the object, so that no page can load the map as a script.
        whole = json.loads(text[text.index("{") :])
        for part, line, column in _parts(whole):
            _read(part, line, column, found)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise MapUnreadable("the text is no source map of revision 3") from error
    return found


def mapped(failure: Failure, map_of: Callable[[str], SourceMap | None]) -> Failure:
    """The failure with every frame that a map knows as it was before bundling."""
    return replace(failure, frames=tuple(_frame(frame, map_of) for frame in failure.frames))


def _frame(frame: Frame, map_of: Callable[[str], SourceMap | None]) -> Frame:
    found = map_of(frame.path) if frame.line and frame.column else None
    original = found.original(frame.line or 0, frame.column or 0) if found else None
    if original is None:
        return frame
    function = original.name or frame.function
    library = is_library(GRAMMAR, original.path, function)
    return replace(frame, path=original.path, line=original.line, function=function, library=library, column=None)


def _parts(whole: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int, int]]:
    """The map, or its sections, with the line and column of the bundle where each begins, from 0."""
    if "sections" not in whole:
        yield whole, 0, 0
        return
    for section in whole["sections"]:
        yield section["map"], int(section["offset"]["line"]), int(section["offset"]["column"])


def _read(part: dict[str, Any], line: int, column: int, found: SourceMap) -> None:
    root, sources, names = part.get("sourceRoot") or "", part["sources"], part.get("names") or []
    source = original_line = name = segments = 0
    for number, mappings in enumerate(part["mappings"].split(";"), start=line + 1):
        at = column if number == line + 1 else 0
        for segment in filter(None, mappings.split(",")):
            segments += 1
            if segments > SEGMENTS_LIMIT_ITEMS:
                raise MapUnreadable(f"the map has more than {SEGMENTS_LIMIT_ITEMS} segments")
            numbers = _numbers(segment)
            at += numbers[0]
            original = None
            if len(numbers) >= 4:
                source, original_line = source + numbers[1], original_line + numbers[2]
                name += numbers[4] if len(numbers) > 4 else 0
                named = str(names[name]) if len(numbers) > 4 else ""
                original = Original(root + str(sources[source]), original_line + 1, named)
            found.columns.setdefault(number, []).append(at + 1)
            found.originals.setdefault(number, []).append(original)


def _numbers(segment: str) -> list[int]:
    found, value, shift = [], 0, 0
    for sign in segment:
        digit = _DIGITS[sign]
        value |= (digit & 31) << shift
        if digit & 32:
            shift += 5
            if shift > NUMBER_LIMIT_BITS:
                raise MapUnreadable("a number of the map is too large")
        else:
            found.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return found
