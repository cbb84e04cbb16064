"""The learned figures, read once from ``weights.json``: the outlook's weights, how often each finding was right."""

from __future__ import annotations

import json
import os.path

from harmony.assist.problems.stuck.model import Kind, Level

PRIOR_RIGHT, PRIOR_WRONG = 2, 1
"""What an unmeasured finding is believed to be worth, as counts; measurements outweigh it."""

with open(os.path.join(os.path.dirname(__file__), "weights.json"), encoding="utf-8") as _file:
    _FIGURES = json.load(_file)

INTERCEPT: float = _FIGURES["outlook"]["intercept"]
FEATURES: dict[str, tuple[float, float, float]] = {
    name: (mean, scale, weight) for name, (mean, scale, weight) in _FIGURES["outlook"]["features"].items()
}
"""For each feature of the outlook: mean, scale and weight."""
_COUNTS: dict[str, tuple[int, int]] = _FIGURES["reliability"]


def reliability(kind: Kind, level: Level) -> float:
    """The share of such findings that were right, by the counts of the last training and a prior."""
    right, wrong = counts(kind, level)
    return (right + PRIOR_RIGHT) / (right + wrong + PRIOR_RIGHT + PRIOR_WRONG)


def counts(kind: Kind, level: Level) -> tuple[int, int]:
    """How many such findings of the last training were right, and how many wrong."""
    right, wrong = _COUNTS.get(f"{kind}/{level.name.lower()}", (0, 0))
    return right, wrong
