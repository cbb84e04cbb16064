"""The nouns of rewards and the arithmetic of the formula: whole numbers only, rounded down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from harmony.assist.ports import AccountKind
from harmony.assist.problems.model import Level
from harmony.kernel.money import ETHIK, REPUTATION, Amount, split

ContributionState = Literal["valued", "distributed"]

CONTRIBUTION_STATES: tuple[ContributionState, ...] = ("valued", "distributed")
CONTRIBUTION_MOVES: frozenset[tuple[ContributionState, ContributionState]] = frozenset({("valued", "distributed")})

BASIS_POINTS = 10_000
SCORE_LIMIT = 100
RATING_LIMIT = 5
DISTRIBUTION_BATCH_ITEMS = 100


@dataclass(frozen=True, slots=True)
class ResponseStep:
    """The factor for an answer within so many seconds; None is whenever else."""

    within_seconds: int | None
    factor: int


@dataclass(frozen=True, slots=True)
class Formula:
    """One version of ``formulas.toml``; weights, factors and shares are basis points."""

    version: int
    base_tokens: Mapping[Level, Amount]
    base_points: Mapping[Level, Amount]
    score_weight: int
    rating_weight: int
    pass_mark: int
    response: tuple[ResponseStep, ...]
    cap: Amount
    shares: Mapping[AccountKind, int]


@dataclass(frozen=True, slots=True)
class Work:
    """What is valued. ``score`` 0 to 100 from the verification; ``rating`` 1 to 5, None when nobody has rated."""

    complexity: Level
    score: int
    rating: int | None
    response_seconds: int


@dataclass(frozen=True, slots=True)
class Value:
    """What came out, with the factors that gave it, in basis points."""

    tokens: Amount
    points: Amount
    base: Amount
    quality: int
    response: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Contribution:
    """``expert_id`` is the expert's principal, ``profile_id`` their profile."""

    id: str
    session_id: str
    expert_id: str
    profile_id: str
    seeker_id: str
    trace: str
    state: ContributionState
    formula: int
    work: Work
    value: Value
    valued_at: datetime
    distributed_at: datetime | None = None


def evaluate(formula: Formula, work: Work) -> Value:
    """base × quality × response, at most the cap; points by how far quality lies from the pass mark."""
    base = formula.base_tokens[work.complexity]
    quality = quality_of(formula, work)
    response = response_factor(formula, work.response_seconds)
    minor = base.minor * quality * response // (BASIS_POINTS * BASIS_POINTS)
    distance = quality - formula.pass_mark
    reach = BASIS_POINTS - formula.pass_mark if distance >= 0 else formula.pass_mark
    full = formula.base_points[work.complexity].minor
    # Division of the size, so that praise and blame are both rounded towards nothing.
    points = full * abs(distance) // reach * (1 if distance >= 0 else -1)
    return Value(
        tokens=Amount(min(minor, formula.cap.minor), ETHIK),
        points=Amount(points, REPUTATION),
        base=base,
        quality=quality,
        response=response,
        capped=minor > formula.cap.minor,
    )


def quality_of(formula: Formula, work: Work) -> int:
    """Score and rating together, in basis points; without a rating the score speaks alone."""
    score = BASIS_POINTS * work.score // SCORE_LIMIT
    if work.rating is None:
        return score
    rating = BASIS_POINTS * work.rating // RATING_LIMIT
    return (formula.score_weight * score + formula.rating_weight * rating) // BASIS_POINTS


def response_factor(formula: Formula, seconds: int) -> int:
    return next(s.factor for s in formula.response if s.within_seconds is None or seconds <= s.within_seconds)


def shares_of(formula: Formula, tokens: Amount) -> dict[AccountKind, Amount]:
    """Who gets what, by largest remainder: the shares sum to ``tokens`` exactly."""
    kinds = list(formula.shares)
    return dict(zip(kinds, split(tokens, [formula.shares[kind] for kind in kinds]), strict=True))


def may_move(before: ContributionState, after: ContributionState) -> bool:
    return (before, after) in CONTRIBUTION_MOVES
