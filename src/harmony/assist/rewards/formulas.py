"""The versions of the formula, read from ``formulas.toml`` once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from harmony.assist.rewards.model import Formula, ResponseStep
from harmony.kernel.money import ETHIK, REPUTATION, parse


@cache
def formulas() -> tuple[Formula, ...]:
    """Every version, oldest first."""
    text = files("harmony.assist.rewards").joinpath("formulas.toml").read_text(encoding="utf-8")
    return tuple(_formula(entry) for entry in tomllib.loads(text)["formula"])


def current() -> Formula:
    """The version that values from now on."""
    return formulas()[-1]


def _formula(entry: dict[str, Any]) -> Formula:
    return Formula(
        version=entry["version"],
        base_tokens={level: parse(text, ETHIK) for level, text in entry["base_tokens"].items()},
        base_points={level: parse(text, REPUTATION) for level, text in entry["base_points"].items()},
        score_weight=entry["quality"]["score_weight"],
        rating_weight=entry["quality"]["rating_weight"],
        pass_mark=entry["quality"]["pass_mark"],
        response=tuple(ResponseStep(step.get("within_seconds"), step["factor"]) for step in entry["response"]),
        cap=parse(entry["cap"]["tokens"], ETHIK),
        shares=entry["shares"],
    )
