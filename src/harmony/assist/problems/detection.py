"""What a report comes to. Apart from ``model.py``, which every filter loads: this needs the environments' nouns."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmony.assist.environments.model import Answer
from harmony.assist.problems.model import KnownSolution, ProblemContext


@dataclass(frozen=True, slots=True)
class Detection:
    context: ProblemContext
    known_solutions: tuple[KnownSolution, ...] = field(default=())
    known_quirks: tuple[Answer, ...] = field(default=())
    """Differences between systems that may explain it. They ship with Harmony and are nobody's article."""
