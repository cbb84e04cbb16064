"""Whoever does whatever, in any order: money is neither lost nor doubled, and time empties every hold."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from tests.settlement.world import ADA, BAD, BO, CORA, CY, GOOD, accepted, created, on_account, proof, read, submitted

from harmony.adapters.db.pool import Database
from harmony.commons.identity.model import Principal
from harmony.kernel.clock import VirtualClock
from harmony.kernel.errors import Refusal
from harmony.settlement.escrows import jobs
from harmony.settlement.escrows.model import HOLDING, Escrow
from harmony.settlement.escrows.service import judge, resolve
from harmony.settlement.ledger import jobs as ledger_jobs
from harmony.settlement.verifiers import jobs as verifier_jobs
from harmony.settlement.verifiers.fakes import InMemoryRunner

STEPS = 70
PEOPLE = (ADA, BO, CY, CORA)
GRANTED_MINOR = 2 * 1_000_000_000


class Simulation:
    """A seeded sequence of verbs by anybody on any escrow; refusals are part of life."""

    def __init__(self, database: Database, clock: VirtualClock, seed: int) -> None:
        self.database, self.clock, self.random = database, clock, random.Random(seed)
        self.escrows: list[str] = []
        self.verbs = 0

    async def step(self) -> None:
        verb = self.random.choice(
            ["create", "accept", "accept", "submit", "submit", "approve", "reject", "resolve", "check", "time", "seal"]
        )
        try:
            await getattr(self, verb)()
            self.verbs += 1
        except Refusal as refusal:
            if refusal.status not in (402, 403, 404, 409, 429):
                raise

    async def create(self) -> None:
        escrow = await created(
            self.database,
            buyer=self.random.choice((ADA, CY)),
            amount=f"{self.random.randint(1, 400)}.{self.random.randint(0, 999_999):06d}",
            session_id=self.random.choice((None, None, "session-1")),
            checked=self.random.random() < 0.7,
            days=self.random.choice((1, 3, 10)),
        )
        self.escrows.append(escrow.id)

    async def accept(self) -> None:
        await accepted(self.database, await self._any(), self._anybody())

    async def submit(self) -> None:
        await submitted(self.database, await self._any(), self.random.choice((GOOD, BAD, b"\x00")), self._anybody())

    async def approve(self) -> None:
        escrow = await self._any()
        async with self.database.begin(actor=self._anybody().id) as uow:
            await judge.approve(uow, escrow.id)

    async def reject(self) -> None:
        escrow = await self._any()
        async with self.database.begin(actor=self._anybody().id) as uow:
            await judge.reject(uow, escrow.id, "not good")

    async def resolve(self) -> None:
        escrow = await self._any()
        async with self.database.begin(actor=self._anybody().id) as uow:
            await resolve.resolve(uow, escrow.id, self.random.choice(("release", "refund")), "")

    async def check(self) -> None:
        missing = self.random.choice((None, None, None, "no isolation today"))
        await verifier_jobs.run_pending(self.database, InMemoryRunner(missing))
        await jobs.settle_verified(self.database)

    async def time(self) -> None:
        self.clock.advance(self.random.choice((60, 3_600, 40_000, 200_000)))
        await jobs.expire_overdue(self.database)

    async def seal(self) -> None:
        await ledger_jobs.seal(self.database)

    async def _any(self) -> Escrow:
        if not self.escrows:
            await self.create()
        return await read(self.database, self.random.choice(self.escrows[-4:]))

    def _anybody(self) -> Principal:
        return self.random.choice(PEOPLE)


async def holdings(database: Database) -> tuple[int, int]:
    """What everybody can spend together, and what open escrows hold."""
    async with database.reading() as connection:
        spendable = await connection.fetchval(
            "SELECT sum(credits_posted - debits_posted - debits_pending) FROM ledger_accounts"
            " WHERE code NOT LIKE 'issuer:%'"
        )
        held = await connection.fetchval(
            "SELECT coalesce(sum(amount_usdc + buyer_fee_usdc), 0) * 1000000 FROM harmony_escrows"
            " WHERE status = ANY ($1)",
            list(HOLDING),
        )
    return int(spendable), int(held)


@pytest.mark.parametrize("seed", range(4))
async def test_money_is_conserved_after_every_step(world: Database, clock: VirtualClock, seed: int) -> None:
    simulation = Simulation(world, clock, seed)
    for _ in range(STEPS):
        await simulation.step()
        spendable, held = await holdings(world)
        assert spendable + held == GRANTED_MINOR
        found = await proof(world)
        assert found.ok, found.faults
        assert found.totals[0].debits_pending == held
    assert simulation.verbs > STEPS // 4

    for _ in range(2):
        await simulation.check()
        clock.advance(timedelta(days=30).total_seconds())
        await jobs.expire_overdue(world)
    assert await holdings(world) == (GRANTED_MINOR, 0)
    for escrow_id in simulation.escrows:
        assert (await read(world, escrow_id)).status not in HOLDING
        assert (await on_account(world, f"escrow:{escrow_id}")).minor == 0
