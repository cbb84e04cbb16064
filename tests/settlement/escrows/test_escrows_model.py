"""States, moves, deadlines and fees: every pair walked, every edge tried."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.settlement.world import usdc

from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.escrows.errors import WrongState
from harmony.settlement.escrows.model import (
    CAUSES,
    CHECK_GRACE,
    DISPUTE_WINDOW,
    HOLDING,
    MOVES,
    STATUSES,
    Escrow,
    Move,
    Status,
    after,
    by_score,
    fees,
    overdue,
    terms_hash,
)
from harmony.settlement.escrows.service.settle import ACTIONS, MESSAGES
from harmony.settlement.verifiers.model import Verification

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BY_ITSELF: set[Move] = {"expire", "review_release", "review_refund", "dispute_refund", "release_by_score"}


def escrow(status: Status, **changes: Any) -> Escrow:
    base = Escrow(
        id="escrow-1",
        buyer="a",
        seller="b",
        amount=usdc("100"),
        buyer_fee=usdc("0.25"),
        seller_fee=usdc("0.25"),
        terms={"quality_threshold": 80, "acceptance": []},
        terms_hash="",
        status=status,
        session_id=None,
        invitation_token=None,
        acceptance_deadline=NOW + timedelta(hours=48),
        delivery_deadline=NOW + timedelta(days=7),
        review_deadline=NOW + timedelta(days=9),
        created_at=NOW,
        trace="0" * 32,
        disputed_at=NOW if status == "disputed" else None,
    )
    return replace(base, **changes)


def check(score: int | None, status: Any = "completed") -> Verification:
    return Verification(
        "verification-1", "escrow-1", "", "", (), status, None, score, (), 1, "", NOW, NOW, NOW
    )  # fmt: skip


@pytest.mark.parametrize(("status", "move"), list(itertools.product(STATUSES, MOVES)))
def test_every_move_is_possible_exactly_where_it_is_listed(status: Status, move: Move) -> None:
    leaves, reaches = MOVES[move]
    if status in leaves:
        assert after(status, move) == reaches
    else:
        with pytest.raises(WrongState) as refusal:
            after(status, move)
        assert move not in str(refusal.value.details["allowed"]).split("'")


def test_every_state_that_holds_money_can_be_left_and_no_other() -> None:
    left = {status for leaves, _ in MOVES.values() for status in leaves}
    assert left == set(HOLDING)


def test_every_state_that_holds_money_is_left_by_a_job_alone() -> None:
    assert {status for move in BY_ITSELF for status in MOVES[move][0]} == set(HOLDING)


def test_every_move_is_named_told_and_has_a_cause_when_it_pays() -> None:
    assert set(ACTIONS) == set(MOVES)
    assert {reaches for _, reaches in MOVES.values()} == set(MESSAGES)
    assert set(CAUSES) == {move for move, (_, reaches) in MOVES.items() if reaches == "released"}


@pytest.mark.parametrize(
    ("status", "deadline", "move"),
    [
        ("pending", NOW + timedelta(hours=48), "expire"),
        ("accepted", NOW + timedelta(days=7), "expire"),
        ("submitted", NOW + timedelta(days=9), "review_release"),
        ("disputed", NOW + DISPUTE_WINDOW, "dispute_refund"),
    ],
)
def test_a_deadline_decides_from_its_very_instant_on(status: Status, deadline: datetime, move: Move) -> None:
    assert overdue(escrow(status), None, deadline - timedelta(microseconds=1)) is None
    assert overdue(escrow(status), None, deadline) == move


@pytest.mark.parametrize("status", ["released", "refunded", "expired"])
def test_what_is_over_is_never_overdue(status: Status) -> None:
    assert overdue(escrow(status), None, NOW + timedelta(days=4000)) is None


def test_work_that_nobody_can_deliver_in_time_can_no_longer_be_accepted() -> None:
    short = escrow("pending", delivery_deadline=NOW + timedelta(hours=1))
    assert overdue(short, None, NOW + timedelta(hours=1)) == "expire"


@pytest.mark.parametrize(("score", "move"), [(80, "review_release"), (79, "review_refund"), (None, "review_release")])
def test_the_end_of_the_review_pays_at_or_above_the_agreed_score_and_unscored_work(
    score: int | None, move: Move
) -> None:
    found = check(score, "completed" if score is not None else "failed")
    assert overdue(escrow("submitted"), found, NOW + timedelta(days=9)) == move


def test_an_unfinished_check_delays_the_end_of_the_review_but_not_for_ever() -> None:
    running, late = check(None, "in_progress"), NOW + timedelta(days=9) + CHECK_GRACE
    assert overdue(escrow("submitted"), running, late - timedelta(microseconds=1)) is None
    assert overdue(escrow("submitted"), running, late) == "review_release"


@pytest.mark.parametrize(("score", "move"), [(80, "release_by_score"), (100, "release_by_score"), (79, None)])
def test_a_score_pays_from_the_threshold_on(score: int, move: Move | None) -> None:
    assert by_score(escrow("submitted"), check(score)) == move


def test_a_direct_escrow_of_100_costs_a_quarter_percent_on_each_side() -> None:
    costs = fees(usdc("100"), consultation=False)
    assert (usdc("100") + costs.buyer, usdc("100") - costs.seller) == (usdc("100.25"), usdc("99.75"))


def test_a_consultation_of_20_keeps_15_percent_from_the_seller_and_nothing_from_the_buyer() -> None:
    costs = fees(usdc("20"), consultation=True)
    assert (costs.buyer, costs.seller, usdc("20") - costs.seller) == (usdc("0"), usdc("3"), usdc("17"))


@given(st.integers(min_value=1_000_000, max_value=10**15), st.booleans())
def test_fees_never_exceed_their_rate_nor_the_price(minor: int, consultation: bool) -> None:
    price = Amount(minor, PRACTICE_USDC)
    costs = fees(price, consultation=consultation)
    rate = 1_500 if consultation else 25
    assert costs.seller.minor * 10_000 <= minor * rate < (costs.seller.minor + 1) * 10_000
    assert costs.buyer == (usdc("0") if consultation else costs.seller)


def test_the_hash_of_terms_does_not_depend_on_the_order_of_their_keys() -> None:
    assert terms_hash({"b": 1, "a": ["é"]}) == terms_hash({"a": ["é"], "b": 1})
    assert terms_hash({"a": 1}) != terms_hash({"a": 2})
    assert terms_hash({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
