"""What matching asks of others."""

from __future__ import annotations

from typing import Protocol

from harmony.adapters.db.unit_of_work import UnitOfWork


class Notifier(Protocol):
    async def __call__(
        self, uow: UnitOfWork, *, recipient: str, kind: str, subject: str, title: str, body: str
    ) -> None:
        """Tell the principal ``recipient`` in this transaction about ``subject`` (an id)."""
        ...
