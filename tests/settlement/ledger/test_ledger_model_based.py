"""The ledger against a tiny model of itself: whatever is posted, both say the same."""

from __future__ import annotations

import asyncio
import copy
import itertools
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from harmony.adapters.db.pool import Database
from harmony.kernel.chance import SeededChance
from harmony.kernel.clock import VirtualClock
from harmony.kernel.errors import Refusal
from harmony.kernel.ids import TimeOrderedIds
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.ledger import jobs, service
from harmony.settlement.ledger.model import Account, Move, Order, Part, Pending, Post, Transfer, Void

RULES: dict[str, Any] = {"issuer": "unlimited", "anna": "debits_within_credits", "ben": "debits_within_credits"}
RULES |= {"loan": "credits_within_debits"}
NAMES = sorted(RULES)
RUNS = itertools.count()


class Refused(Exception):
    """The model's refusal; its text is the name of the refusal's class."""


@dataclass
class Model:
    """Four sums an account, every move by id, and when each pending transfer ends. That is all a ledger is."""

    sums: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0, 0] for name in NAMES})
    moves: dict[str, Move] = field(default_factory=dict)
    open: dict[str, Pending] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    took: dict[str, int] = field(default_factory=dict)
    """What each move without an amount came to."""

    def post(self, batch: list[Move], now: datetime) -> None:
        trial = copy.deepcopy(self)
        for move in batch:
            trial.apply(move, now)
        self.__dict__.update(trial.__dict__)

    def apply(self, move: Move, now: datetime) -> None:
        if isinstance(move, Part | Post | Void) and not isinstance(self.moves.get(move.pending_id), Pending):
            raise Refused("PendingUnknown")
        if move.id in self.moves:
            if self._whole(self.moves[move.id]) != self._whole(move):
                raise Refused("TransferIdReused")
            return
        match move:
            case Transfer():
                self._change(move.debit, move.credit, 0, move.amount.minor)
            case Pending():
                if move.expires_at is not None and move.expires_at <= now:
                    raise Refused("TransferInvalid")
                self._change(move.debit, move.credit, move.amount.minor, 0)
                self.open[move.id] = move
                self.left[move.id] = move.amount.minor
            case Part() | Post() | Void():
                self._resolve(move, now)
        self.moves[move.id] = move

    def _resolve(self, move: Part | Post | Void, now: datetime) -> None:
        held = self.open.get(move.pending_id)
        if held is None:
            raise Refused("PendingResolved")
        left = self.left[held.id]
        moved = 0
        if isinstance(move, Part | Post):
            if held.expires_at is not None and held.expires_at <= now:
                raise Refused("PendingExpired")
            moved = left if move.amount is None else move.amount.minor
            if moved > left:
                raise Refused("PendingExceeded")
        ended = moved if isinstance(move, Part) else left
        self._change(held.debit, held.credit, -ended, moved)
        self.left[held.id] -= ended
        if isinstance(move, Post) and moved == left:
            self.took[move.id] = left
        if not self.left[held.id]:
            del self.open[held.id]

    def _change(self, debit: str, credit: str, reserved: int, moved: int) -> None:
        for name, side in ((debit, 0), (credit, 2)):
            self.sums[name][side] += reserved
            self.sums[name][side + 1] += moved
            paid, given = sum(self.sums[name][:2]), sum(self.sums[name][2:])
            if RULES[name] == "debits_within_credits" and paid > self.sums[name][3]:
                raise Refused("FundsInsufficient")
            if RULES[name] == "credits_within_debits" and given > self.sums[name][1]:
                raise Refused("FundsInsufficient")

    def _whole(self, move: Move) -> Move:
        """Posting everything that is left by leaving the amount out is posting that amount."""
        if isinstance(move, Post) and move.amount is None and move.id in self.took:
            return replace(move, amount=Amount(self.took[move.id], PRACTICE_USDC))
        return move


accounts = st.sampled_from(NAMES)
pairs = st.tuples(accounts, accounts).filter(lambda pair: pair[0] != pair[1])
minors = st.integers(min_value=1, max_value=40)
numbers = st.integers(min_value=0, max_value=12)


@st.composite
def moves(draw: st.DrawFn) -> Move:
    """Moves whose ids are few, so that repeats, reuse and resolutions of everything else happen."""
    move_id, (debit, credit), amount = f"m{draw(numbers)}", draw(pairs), Amount(draw(minors), PRACTICE_USDC)
    kind = draw(st.sampled_from(["transfer", "issue", "pending", "part", "part", "post", "void"]))
    if kind == "transfer":
        return Transfer(move_id, debit, credit, amount, "test")
    if kind == "issue":
        return Transfer(move_id, "issuer", draw(st.sampled_from(["anna", "ben"])), amount, "test")
    if kind == "pending":
        return Pending(move_id, debit, credit, amount, "test")
    pending_id = f"m{draw(numbers)}"
    if kind == "part":
        return Part(move_id, pending_id, "test", amount)
    if kind == "post":
        return Post(move_id, pending_id, "test", draw(st.sampled_from([None, amount])))
    return Void(move_id, pending_id, "test")


