"""Money is whole minor units: reading, writing and splitting lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.kernel import money
from harmony.kernel.money import ETHIK, USDC, Amount

minor_units = st.integers(min_value=0, max_value=10**18)


@given(minor_units)
def test_a_written_amount_reads_back_as_itself(minor: int) -> None:
    amount = Amount(minor, USDC)
    assert money.parse(money.decimal(amount), USDC) == amount


@given(minor_units, st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=8).filter(any))
def test_a_split_sums_to_the_whole_and_each_part_is_within_one_unit_of_its_share(
    minor: int, weights: list[int]
) -> None:
    parts = money.split(Amount(minor, ETHIK), weights)
    assert sum(part.minor for part in parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * sum(weights) - minor * weight) < sum(weights)


@pytest.mark.parametrize("text", ["", "1e3", "0x10", "1.0000001", "१", " 1", "1 ", "NaN", "1,5", "+1", "--1", "9" * 14])
def test_anything_but_a_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(money.AmountInvalid):
        money.parse(text, USDC)


def test_a_float_is_not_money() -> None:
    with pytest.raises(TypeError):
        Amount(1.5, USDC)  # type: ignore[arg-type]  # the refusal of a float is the point


def test_assets_never_mix() -> None:
    with pytest.raises(TypeError):
        Amount(1, USDC) + Amount(1, ETHIK)
