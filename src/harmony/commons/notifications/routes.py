"""``/v1/notifications``: the in-app channel; ``/channels``: the ways out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from harmony.commons.identity.edge import Edge, requires
from harmony.commons.notifications import schemas, service
from harmony.commons.notifications.ports import Outlets

router = APIRouter(prefix="/v1/notifications", tags=["notifications"])
channels = APIRouter(prefix="/channels", tags=["channels"])


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


@channels.get("")
async def list_channels(edge: Annotated[Edge, requires("channels.manage")]) -> schemas.Channels:
    """The channels that are set up, without their secrets, and how their deliveries stand."""
    async with edge.reading() as connection:
        found = await service.list_channels(connection)
    return schemas.Channels(channels=[schemas.ChannelView.of(setup) for setup in found])


@channels.put("/{name}")
async def set_channel(
    name: Annotated[schemas.ChannelName, Path()],
    body: schemas.SetChannel,
    edge: Annotated[Edge, requires("channels.manage")],
) -> schemas.ChannelSetUp:
    """Set a channel up: mail, Slack or any web hook. Its secrets are never shown again."""
    async with edge.begin() as uow:
        await service.set_channel(uow, body.to_setup(name), edge.house.port(Outlets))
    return schemas.ChannelSetUp(name=name)


@channels.delete("/{name}")
async def remove_channel(
    name: Annotated[schemas.ChannelName, Path()], edge: Annotated[Edge, requires("channels.manage")]
) -> schemas.ChannelTakenAway:
    """Take a channel away."""
    async with edge.begin() as uow:
        await service.remove_channel(uow, name)
    return schemas.ChannelTakenAway(name=name)
