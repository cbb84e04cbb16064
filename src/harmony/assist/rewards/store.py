"""Rewards' SQL."""

from __future__ import annotations

from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.rewards.model import Contribution, Value, Work
from harmony.kernel.money import ETHIK, REPUTATION, Amount

_COLUMNS = """
id, session_id, expert_id, profile_id, seeker_id, trace, state, formula, score, rating, complexity, breakdown,
amount_minor, points_minor, valued_at, distributed_at
"""
# The first to value a session wins; a twin waits here and then finds it done.
_ADD = f"""
INSERT INTO contributions ({_COLUMNS})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (session_id) DO NOTHING RETURNING true
"""
_OF_SESSION = f"SELECT {_COLUMNS} FROM contributions WHERE session_id = $1"
_VALUED = f"SELECT {_COLUMNS} FROM contributions WHERE state = 'valued' ORDER BY valued_at, id LIMIT $1"
_DISTRIBUTED = """
UPDATE contributions SET state = 'distributed', distributed_at = $2 WHERE id = $1 AND state = 'valued' RETURNING true
"""


async def add(uow: UnitOfWork, contribution: Contribution) -> bool:
    """False when the session has been valued."""
    work, value = contribution.work, contribution.value
    breakdown = {
        "base_minor": value.base.minor,
        "quality": value.quality,
        "response": value.response,
        "response_seconds": work.response_seconds,
        "capped": value.capped,
    }
    added = await uow.connection.fetchval(
        _ADD,
        contribution.id,
        contribution.session_id,
        contribution.expert_id,
        contribution.profile_id,
        contribution.seeker_id,
        contribution.trace,
        contribution.state,
        contribution.formula,
        work.score,
        work.rating,
        work.complexity,
        breakdown,
        value.tokens.minor,
        value.points.minor,
        contribution.valued_at,
        contribution.distributed_at,
    )
    return bool(added)


async def of_session(connection: Connection, session_id: str) -> Contribution | None:
    row = await connection.fetchrow(_OF_SESSION, session_id)
    return None if row is None else _contribution(row)


async def valued(connection: Connection, limit: int) -> list[Contribution]:
    """Those that wait for their tokens, oldest first."""
    return [_contribution(row) for row in await connection.fetch(_VALUED, limit)]


async def mark_distributed(uow: UnitOfWork, contribution_id: str) -> bool:
    """False when it has been marked."""
    return bool(await uow.connection.fetchval(_DISTRIBUTED, contribution_id, uow.now))


def _contribution(row: Any) -> Contribution:
    breakdown = row["breakdown"]
    return Contribution(
        id=row["id"],
        session_id=row["session_id"],
        expert_id=row["expert_id"],
        profile_id=row["profile_id"],
        seeker_id=row["seeker_id"],
        trace=row["trace"],
        state=row["state"],
        formula=row["formula"],
        work=Work(row["complexity"], row["score"], row["rating"], breakdown["response_seconds"]),
        value=Value(
            tokens=Amount(row["amount_minor"], ETHIK),
            points=Amount(row["points_minor"], REPUTATION),
            base=Amount(breakdown["base_minor"], ETHIK),
            quality=breakdown["quality"],
            response=breakdown["response"],
            capped=breakdown["capped"],
        ),
        valued_at=row["valued_at"],
        distributed_at=row["distributed_at"],
    )
