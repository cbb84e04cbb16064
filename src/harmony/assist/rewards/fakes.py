"""A stand-in for the book of tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harmony.assist.ports import AccountKind
from harmony.kernel.money import Amount


@dataclass(slots=True)
class MemoryBook:
    """``RewardBook`` in memory: ``accounts`` by kind, the expert's by ``expert:<principal>``."""

    accounts: dict[str, int] = field(default_factory=dict)
    distributed: set[str] = field(default_factory=set)

    async def distribute(
        self, contribution_id: str, expert_id: str, shares: Mapping[AccountKind, Amount], trace: str
    ) -> None:
        if contribution_id in self.distributed:
            return
        self.distributed.add(contribution_id)
        for kind, amount in shares.items():
            account = f"expert:{expert_id}" if kind == "expert" else kind
            self.accounts[account] = self.accounts.get(account, 0) + amount.minor
