"""What a channel is."""

from __future__ import annotations

from typing import Protocol

from harmony.commons.notifications.model import Notification


class ChannelFailed(Exception):
    """The channel could not deliver; ``str()`` is a reason without secrets."""


class Channel(Protocol):
    """A way to a recipient. ``deliver`` may be called twice for one notification: its id is the natural key."""

    name: str

    async def deliver(self, notification: Notification) -> None:
        """Hand it over; raises ``ChannelFailed``."""
        ...


class InApp:
    """The page and ``GET /v1/notifications``: what is stored has arrived."""

    name = "in-app"

    async def deliver(self, notification: Notification) -> None:
        return None
