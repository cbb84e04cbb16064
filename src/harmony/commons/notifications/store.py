"""The SQL of notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.notifications.model import Delivery, DeliveryStatus, Notification

_COLUMNS = "n.id, n.recipient, n.kind, n.subject, n.title, n.body, n.trace, n.created_at, n.read_at"

_ADD = """
INSERT INTO notifications (id, recipient, kind, subject, title, body, trace, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (recipient, kind, subject) DO NOTHING RETURNING true
"""
_ADD_DELIVERY = """
INSERT INTO notification_deliveries (notification_id, channel, status, due_at) VALUES ($1, $2, 'pending', $3)
"""
# Take the next due delivery under a lease: if its worker dies, it is due again when the lease ends.
_TAKE = f"""
WITH due AS (
    SELECT notification_id, channel FROM notification_deliveries
    WHERE status = 'pending' AND due_at <= $1 ORDER BY due_at, notification_id LIMIT 1 FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE notification_deliveries d SET attempts = d.attempts + 1, due_at = $2
    FROM due WHERE d.notification_id = due.notification_id AND d.channel = due.channel
    RETURNING d.notification_id, d.channel, d.attempts
)
SELECT {_COLUMNS}, taken.channel, taken.attempts FROM taken JOIN notifications n ON n.id = taken.notification_id
"""
_SETTLE = """
UPDATE notification_deliveries SET status = $3, due_at = $4, delivered_at = $5, reason = $6
WHERE notification_id = $1 AND channel = $2 AND status = 'pending'
"""
_LIST = f"""
SELECT {_COLUMNS} FROM notifications n
WHERE n.recipient = $1 AND ($2::text IS NULL OR n.id < $2) ORDER BY n.id DESC LIMIT $3
"""
_MARK_READ = "UPDATE notifications SET read_at = coalesce(read_at, $3) WHERE id = $1 AND recipient = $2 RETURNING true"


async def add(uow: UnitOfWork, notification: Notification) -> bool:
    """False when the recipient has had this news."""
    n = notification
    return bool(
        await uow.connection.fetchval(
            _ADD, n.id, n.recipient, n.kind, n.subject, n.title, n.body, n.trace, n.created_at
        )
    )


async def add_delivery(uow: UnitOfWork, notification_id: str, channel: str) -> None:
    await uow.connection.execute(_ADD_DELIVERY, notification_id, channel, uow.now)


async def take_due(uow: UnitOfWork, lease_ends: datetime) -> Delivery | None:
    row = await uow.connection.fetchrow(_TAKE, uow.now, lease_ends)
    return None if row is None else Delivery(_notification(row), row["channel"], row["attempts"])


async def settle(
    uow: UnitOfWork,
    delivery: Delivery,
    status: DeliveryStatus,
    *,
    due_at: datetime,
    delivered_at: datetime | None = None,
    reason: str | None = None,
) -> None:
    await uow.connection.execute(
        _SETTLE, delivery.notification.id, delivery.channel, status, due_at, delivered_at, reason
    )


async def of_recipient(connection: Connection, recipient: str, before: str | None, limit: int) -> list[Notification]:
    return [_notification(row) for row in await connection.fetch(_LIST, recipient, before, limit)]


async def mark_read(uow: UnitOfWork, notification_id: str, recipient: str) -> bool:
    return bool(await uow.connection.fetchval(_MARK_READ, notification_id, recipient, uow.now))


def _notification(row: Any) -> Notification:
    return Notification(
        id=row["id"],
        recipient=row["recipient"],
        kind=row["kind"],
        subject=row["subject"],
        title=row["title"],
        body=row["body"],
        trace=row["trace"],
        created_at=row["created_at"],
        read_at=row["read_at"],
    )
