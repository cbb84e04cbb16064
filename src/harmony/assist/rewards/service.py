"""The verbs of rewards."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.experts import service as experts
from harmony.assist.ports import AccountKind
from harmony.assist.problems import service as problems
from harmony.assist.rewards import store
from harmony.assist.rewards.errors import ContributionUnknown, ScoreInvalid, SessionAbandoned
from harmony.assist.rewards.formulas import current, formulas
from harmony.assist.rewards.model import SCORE_LIMIT, Contribution, Work, evaluate, may_move, shares_of
from harmony.assist.sessions import service as sessions
from harmony.commons.journal.service import append
from harmony.kernel.money import ETHIK, Amount, decimal
from harmony.messages.assist import ContributionDistributed, ContributionValued


async def value(uow: UnitOfWork, session_id: str, score: int) -> Contribution:
    """Value the work of a session, once: asked again, whatever the score, it answers what was valued first."""
    if not 0 <= score <= SCORE_LIMIT:
        raise ScoreInvalid(f"the score is not from 0 to {SCORE_LIMIT}", field="score")
    earlier = await store.of_session(uow.connection, session_id)
    if earlier is not None:
        return earlier
    session = await sessions.find_session(uow.connection, session_id, uow.actor, admin=True)
    if session.state == "abandoned":
        raise SessionAbandoned("this session was abandoned")
    context = await problems.own_context(uow.connection, session.context_id, session.seeker_id)
    complexity = context.judgement.classification.complexity
    work = Work(complexity, score, session.rating, session.response_seconds)
    formula = current()
    contribution = Contribution(
        id=uow.ids.new("contribution"),
        session_id=session.id,
        expert_id=session.expert_id,
        profile_id=session.profile_id,
        seeker_id=session.seeker_id,
        trace=session.trace,
        state="valued",
        formula=formula.version,
        work=work,
        value=evaluate(formula, work),
        valued_at=uow.now,
    )
    if not await store.add(uow, contribution):
        return await _of_session(uow.connection, session_id)
    await append(uow, _valued(contribution), subject=session.id)
    return contribution


async def find_contribution(
    connection: Connection, session_id: str, principal_id: str, *, overseer: bool = False
) -> Contribution:
    """What a session was valued at, for its parties and for an overseer."""
    await sessions.find_session(connection, session_id, principal_id, admin=overseer)
    return await _of_session(connection, session_id)


def shares(contribution: Contribution) -> dict[AccountKind, Amount]:
    """Who gets what of a contribution, by the version of the formula that valued it."""
    formula = next(formula for formula in formulas() if formula.version == contribution.formula)
    return shares_of(formula, contribution.value.tokens)


async def settle(uow: UnitOfWork, contribution: Contribution) -> bool:
    """The tokens are in the book: mark it, and move the expert's standing. Once; whether it was this time."""
    if not may_move(contribution.state, "distributed") or not await store.mark_distributed(uow, contribution.id):
        return False
    await experts.credit(uow, contribution.profile_id, contribution.id, contribution.value.points)
    await append(uow, _distributed(contribution), subject=contribution.session_id)
    return True


async def _of_session(connection: Connection, session_id: str) -> Contribution:
    found = await store.of_session(connection, session_id)
    if found is None:
        raise ContributionUnknown("this session has not been valued", field="sessionId")
    return found


def _valued(contribution: Contribution) -> ContributionValued:
    return ContributionValued(
        contribution_id=contribution.id,
        session_id=contribution.session_id,
        expert_id=contribution.expert_id,
        formula=contribution.formula,
        amount=decimal(contribution.value.tokens),
        asset=ETHIK.code,
    )


def _distributed(contribution: Contribution) -> ContributionDistributed:
    parts = {kind: decimal(amount) for kind, amount in shares(contribution).items()}
    return ContributionDistributed(contribution.id, contribution.session_id, ETHIK.code, **parts)
