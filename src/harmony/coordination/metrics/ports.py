"""What metrics asks of whoever watches from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harmony.coordination.metrics.model import Latest


class Outside(Protocol):
    """Where last values are sent now and then."""

    def wanted(self) -> bool:
        """Whether anybody is there."""
        ...

    async def send(self, found: Sequence[Latest]) -> bool:
        """Hand them over; False when they were not taken. Nothing waits for them."""
        ...
