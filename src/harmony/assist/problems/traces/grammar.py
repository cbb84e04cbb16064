"""What a language declares about its stacks, and the frames they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from harmony.assist.problems.model import Frame
from harmony.assist.problems.traces.pattern import Pattern

LINE_LIMIT_CHARS = 2_000
FRAMES_LIMIT_ITEMS = 200
"""Frames kept of one stack: half of them the outermost, half the innermost."""


@dataclass(frozen=True, slots=True)
class Header:
    """A line that begins a failure: ``hint`` is in every such line; groups ``type`` and ``message``, both optional.

    ``type`` stands in for a group that is missing. Groups ``path``, ``line`` and ``function`` are the innermost frame
    where the header shows it already; a group ``place`` says that the message is the next line.
    """

    hint: str
    pattern: Pattern
    type: str = ""
    rank: int = 2
    aside: bool = False
    """Never decisive: Java's suppressed exceptions."""
    chain: Literal["", "cause", "consequence"] = ""
    """Whether this failure is the cause of the one before it, or a consequence of it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A stack and what has to be read from its decisive failure: functions outermost first."""

    text: str
    error_type: str
    message: str
    own: tuple[str, ...]
    library: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language prints a stack after its error.

    ``frame_signs``: one of them is in every line that shows a frame; ``frames``: groups ``function``, ``path``,
    ``line``, ``column``, each optional; ``places``: a second line of the frame before, with groups ``path`` and
    ``line``; ``asides``: lines inside a stack that say nothing; ``more``: group ``count`` of outer frames that are
    shared with the enclosing failure; ``nested_end``: from here on the frames are the outer failure's;
    ``next_stack``: another thread's stack begins, which is passed over. ``call_sites``: a frame's place is where it
    was called from, so that each function stands at the place shown before it.
    """

    language: str
    headers: tuple[Header, ...]
    frame_signs: tuple[str, ...]
    frames: tuple[Pattern, ...]
    library_paths: Pattern | None = None
    library_functions: Pattern | None = None
    places: tuple[Pattern, ...] = ()
    asides: tuple[Pattern, ...] = ()
    more: Pattern | None = None
    nested_end: Pattern | None = None
    function_noise: Pattern | None = None
    """Parts of a function's name that differ between builds."""
    next_stack: Pattern | None = None
    call_sites: bool = False
    after_any_error: bool = False
    """Whether its frames may follow an error line that no header of its own announced."""
    examples: tuple[Example, ...] = ()


def frame_of(grammar: Grammar, match: re.Match[str], at: int) -> Frame:
    """The frame that a line shows."""
    groups = match.groupdict()
    path, function = (groups.get("path") or "").strip(), (groups.get("function") or "").strip()
    if grammar.function_noise is not None:
        function = grammar.function_noise.sub("", function)
    return Frame(
        path=path,
        function=function or "<anonymous>",
        line=number(groups.get("line")),
        library=is_library(grammar, path, function),
        at=at,
        column=number(groups.get("column")),
    )


def is_library(grammar: Grammar, path: str, function: str) -> bool:
    paths, functions = grammar.library_paths, grammar.library_functions
    return bool((paths and paths.search(path)) or (functions and functions.match(function)))


def number(digits: str | None) -> int | None:
    """A line number; None for none and for one that is no number of a line."""
    return int(digits) if digits and len(digits) <= 9 else None


def patterns(grammar: Grammar) -> Iterable[Pattern]:
    """Every pattern that ``grammar`` looks at a line with."""
    optional = (
        grammar.library_paths,
        grammar.library_functions,
        grammar.more,
        grammar.nested_end,
        grammar.function_noise,
        grammar.next_stack,
    )
    yield from (pattern for pattern in optional if pattern is not None)
    yield from (header.pattern for header in grammar.headers)
    yield from (*grammar.frames, *grammar.places, *grammar.asides)
