"""The SQL of notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.notifications.model import Delivery, DeliveryStatus, Notification, Setup

_COLUMNS = "n.id, n.recipient, n.kind, n.subject, n.title, n.body, n.trace, n.created_at, n.read_at, n.facts"

_ADD = """
INSERT INTO notifications (id, recipient, kind, subject, title, body, trace, created_at, facts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (recipient, kind, subject) DO NOTHING RETURNING true
"""
_ADD_DELIVERY = """
INSERT INTO notification_deliveries (notification_id, channel, status, due_at) VALUES ($1, $2, 'pending', $3)
"""
# Take the next due delivery under a lease: if its worker dies, it is due again when the lease ends.
_TAKE = f"""
WITH due AS (
    SELECT notification_id, channel FROM notification_deliveries
    WHERE status = 'pending' AND due_at <= $1
      AND NOT EXISTS (SELECT 1 FROM notification_channels AS c
                      WHERE c.name = notification_deliveries.channel AND c.held_until > $1)
    ORDER BY due_at, notification_id LIMIT 1 FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE notification_deliveries d SET attempts = d.attempts + 1, due_at = $2
    FROM due WHERE d.notification_id = due.notification_id AND d.channel = due.channel
    RETURNING d.notification_id, d.channel, d.attempts
)
SELECT {_COLUMNS}, taken.channel, taken.attempts FROM taken JOIN notifications n ON n.id = taken.notification_id
"""
_SETTLE = """
UPDATE notification_deliveries SET status = $3, due_at = $4, delivered_at = $5, reason = $6, attempts = $7
WHERE notification_id = $1 AND channel = $2 AND status = 'pending'
"""
_LIST = f"""
SELECT {_COLUMNS} FROM notifications n
WHERE n.recipient = $1 AND ($2::text IS NULL OR n.id < $2) ORDER BY n.id DESC LIMIT $3
"""
_SAVE_CHANNEL = """
INSERT INTO notification_channels (name, kind, settings, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (name) DO UPDATE SET kind = $2, settings = $3, held_until = NULL, changed_by = $4, changed_at = $5
"""
_CHANNELS = """
SELECT c.name, c.kind, c.settings, c.held_until,
    count(*) FILTER (WHERE d.status = 'pending') AS waiting, count(*) FILTER (WHERE d.status = 'failed') AS failed,
    (array_agg(d.reason ORDER BY d.due_at DESC) FILTER (WHERE d.reason IS NOT NULL))[1] AS last_reason
FROM notification_channels AS c
LEFT JOIN notification_deliveries AS d ON d.channel = c.name AND (d.status <> 'delivered')
WHERE $1::text IS NULL OR c.name = $1
GROUP BY c.name ORDER BY c.name
"""
_CHANNEL_NAMES = "SELECT name FROM notification_channels ORDER BY name"
_REMOVE_CHANNEL = "DELETE FROM notification_channels WHERE name = $1 RETURNING true"
_HOLD = "UPDATE notification_channels SET held_until = greatest(held_until, $2) WHERE name = $1"
_MARK_READ = "UPDATE notifications SET read_at = coalesce(read_at, $3) WHERE id = $1 AND recipient = $2 RETURNING true"


async def add(uow: UnitOfWork, notification: Notification) -> bool:
    """False when the recipient has had this news."""
    n = notification
    return bool(
        await uow.connection.fetchval(
            _ADD, n.id, n.recipient, n.kind, n.subject, n.title, n.body, n.trace, n.created_at, n.facts
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
        _SETTLE,
        delivery.notification.id,
        delivery.channel,
        status,
        due_at,
        delivered_at,
        reason,
        delivery.attempts,
    )


async def save_channel(uow: UnitOfWork, setup: Setup) -> None:
    await uow.connection.execute(_SAVE_CHANNEL, setup.name, setup.kind, dict(setup.settings), uow.actor, uow.now)


async def channels(connection: Connection, name: str | None = None) -> list[Setup]:
    """Those that are set up, with how their deliveries stand."""
    return [
        Setup(
            row["name"],
            row["kind"],
            row["settings"],
            row["held_until"],
            row["waiting"],
            row["failed"],
            row["last_reason"],
        )
        for row in await connection.fetch(_CHANNELS, name)
    ]


async def channel_names(connection: Connection) -> list[str]:
    return [row["name"] for row in await connection.fetch(_CHANNEL_NAMES)]


async def remove_channel(uow: UnitOfWork, name: str) -> bool:
    return bool(await uow.connection.fetchval(_REMOVE_CHANNEL, name))


async def hold(uow: UnitOfWork, name: str, until: datetime) -> None:
    """Leave a channel in peace until an instant."""
    await uow.connection.execute(_HOLD, name, until)


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
        facts=row["facts"],
    )
