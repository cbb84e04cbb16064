"""``/v1/notifications``: the in-app channel."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from harmony.commons.identity.edge import Edge, requires
from harmony.commons.notifications import schemas, service

router = APIRouter(prefix="/v1/notifications", tags=["notifications"])


@router.get("", response_model=schemas.Notifications)
async def list_notifications(
    edge: Annotated[Edge, requires("notifications.read")],
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> schemas.Notifications:
    """The caller's notifications, newest first."""
    async with edge.reading() as connection:
        page = await service.of_recipient(connection, edge.caller.id, cursor)
    return schemas.Notifications(
        notifications=[schemas.notification_view(item) for item in page.items], next_cursor=page.next_cursor
    )


@router.post("/{notificationId}/read", response_model=schemas.Read)
async def mark_read(notificationId: str, edge: Annotated[Edge, requires("notifications.read")]) -> schemas.Read:
    """Mark one as read."""
    async with edge.begin() as uow:
        await service.mark_read(uow, notificationId.replace("\x00", ""))
    return schemas.Read()
