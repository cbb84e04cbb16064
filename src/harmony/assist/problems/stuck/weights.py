"""The learned figures, read once from ``weights.json``: weights of the outlook, and how often each finding was right."""

from __future__ import annotations

import json
from pathlib import Path

from harmony.assist.problems.stuck.model import Kind, Level

PRIOR_RIGHT, PRIOR_WRONG = 2, 1
"""What an unmeasured finding is believed to be worth, as counts; measurements outweigh it."""

_FIGURES = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))

INTERCEPT: float = _FIGURES["outlook"]["intercept"]
FEATURES: dict[str, tuple[float, float, float]] = {
    name: (mean, scale, weight) for name, (mean, scale, weight) in _FIGURES["outlook"]["features"].items()
}
"""For each feature of the outlook: mean, scale and weight."""


def reliability(kind: Kind, level: Level) -> float:
    """The share of such findings that were right, by the counts of the last training and a prior."""
    right, wrong = _FIGURES["reliability"].get(f"{kind}/{level.name.lower()}", (0, 0))
    return (right + PRIOR_RIGHT) / float(right + wrong + PRIOR_RIGHT + PRIOR_WRONG)
