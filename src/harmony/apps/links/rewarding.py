"""settlement tells assist: help was paid. assist asks settlement: book the tokens.

A contribution is valued once its session is both paid and resolved, whichever comes last; the natural key is the
session. Whoever never rates does not keep an expert from the reward: after ``RATING_WINDOW`` it is valued unrated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from harmony.adapters.db.pool import Database
from harmony.apps.links.consultations import ON_BEHALF
from harmony.assist.ports import AccountKind
from harmony.assist.rewards import service as rewards
from harmony.assist.sessions import service as sessions
from harmony.commons.journal.model import Entry, Selection
from harmony.commons.journal.service import consume
from harmony.kernel.money import ETHIK, Amount
from harmony.messages.assist import SessionResolved
from harmony.messages.settlement import EscrowReleased
from harmony.settlement.escrows.service import look as escrows
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Account, available, issuer

RATING_WINDOW = timedelta(days=2)
FUNDS: Mapping[AccountKind, str] = {"maintenance": "fund:maintenance", "governance": "fund:governance"}


async def value_resolved(database: Database) -> int:
    """Value what has become both paid and resolved; how many facts were heard."""

    async def hear(entry: Entry) -> None:
        session_id = entry.payload["session_id"]
        if session_id is not None:
            await _value(database, session_id, entry.trace, rated=True)

    return await consume(
        database, "rewards: resolved", Selection(kinds=(EscrowReleased.KIND, SessionResolved.KIND)), hear
    )


async def value_unrated(database: Database) -> int:
    """Value what was paid ``RATING_WINDOW`` ago and is still not resolved; how many facts were heard."""
    heard = 0

    async def hear(entry: Entry) -> None:
        nonlocal heard
        if entry.occurred_at > database.clock.now() - RATING_WINDOW:
            raise _TooYoung
        if entry.payload["session_id"] is not None:
            await _value(database, entry.payload["session_id"], entry.trace, rated=False)
        heard += 1

    try:
        await consume(database, "rewards: unrated", Selection(kinds=(EscrowReleased.KIND,)), hear)
    except _TooYoung:
        return heard
    return heard


class _TooYoung(Exception):
    """The consumer stops here and comes back to this entry."""


async def _value(database: Database, session_id: str, trace: str, *, rated: bool) -> None:
    async with database.reading() as connection:
        escrow = await escrows.released_of_session(connection, session_id)
        session = await sessions.find_session(connection, session_id, ON_BEHALF, admin=True)
    if escrow is None or session.state == "abandoned" or (rated and session.state != "resolved"):
        return
    # Work that its buyer approved without a score is taken to have reached what was agreed.
    score = escrow.threshold if escrow.quality_score is None else escrow.quality_score
    async with database.begin(trace=trace) as uow:
        await rewards.value(uow, session_id, score)


@dataclass(frozen=True, slots=True)
class LedgerBook:
    """``RewardBook`` in the ledger: ETHIK issued to the expert and the two funds, once for a contribution."""

    database: Database

    async def distribute(
        self, contribution_id: str, expert_id: str, shares: Mapping[AccountKind, Amount], trace: str
    ) -> None:
        source = Account(issuer(ETHIK), ETHIK, "unlimited")
        parts = [(Account(_code(kind, expert_id), ETHIK), amount) for kind, amount in sorted(shares.items())]
        async with self.database.begin(trace=trace) as uow:
            await ledger.distribute(uow, contribution_id, source, parts, purpose="ethik.reward")


def _code(kind: AccountKind, expert_id: str) -> str:
    return available(expert_id) if kind == "expert" else FUNDS[kind]
