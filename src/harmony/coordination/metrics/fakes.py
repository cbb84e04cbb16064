"""Nobody outside, and somebody who remembers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harmony.coordination.metrics.model import Latest


class Nobody:
    """``Outside`` of a Harmony that nobody watches."""

    def wanted(self) -> bool:
        return False

    async def send(self, found: Sequence[Latest]) -> bool:
        return True


@dataclass(slots=True)
class Somebody:
    """``Outside`` that keeps what comes."""

    taken: list[list[Latest]] = field(default_factory=list)

    def wanted(self) -> bool:
        return True

    async def send(self, found: Sequence[Latest]) -> bool:
        self.taken.append(list(found))
        return True
