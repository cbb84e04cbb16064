"""Wire shapes of notifications (camelCase, as all of HARMONY.Live)."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from harmony.commons.notifications.model import Notification


class Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class NotificationView(Wire):
    notification_id: str
    kind: str
    subject: str
    title: str
    body: str
    created_at: datetime
    read_at: datetime | None


class Notifications(Wire):
    notifications: list[NotificationView]
    next_cursor: str | None


class Read(Wire):
    read: bool = True


def notification_view(notification: Notification) -> NotificationView:
    return NotificationView(
        notification_id=notification.id,
        kind=notification.kind,
        subject=notification.subject,
        title=notification.title,
        body=notification.body,
        created_at=notification.created_at,
        read_at=notification.read_at,
    )
