"""What the assist plane asks of the other planes; ``apps.links`` fulfils it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from harmony.kernel.money import Amount

AccountKind = Literal["expert", "maintenance", "governance"]


class RewardBook(Protocol):
    """The book of ETHIK tokens. It works in its own transaction, after the contribution has been valued."""

    async def distribute(
        self, contribution_id: str, expert_id: str, shares: Mapping[AccountKind, Amount], trace: str
    ) -> None:
        """Credit each account its share once, however often this is called with the same ``contribution_id``.

        ``expert_id`` is the principal behind the account ``expert``; ``shares`` are ETHIK and sum to the
        contribution's value.
        """
        ...
