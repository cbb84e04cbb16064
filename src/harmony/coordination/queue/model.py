"""Messages, leases, and what becomes of a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from harmony.kernel.chance import Chance
from harmony.kernel.retry import RetryPolicy

NAME_LIMIT_CHARACTERS = 64
TYPE_LIMIT_CHARACTERS = 100
PAYLOAD_LIMIT_BYTES = 256 * 1024
KEY_LIMIT_CHARACTERS = 200
REASON_LIMIT_CHARACTERS = 200
BATCH_LIMIT_MESSAGES = 500

QUEUES_LIMIT = 1_000
GROUPS_LIMIT = 16
QUEUE_LIMIT_MESSAGES = 100_000
"""Unfinished messages of a queue, each group's copy counted."""
SENDER_LIMIT_MESSAGES = 50_000
"""Unfinished messages of one sender in one queue: nobody fills everybody's queue."""
DEAD_LIMIT_MESSAGES = 10_000
DEAD_KEPT_DAYS = 14
KEY_KEPT_HOURS = 24

PRIORITY_LOWEST, PRIORITY_DEFAULT, PRIORITY_HIGHEST = 0, 4, 9
ATTEMPTS_DEFAULT = 5
ATTEMPTS_LIMIT = 100
DELAY_LIMIT_SECONDS = 30 * 86_400
LIFE_LIMIT_SECONDS = 30 * 86_400

RECEIVE_DEFAULT_MESSAGES = 10
RECEIVE_LIMIT_MESSAGES = 100
WAIT_LIMIT_SECONDS = 30.0
IN_FLIGHT_LIMIT_MESSAGES = 1_000
LEASE_LEAST_SECONDS = 1
LEASE_DEFAULT_SECONDS = 30
LIVING_LEASE_DEFAULT_SECONDS = 3_600
LEASE_LIMIT_SECONDS = 12 * 3_600

BACK_OFF = RetryPolicy(attempts=ATTEMPTS_LIMIT, base_seconds=1.0, cap_seconds=300.0)
DEFAULT_GROUP = "default"

State = Literal["scheduled", "ready", "leased", "dead"]
Cause = Literal["rejected", "lease_ended", "consumer_died"]
Death = Literal["attempts", "terminated", "expired"]

STATES: tuple[State, ...] = ("scheduled", "ready", "leased", "dead")
MOVES: dict[State, frozenset[State | Literal["gone"]]] = {
    "scheduled": frozenset({"ready", "dead", "gone"}),
    "ready": frozenset({"leased", "dead", "gone"}),
    "leased": frozenset({"ready", "scheduled", "dead", "gone"}),
    "dead": frozenset({"ready", "gone"}),
}
"""``gone`` is acknowledged (from ``leased``) or dropped (from any: its group ended; a dead one was kept too long)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be sent. ``payload`` is JSON text; ``key`` None makes every sending a new message."""

    id: str
    queue: str
    sender: str
    message_type: str
    payload: str
    priority: int
    ordering_key: str | None
    max_attempts: int
    available_at: datetime | None
    expires_at: datetime | None
    actor: str
    trace: str
    key: str | None = None
    body_hash: bytes = b""

    @property
    def scope(self) -> str:
        """Whose key it is: callers without a token are told apart by the name they send as."""
        return f"{self.actor} {self.sender}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message was accepted; ``replayed`` when an earlier sending with its key was."""

    message_id: str
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Who wants what from which queue. ``consumer`` lives when it is a registered component that beats."""

    queue: str
    group: str
    consumer: str
    consumer_lives: bool
    limit: int
    lease_seconds: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in a group, as a consumer or an inspector sees it."""

    id: str
    queue: str
    group: str
    sender: str
    message_type: str
    payload: str
    priority: int
    ordering_key: str | None
    state: State
    attempts: int
    max_attempts: int
    sent_at: datetime
    available_at: datetime
    expires_at: datetime | None
    lease_id: str | None
    consumer: str | None
    leased_until: datetime | None
    reason: str | None
    died_at: datetime | None
    trace: str


@dataclass(frozen=True, slots=True)
class Depth:
    """How much waits in a group."""

    queue: str
    group: str
    scheduled: int
    ready: int
    leased: int
    dead: int
    oldest_sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a message whose lease ended without an acknowledgement."""

    state: Literal["ready", "scheduled", "dead"]
    available_at: datetime


def fate(delivery: Delivery, cause: Cause, now: datetime, chance: Chance, delay: timedelta | None = None) -> Fate:
    """Dead after its last attempt; at once when its consumer died, which tells nothing about the message; otherwise
    after ``delay``, or after a back-off with full jitter that doubles with every attempt.
    """
    if delivery.attempts >= delivery.max_attempts:
        return Fate("dead", now)
    if cause == "consumer_died":
        return Fate("ready", now)
    if delay is None:
        delay = timedelta(seconds=BACK_OFF.delay_seconds(delivery.attempts - 1, chance))
    return Fate("scheduled" if delay > timedelta() else "ready", now + delay)
