"""The wire shapes of rewards."""

from __future__ import annotations

from datetime import datetime

from harmony.assist.ports import AccountKind
from harmony.assist.problems.model import Level
from harmony.assist.rewards.model import BASIS_POINTS, Contribution, ContributionState
from harmony.assist.rewards.service import shares
from harmony.assist.wire import Wire
from harmony.kernel.money import decimal


class ContributionView(Wire):
    """Tokens and points are decimals; factors are 1 for neutral. ``formula`` is the version in ``formulas.toml``."""

    contribution_id: str
    session_id: str
    expert_id: str
    state: ContributionState
    formula: int
    complexity: Level
    score: int
    rating: int | None
    base: str
    quality_factor: float
    response_factor: float
    capped: bool
    value: str
    asset: str
    shares: dict[AccountKind, str]
    reputation_points: str
    valued_at: datetime
    distributed_at: datetime | None

    @classmethod
    def of(cls, contribution: Contribution) -> ContributionView:
        value, work = contribution.value, contribution.work
        return cls(
            contribution_id=contribution.id,
            session_id=contribution.session_id,
            expert_id=contribution.profile_id,
            state=contribution.state,
            formula=contribution.formula,
            complexity=work.complexity,
            score=work.score,
            rating=work.rating,
            base=decimal(value.base),
            quality_factor=value.quality / BASIS_POINTS,
            response_factor=value.response / BASIS_POINTS,
            capped=value.capped,
            value=decimal(value.tokens),
            asset=value.tokens.asset.code,
            shares={kind: decimal(amount) for kind, amount in shares(contribution).items()},
            reputation_points=decimal(value.points),
            valued_at=contribution.valued_at,
            distributed_at=contribution.distributed_at,
        )
