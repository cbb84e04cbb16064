"""What notifications tell: which ways out there are. Addresses and secrets of channels never travel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class ChannelSet(Message):
    """Somebody set a channel up, or changed it."""

    KIND: ClassVar[str] = "notifications.channel.set"
    name: str
    channel_kind: str


@dataclass(frozen=True, slots=True)
class ChannelRemoved(Message):
    """Somebody took a channel away."""

    KIND: ClassVar[str] = "notifications.channel.removed"
    name: str
