"""Notify, list, mark as read."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.notifications import store
from harmony.commons.notifications.errors import NotificationUnknown
from harmony.commons.notifications.model import (
    BODY_LIMIT_CHARACTERS,
    IN_APP,
    TITLE_LIMIT_CHARACTERS,
    Notification,
)
from harmony.kernel.paging import PAGE_DEFAULT_ITEMS, Page, decode_cursor, encode_cursor


async def notify(uow: UnitOfWork, *, recipient: str, kind: str, subject: str, title: str, body: str) -> None:
    """Tell ``recipient`` once about ``subject``; a repetition of the same news has no effect.

    Title and body are cut to their limits; they are shown as text, never as markup.
    """
    notification = Notification(
        id=uow.ids.new("notification"),
        recipient=recipient,
        kind=kind,
        subject=subject,
        title=title[:TITLE_LIMIT_CHARACTERS],
        body=body[:BODY_LIMIT_CHARACTERS],
        trace=uow.trace,
        created_at=uow.now,
    )
    if await store.add(uow, notification):
        await store.add_delivery(uow, notification.id, IN_APP)


async def of_recipient(connection: Connection, recipient: str, cursor: str | None) -> Page[Notification]:
    """The recipient's notifications, newest first."""
    before = None if cursor is None else str(decode_cursor(cursor))
    found = await store.of_recipient(connection, recipient, before, PAGE_DEFAULT_ITEMS + 1)
    items = tuple(found[:PAGE_DEFAULT_ITEMS])
    return Page(items, encode_cursor(items[-1].id) if len(found) > PAGE_DEFAULT_ITEMS else None)


async def mark_read(uow: UnitOfWork, notification_id: str) -> None:
    """Only the recipient's own; a second time has no effect."""
    if not await store.mark_read(uow, notification_id, uow.actor):
        raise NotificationUnknown("there is no such notification", field="notificationId")