class LedgerMachine(RuleBasedStateMachine):
    """Drives the real ledger and the model with the same moves; account and move ids are this run's own."""

    dsn = ""

    @initialize()
    def begin(self) -> None:
        self.prefix = f"run{next(RUNS)}:"
        self.model = Model()
        self.clock = VirtualClock()
        self.runner = asyncio.Runner()
        chance = SeededChance(1)
        self.database = self.runner.run(
            Database.connect(
                self.dsn, clock=self.clock, ids=TimeOrderedIds(self.clock, chance), chance=chance, connections=1
            )
        )
        self.runner.run(self._open())

    async def _open(self) -> None:
        async with self.database.begin() as uow:
            opened = [Account(self.prefix + name, PRACTICE_USDC, RULES[name]) for name in NAMES]
            await service.open_accounts(uow, opened)

    @rule(batch=st.lists(moves(), min_size=1, max_size=4))
    def post(self, batch: list[Move]) -> None:
        self._both(batch)

    @rule(move=moves(), seconds=st.integers(min_value=0, max_value=30))
    def post_with_a_time_out(self, move: Move, seconds: int) -> None:
        if isinstance(move, Pending):
            move = replace(move, expires_at=self.clock.now() + timedelta(seconds=seconds))
        self._both([move])

    @rule(batches=st.lists(st.lists(moves(), min_size=1, max_size=2), min_size=2, max_size=4))
    def post_together(self, batches: list[list[Move]]) -> None:
        """Chains of one call are answered as if they had come one by one, in some order."""
        orders = [Order(tuple(self._own(move) for move in batch), "test", "test") for batch in batches]
        told = self.runner.run(self._post_orders(orders))
        for order in itertools.permutations(range(len(batches))):
            trial, expected = copy.deepcopy(self.model), {}
            for number in order:
                try:
                    trial.post(batches[number], self.clock.now())
                    expected[number] = None
                except Refused as refused:
                    expected[number] = str(refused)
            if [expected[number] for number in range(len(batches))] == told and trial.sums == self.runner.run(
                self._sums()
            ):
                self.model = trial
                return
        raise AssertionError(f"no order explains {told}")

    async def _post_orders(self, orders: list[Order]) -> list[str | None]:
        async with self.database.begin() as uow:
            outcomes = await service.post_orders(uow, orders)
        return [type(outcome).__name__ if isinstance(outcome, Refusal) else None for outcome in outcomes]

    @rule(choice=st.randoms(use_true_random=False))
    def repeat(self, choice: Any) -> None:
        if self.model.moves:
            self._both([self.model.moves[choice.choice(sorted(self.model.moves))]])

    @rule(seconds=st.integers(min_value=1, max_value=20))
    def let_time_pass(self, seconds: int) -> None:
        self.clock.advance(seconds)
        now = self.clock.now()
        self.runner.run(jobs.expire(self.database))
        for held in list(self.model.open.values()):
            if held.expires_at is not None and held.expires_at <= now:
                self.model.apply(Void(f"{held.id}:expired", held.id, "time-out", timed_out=True), now)

    @rule()
    def seal(self) -> None:
        self.runner.run(jobs.seal(self.database))

    @invariant()
    def the_balances_are_the_models(self) -> None:
        if hasattr(self, "database"):
            assert self.runner.run(self._sums()) == self.model.sums

    def teardown(self) -> None:
        if hasattr(self, "database"):
            assert self.runner.run(jobs.prove(self.database)) == 0
            self.runner.run(self.database.close())
            self.runner.close()

    def _both(self, batch: list[Move]) -> None:
        expected = None
        try:
            self.model.post(batch, self.clock.now())
        except Refused as refused:
            expected = str(refused)
        assert self.runner.run(self._post([self._own(move) for move in batch])) == expected

    async def _post(self, batch: list[Move]) -> str | None:
        async with self.database.begin() as uow:
            try:
                await service.post(uow, batch)
            except Refusal as refusal:
                return type(refusal).__name__
        return None

    async def _sums(self) -> dict[str, list[int]]:
        found = {}
        async with self.database.reading() as connection:
            for name in NAMES:
                [one] = await service.balances(connection, self.prefix + name)
                found[name] = [one.debits_pending, one.debits_posted, one.credits_pending, one.credits_posted]
        return found

    def _own(self, move: Move) -> Move:
        own = replace(move, id=self.prefix + move.id)
        if isinstance(own, Transfer | Pending):
            return replace(own, debit=self.prefix + own.debit, credit=self.prefix + own.credit)
        return replace(own, pending_id=self.prefix + own.pending_id)


def test_the_ledger_and_its_model_agree_on_every_move(dsn: str) -> None:
    LedgerMachine.dsn = dsn
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
