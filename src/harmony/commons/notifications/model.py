"""A notification, its deliveries, and when to try again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

IN_APP = "in-app"
TITLE_LIMIT_CHARACTERS = 200
BODY_LIMIT_CHARACTERS = 4_000
ATTEMPTS_LIMIT = 12
FIRST_RETRY = timedelta(seconds=10)
"""Each wait is twice the one before: eleven hours in all."""
LEASE = timedelta(minutes=1)
LIFE = timedelta(hours=24)
"""However often a channel asks to be left in peace, news that are older are given up."""
CHANNELS_LIMIT = 20
CHANNEL_NAME_LIMIT_CHARACTERS = 32
RECIPIENTS_LIMIT = 20

ChannelKind = Literal["email", "slack", "webhook"]
CHANNEL_KINDS: tuple[ChannelKind, ...] = get_args(ChannelKind)
SECRET_SETTINGS = frozenset({"url", "password", "secret"})
"""Never shown again once they are set; of a url its host is."""

DeliveryStatus = Literal["pending", "delivered", "failed"]
MOVES: frozenset[tuple[DeliveryStatus, DeliveryStatus]] = frozenset(
    {("pending", "delivered"), ("pending", "failed"), ("pending", "pending")}
)


@dataclass(frozen=True, slots=True)
class Notification:
    """News for one recipient. ``kind`` is a dotted name, ``subject`` the id of what it is about."""

    id: str
    recipient: str
    kind: str
    subject: str
    title: str
    body: str
    trace: str
    created_at: datetime
    read_at: datetime | None = None
    facts: Mapping[str, Any] | None = None
    """The same as data, for programs."""


@dataclass(frozen=True, slots=True)
class Setup:
    """A channel that was set up. ``held_until``: it asked to be left in peace until then."""

    name: str
    kind: ChannelKind
    settings: Mapping[str, Any] = field(repr=False)
    held_until: datetime | None = None
    waiting: int = 0
    failed: int = 0
    last_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt's worth of work: which notification to which channel, and the number of this attempt."""

    notification: Notification
    channel: str
    attempts: int


def after_failure(
    delivery: Delivery, now: datetime, retry_after_seconds: float | None = None, *, lasting: bool = False
) -> tuple[DeliveryStatus, datetime]:
    """What follows a failure: another try, each wait twice the one before, or the end.

    Whoever says when to ask again is asked then, and it does not count as one of the tries.
    """
    if lasting or now - delivery.notification.created_at >= LIFE:
        return "failed", now
    if retry_after_seconds is not None:
        return "pending", now + timedelta(seconds=retry_after_seconds)
    if delivery.attempts >= ATTEMPTS_LIMIT:
        return "failed", now
    return "pending", now + FIRST_RETRY * 2 ** (delivery.attempts - 1)
