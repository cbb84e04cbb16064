"""The shadow balances against a tiny model: whatever is asked for in whatever order, both say the same."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from harmony.adapters.db.pool import Database
from harmony.kernel.chance import SeededChance
from harmony.kernel.clock import VirtualClock
from harmony.kernel.errors import Refusal
from harmony.kernel.ids import TimeOrderedIds
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.balances import jobs, service
from harmony.settlement.balances.model import AUTO_THRESHOLD, METERING, WITHDRAWAL_LEAST, account
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.errors import AccountUnknown, FundsInsufficient
from harmony.settlement.ledger.model import Account, Transfer, available
from harmony.settlement.ledger.writer import Writer

NAMES = ("anna", "ben")
FUNDS = 3 * AUTO_THRESHOLD.minor
DAY_SECONDS = 86_400
RUNS = itertools.count()


@dataclass
class Purse:
    """Four numbers and a date: that is all a shadow balance is."""

    own: int = FUNDS
    shadow: int = 0
    leaving: int = 0
    spent: int = 0
    settled_on: set[int] = field(default_factory=set)

    @property
    def free(self) -> int:
        return self.shadow - self.leaving


amounts = st.sampled_from([1, 999_999, WITHDRAWAL_LEAST.minor, 400_000_000, AUTO_THRESHOLD.minor])
names = st.sampled_from(NAMES)


class BalancesMachine(RuleBasedStateMachine):
    """Drives the real balances and the purses with the same wishes; wallets are this run's own."""

    dsn = ""

    @initialize()
    def begin(self) -> None:
        self.prefix = f"run{next(RUNS)}-"
        self.purses = {name: Purse() for name in NAMES}
        self.day = 0
        self.clock, chance = VirtualClock(), SeededChance(next(RUNS))
        ids = TimeOrderedIds(self.clock, chance)
        self.runner = asyncio.Runner()
        self.database = self.runner.run(
            Database.connect(self.dsn, clock=self.clock, ids=ids, chance=chance, connections=1)
        )
        self.ids = itertools.count()
        self.runner.run(self._open())

    async def _open(self) -> None:
        async with self.database.begin() as uow:
            codes = [available(self.prefix + name) for name in NAMES]
            accounts = [Account("issuer", PRACTICE_USDC, "unlimited"), *(Account(one, PRACTICE_USDC) for one in codes)]
            await ledger.open_accounts(uow, accounts)
            funds = Amount(FUNDS, PRACTICE_USDC)
            await ledger.post(uow, [Transfer(f"{code}:funds", "issuer", code, funds, "funds") for code in codes])

    @rule(name=names, minor=amounts)
    def deposit(self, name: str, minor: int) -> None:
        purse = self.purses[name]
        fits = minor <= purse.own
        assert self._try(name, "deposit", minor) == fits
        if fits:
            purse.own -= minor
            purse.shadow += minor

    @rule(name=names, minor=amounts)
    def withdraw(self, name: str, minor: int) -> None:
        purse = self.purses[name]
        fits = WITHDRAWAL_LEAST.minor <= minor <= purse.free
        assert self._try(name, "withdraw", minor) == fits
        purse.leaving += minor if fits else 0

    @rule(name=names, minor=amounts)
    def spend(self, name: str, minor: int) -> None:
        purse = self.purses[name]
        fits = minor <= purse.free
        assert self.runner.run(self._spend(name, minor)) == fits
        if fits:
            purse.shadow -= minor
            purse.spent += minor

    @rule()
    def pay(self) -> None:
        self.runner.run(jobs.pay(self.database))
        for purse in self.purses.values():
            purse.own += purse.leaving
            purse.shadow -= purse.leaving
            purse.leaving = 0

    @rule()
    def settle(self) -> None:
        self.runner.run(jobs.settle_daily(self.database))
        for purse in self.purses.values():
            if purse.free >= AUTO_THRESHOLD.minor and self.day not in purse.settled_on:
                purse.leaving = purse.shadow
                purse.settled_on.add(self.day)

    @rule()
    def let_a_day_pass(self) -> None:
        self.clock.advance(DAY_SECONDS)
        self.day += 1

    @invariant()
    def both_say_the_same(self) -> None:
        if hasattr(self, "database"):
            for name, purse in self.purses.items():
                standing, own = self.runner.run(self._look(name))
                assert (standing.posted.minor, standing.held.minor) == (purse.shadow, purse.leaving)
                assert (standing.spent.minor, own) == (purse.spent, purse.own)
                assert purse.own + purse.shadow + purse.spent == FUNDS

    def teardown(self) -> None:
        if hasattr(self, "database"):
            assert self.runner.run(self._proved())
            self.runner.run(self.database.close())
            self.runner.close()

    def _try(self, name: str, verb: str, minor: int) -> bool:
        async def work() -> bool:
            async with self.database.begin(actor=self.prefix + name) as uow:
                try:
                    await getattr(service, verb)(uow, Amount(minor, PRACTICE_USDC))
                except Refusal:
                    return False
            return True

        return self.runner.run(work())

    async def _spend(self, name: str, minor: int) -> bool:
        wallet = self.prefix + name
        move_id = f"{self.prefix}{next(self.ids)}"
        move = Transfer(move_id, account(wallet), METERING, Amount(minor, PRACTICE_USDC), "shadow.meter")
        try:
            await Writer(self.database).post([move], actor=wallet, trace="test")
        except (FundsInsufficient, AccountUnknown):
            return False
        return True

    async def _look(self, name: str) -> tuple[service.Standing, int]:
        async with self.database.reading() as connection:
            [own] = await ledger.balances(connection, available(self.prefix + name))
            return await service.look(connection, self.prefix + name), own.available.minor

    async def _proved(self) -> bool:
        async with self.database.reading() as connection:
            return (await ledger.prove(connection)).ok


def test_the_balances_and_their_model_agree_on_every_wish(dsn: str) -> None:
    BalancesMachine.dsn = dsn
    run_state_machine_as_test(
        BalancesMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
