"""The nouns as plain JSON and back: how a monitor's memory outlives its process."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import Any

from harmony.assist.problems.stuck.model import Event, Finding, Kind, Level, Line, Remedy, Role, Saying, Step

Kept = dict[str, Any]


def plain(noun: Event | Step | Saying | Finding) -> Kept:
    """The fields of a noun: words sorted, listed values by their own."""
    return {name: _plain(value) for name, value in asdict(noun).items()}


def event(kept: Kept) -> Event:
    return Event(**{**kept, "role": Role(kept["role"])})


def step(kept: Kept) -> Step:
    return Step(**{**kept, "words": frozenset(kept["words"])})


def saying(kept: Kept) -> Saying:
    return Saying(**{**kept, "words": frozenset(kept["words"])})


def finding(kept: Kept) -> Finding:
    lines = tuple(Line(**line) for line in kept["lines"])
    listed = {"kind": Kind(kept["kind"]), "level": Level(kept["level"]), "remedy": Remedy(kept["remedy"])}
    return Finding(**{**kept, **listed, "lines": lines, "hints": tuple(kept["hints"])})


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.value if isinstance(value, Enum) else value
