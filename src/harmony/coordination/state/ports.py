"""What shared state asks of the rooms above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from harmony.adapters.db.unit_of_work import UnitOfWork


class Messages(Protocol):
    """The queue, for a message that is to be sent with a change or not at all."""

    async def send_with(self, uow: UnitOfWork, message: Mapping[str, Any]) -> str:
        """Send the message (the body of ``POST /queue/send``) in the caller's transaction; its id.

        Raises the queue's refusals.
        """
        ...
