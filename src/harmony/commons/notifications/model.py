"""A notification, its deliveries, and when to try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

IN_APP = "in-app"
TITLE_LIMIT_CHARACTERS = 200
BODY_LIMIT_CHARACTERS = 4_000
ATTEMPTS_LIMIT = 6
FIRST_RETRY = timedelta(seconds=10)
LEASE = timedelta(minutes=1)

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


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt's worth of work: which notification to which channel, and the number of this attempt."""

    notification: Notification
    channel: str
    attempts: int


def after_failure(attempts: int, now: datetime) -> tuple[DeliveryStatus, datetime]:
    """What follows the ``attempts``-th failure: another try, each wait twice the one before, or the end."""
    if attempts >= ATTEMPTS_LIMIT:
        return "failed", now
    return "pending", now + FIRST_RETRY * 2 ** (attempts - 1)
