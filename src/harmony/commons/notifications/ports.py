"""What a channel is."""

from __future__ import annotations

from typing import Protocol

from harmony.commons.notifications.model import Notification, Setup


class ChannelFailed(Exception):
    """The channel could not deliver; ``str()`` is a reason without secrets.

    ``retry_after_seconds``: when it wants to be asked again. ``lasting``: trying again is useless.
    """

    def __init__(self, reason: str, *, retry_after_seconds: float | None = None, lasting: bool = False) -> None:
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds
        self.lasting = lasting


class Channel(Protocol):
    """A way to a recipient. ``deliver`` may be called twice for one notification: its id is the natural key."""

    name: str

    async def deliver(self, notification: Notification) -> None:
        """Hand it over; raises ``ChannelFailed``."""
        ...


class Outlets(Protocol):
    """What carries to the channels that were set up."""

    def check(self, setup: Setup) -> None:
        """Refuse a channel that cannot work; raises ``errors.ChannelUnfit``."""
        ...

    async def deliver(self, setup: Setup, notification: Notification) -> None:
        """Hand it over; raises ``ChannelFailed``."""
        ...


class InApp:
    """The page and ``GET /v1/notifications``: what is stored has arrived."""

    name = "in-app"

    async def deliver(self, notification: Notification) -> None:
        return None
