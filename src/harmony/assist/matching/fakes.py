"""Stand-ins for the ports of matching."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmony.adapters.db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Notice:
    recipient: str
    kind: str
    subject: str
    title: str
    body: str


@dataclass(slots=True)
class NoticeBoard:
    """``Notifier`` that keeps what it was told."""

    notices: list[Notice] = field(default_factory=list)

    async def __call__(
        self, uow: UnitOfWork, *, recipient: str, kind: str, subject: str, title: str, body: str
    ) -> None:
        self.notices.append(Notice(recipient, kind, subject, title, body))
