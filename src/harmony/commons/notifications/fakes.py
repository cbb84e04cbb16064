"""Outlets that reach nobody and remember what they were given."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmony.commons.notifications.model import Notification, Setup
from harmony.commons.notifications.ports import ChannelFailed


@dataclass(slots=True)
class Pigeonhole:
    """``Outlets`` that keep what comes; while ``failing`` is set they fail with it."""

    taken: list[tuple[str, Notification]] = field(default_factory=list)
    failing: ChannelFailed | None = None

    def check(self, setup: Setup) -> None:
        return None

    async def deliver(self, setup: Setup, notification: Notification) -> None:
        if self.failing is not None:
            raise self.failing
        self.taken.append((setup.name, notification))
