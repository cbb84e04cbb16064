"""What alerts tell: what they noticed, what became of it, and who changed what they look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class AlertMoved(Message):
    """An alert changed its state. ``value`` is what its condition measured, None where it measures nothing."""

    alert_id: str
    alert_name: str
    component_id: str
    severity: str
    value: float | None


@dataclass(frozen=True, slots=True)
class AlertPending(AlertMoved):
    """Its condition holds, but not yet for long enough."""

    KIND: ClassVar[str] = "coordination.alert.pending"


@dataclass(frozen=True, slots=True)
class AlertFired(AlertMoved):
    """Its condition has held for long enough."""

    KIND: ClassVar[str] = "coordination.alert.fired"


@dataclass(frozen=True, slots=True)
class AlertResolved(AlertMoved):
    """It fired and is over."""

    KIND: ClassVar[str] = "coordination.alert.resolved"


@dataclass(frozen=True, slots=True)
class AlertCancelled(AlertMoved):
    """Its condition did not hold for long enough."""

    KIND: ClassVar[str] = "coordination.alert.cancelled"


@dataclass(frozen=True, slots=True)
class AlertsTold(Message):
    """A group's message is on its way to its channels: so many fired, so many ended, so many go on."""

    KIND: ClassVar[str] = "coordination.alert.told"
    group: str
    notification: str
    channels: list[str]
    fired: int
    resolved: int
    going_on: int


@dataclass(frozen=True, slots=True)
class AlertConfigured(Message):
    """Somebody set up an alert, or changed it."""

    KIND: ClassVar[str] = "coordination.alert.configured"
    alert_name: str
    condition: str
    version: int


@dataclass(frozen=True, slots=True)
class AlertRemoved(Message):
    """Somebody took an alert away."""

    KIND: ClassVar[str] = "coordination.alert.removed"
    alert_name: str


@dataclass(frozen=True, slots=True)
class AlertsSilenced(Message):
    """What matches is not told until ``ends_at``."""

    KIND: ClassVar[str] = "coordination.alert.silenced"
    silence_id: str
    ends_at: str


@dataclass(frozen=True, slots=True)
class SilenceEnded(Message):
    """Somebody ended a silence before its time."""

    KIND: ClassVar[str] = "coordination.alert.unsilenced"
    silence_id: str
