"""What a settlement may become, and how several are paid as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.balances.errors import AmountOutOfRange, ChainUnavailable, SettlementWrongState
from harmony.settlement.balances.model import (
    BATCH_LIMIT_SETTLEMENTS,
    DEPOSIT_LEAST,
    DEPOSIT_LIMIT,
    STATUSES,
    STEPS,
    Settlement,
    Status,
    Step,
    after,
    netted,
    payment,
    require_chain,
    require_within,
)
from harmony.settlement.ledger.model import BATCH_LIMIT_TRANSFERS, Post, Transfer, check

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ONE = Amount(1, PRACTICE_USDC)


def settlement(number: int, wallet: str, minor: int) -> Settlement:
    amount = Amount(minor, PRACTICE_USDC)
    return Settlement(f"s{number}", wallet, "withdrawal", "pending_settlement", amount, amount, NOW, "trace")


@pytest.mark.parametrize(("status", "step"), list(product(STATUSES, get_args(Step))))
def test_every_pair_of_state_and_step_is_allowed_or_refused(status: Status, step: Step) -> None:
    if (status, step) in STEPS:
        assert after(status, step) == STEPS[status, step]
    else:
        with pytest.raises(SettlementWrongState):
            after(status, step)


def test_every_state_that_holds_money_is_left_by_a_step() -> None:
    assert {status for status, _ in STEPS} == set(STATUSES) - {"confirmed"}


wallets = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(wallets, st.integers(1, 10**12)), min_size=1, max_size=BATCH_LIMIT_SETTLEMENTS))
def test_a_payment_pays_each_owner_once_and_no_unit_more_than_was_held(asked: list[tuple[str, int]]) -> None:
    settlements = [settlement(number, wallet, minor) for number, (wallet, minor) in enumerate(asked)]
    moves = payment("batch", settlements)
    check(moves)
    posts = [move for move in moves if isinstance(move, Post)]
    paid = [move for move in moves if isinstance(move, Transfer)]
    assert [move.pending_id for move in posts] == [f"{one.id}:hold" for one in settlements]
    assert sum(move.amount.minor for move in paid) == sum(minor for _, minor in asked)
    assert [move.amount for move in paid] == list(netted(settlements).values())
    assert len(paid) == len({wallet for wallet, _ in asked})


@pytest.mark.parametrize("many", [0, BATCH_LIMIT_SETTLEMENTS + 1])
def test_a_payment_has_a_size(many: int) -> None:
    with pytest.raises(AmountOutOfRange):
        payment("batch", [settlement(number, f"w{number}", 1) for number in range(many)])


def test_a_payment_at_its_limit_fits_a_chain_of_the_ledger() -> None:
    moves = payment("batch", [settlement(number, f"w{number}", 1) for number in range(BATCH_LIMIT_SETTLEMENTS)])
    assert len(moves) <= BATCH_LIMIT_TRANSFERS


@pytest.mark.parametrize(("amount", "fits"), [
    (DEPOSIT_LEAST, True), (DEPOSIT_LEAST - ONE, False), (DEPOSIT_LIMIT, True), (DEPOSIT_LIMIT + ONE, False)
])  # fmt: skip
def test_an_amount_is_within_its_limits(amount: Amount, fits: bool) -> None:
    if fits:
        require_within(amount, DEPOSIT_LEAST, DEPOSIT_LIMIT, "amount_usdc")
    else:
        with pytest.raises(AmountOutOfRange):
            require_within(amount, DEPOSIT_LEAST, DEPOSIT_LIMIT, "amount_usdc")


@pytest.mark.parametrize("chain", ["base", "ethereum", "solana", "", "LEDGER"])
def test_a_chain_that_is_not_connected_is_named(chain: str) -> None:
    with pytest.raises(ChainUnavailable):
        require_chain(chain, "chain")


def test_what_is_left_is_what_was_there_without_what_leaves() -> None:
    assert replace(settlement(1, "a", 5), before=Amount(7, PRACTICE_USDC)).left == Amount(2, PRACTICE_USDC)
