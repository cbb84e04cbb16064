"""Money is whole minor units with an asset. A float never appears, a sum never mixes assets.

Three books that never mix: ``money`` (USDC), ``ethik`` (reward tokens), ``reputation`` (standing, not convertible).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmony.kernel.errors import Invalid

Book = Literal["money", "ethik", "reputation"]

LARGEST_MINOR = 2**63 - 1
"""The ledger stores minor units as signed 64-bit integers."""

_DECIMAL = re.compile(r"(-?)(\d{1,13})(?:\.(\d+))?\Z", re.ASCII)


class AmountInvalid(Invalid):
    code = "money.amount_invalid"
    hint = "Write a plain decimal such as 12.50 with no more decimals than the asset has."


@dataclass(frozen=True, slots=True)
class Asset:
    """What is counted. ``scale`` is the number of decimals of one whole unit."""

    code: str
    scale: int
    book: Book


USDC = Asset("USDC", 6, "money")
PRACTICE_USDC = Asset("practice-USDC", 6, "money")
"""Practice money: behaves like USDC, buys nothing outside."""
ETHIK = Asset("ETHIK", 6, "ethik")
REPUTATION = Asset("reputation", 3, "reputation")
ASSETS = {asset.code: asset for asset in (USDC, PRACTICE_USDC, ETHIK, REPUTATION)}


@dataclass(frozen=True, slots=True)
class Amount:
    """``minor`` whole minor units of ``asset``."""

    minor: int
    asset: Asset

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise TypeError("minor units are a whole number")
        if abs(self.minor) > LARGEST_MINOR:
            raise AmountInvalid("the amount is beyond 64 bits of minor units")

    def __add__(self, other: Amount) -> Amount:
        self._same(other)
        return Amount(self.minor + other.minor, self.asset)

    def __sub__(self, other: Amount) -> Amount:
        self._same(other)
        return Amount(self.minor - other.minor, self.asset)

    def __lt__(self, other: Amount) -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: Amount) -> bool:
        self._same(other)
        return self.minor <= other.minor

    def __str__(self) -> str:
        return f"{decimal(self)} {self.asset.code}"

    def _same(self, other: Amount) -> None:
        if self.asset != other.asset:
            raise TypeError(f"{self.asset.code} and {other.asset.code} never mix")


def decimal(amount: Amount) -> str:
    """The amount as a plain decimal with all its decimals: ``1.500000``."""
    sign, digits = ("-", str(-amount.minor)) if amount.minor < 0 else ("", str(amount.minor))
    if amount.asset.scale == 0:
        return sign + digits
    digits = digits.rjust(amount.asset.scale + 1, "0")
    return f"{sign}{digits[: -amount.asset.scale]}.{digits[-amount.asset.scale :]}"


def parse(text: str, asset: Asset, *, field: str | None = None) -> Amount:
    """Read a plain decimal without rounding; raises ``AmountInvalid`` for anything else."""
    match = _DECIMAL.match(text)
    if match is None:
        raise AmountInvalid("this is not a plain decimal amount", field=field)
    sign, whole, fraction = match[1], match[2], (match[3] or "")
    if len(fraction.rstrip("0")) > asset.scale:
        raise AmountInvalid(f"{asset.code} has {asset.scale} decimals", field=field)
    minor = int(whole + fraction[: asset.scale].ljust(asset.scale, "0"))
    return Amount(-minor if sign else minor, asset)


def split(amount: Amount, weights: Sequence[int]) -> list[Amount]:
    """Divide ``amount`` >= 0 in proportion to whole ``weights`` by largest remainder; the parts sum exactly.

    Ties go to the earlier weight, so the same input gives the same parts.
    """
    total = sum(weights)
    if amount.minor < 0 or total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("a split needs an amount >= 0 and weights >= 0 that are not all zero")
    floors = [amount.minor * weight // total for weight in weights]
    remainders = [amount.minor * weight % total for weight in weights]
    left = amount.minor - sum(floors)
    for index in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:left]:
        floors[index] += 1
    return [Amount(part, amount.asset) for part in floors]


def share(amount: Amount, basis_points: int) -> Amount:
    """``basis_points`` / 10,000 of ``amount``, rounded down: the payer never owes a fraction of a unit."""
    return Amount(amount.minor * basis_points // 10_000, amount.asset)
