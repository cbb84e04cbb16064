"""Notify, list, mark as read; set up channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.commons.notifications import store
from harmony.commons.notifications.errors import ChannelUnknown, NotificationUnknown, TooManyChannels
from harmony.commons.notifications.model import (
    BODY_LIMIT_CHARACTERS,
    CHANNELS_LIMIT,
    IN_APP,
    TITLE_LIMIT_CHARACTERS,
    Notification,
    Setup,
)
from harmony.commons.notifications.ports import Outlets
from harmony.kernel.paging import PAGE_DEFAULT_ITEMS, Page, decode_cursor, encode_cursor
from harmony.messages.notifications import ChannelRemoved, ChannelSet

BELL = "deliveries"
"""Rung when there is something to deliver."""


async def notify(
    uow: UnitOfWork,
    *,
    recipient: str,
    kind: str,
    subject: str,
    title: str,
    body: str,
    channels: Sequence[str] = (),
    in_app: bool = True,
    facts: Mapping[str, Any] | None = None,
) -> str | None:
    """Tell ``recipient`` once about ``subject``; the notification's id, None for a repetition, which has no effect.

    Title and body are cut to their limits; they are shown as text, never as markup. Beside the page it goes to the
    named ``channels``, those that are not set up left out.
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
        facts=facts,
    )
    if not await store.add(uow, notification):
        return None
    there = await store.channel_names(uow.connection) if channels else []
    for name in ([IN_APP] if in_app else []) + [name for name in channels if name in there]:
        await store.add_delivery(uow, notification.id, name)
    return notification.id


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


async def set_channel(uow: UnitOfWork, setup: Setup, outlets: Outlets) -> None:
    """Set a channel up or change it; raises ``ChannelUnfit`` and ``TooManyChannels``."""
    outlets.check(setup)
    names = await store.channel_names(uow.connection)
    if setup.name not in names and len(names) >= CHANNELS_LIMIT:
        raise TooManyChannels(f"there are {CHANNELS_LIMIT} channels", details={"limit": CHANNELS_LIMIT})
    await store.save_channel(uow, setup)
    await append(uow, ChannelSet(setup.name, setup.kind), subject=setup.name)


async def remove_channel(uow: UnitOfWork, name: str) -> None:
    """What waits for it is tried a while and then given up. Raises ``ChannelUnknown``."""
    if not await store.remove_channel(uow, name):
        raise ChannelUnknown("there is no such channel", field="name")
    await append(uow, ChannelRemoved(name), subject=name)


async def list_channels(connection: Connection) -> list[Setup]:
    return await store.channels(connection)


async def channel_names(connection: Connection) -> list[str]:
    return await store.channel_names(connection)
