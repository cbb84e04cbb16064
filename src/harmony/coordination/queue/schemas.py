"""Wire shapes of the queue. What is sent is read by msgspec (see ``raw.py``), the rest as everywhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw, Struct
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from harmony.commons.journal.model import Entry
from harmony.coordination.queue.errors import MessageInvalid
from harmony.coordination.queue.model import (
    ATTEMPTS_DEFAULT,
    ATTEMPTS_LIMIT,
    BATCH_LIMIT_MESSAGES,
    DELAY_LIMIT_SECONDS,
    KEY_LIMIT_CHARACTERS,
    LEASE_LEAST_SECONDS,
    LEASE_LIMIT_SECONDS,
    LIFE_LIMIT_SECONDS,
    NAME_LIMIT_CHARACTERS,
    PAYLOAD_LIMIT_BYTES,
    PRIORITY_DEFAULT,
    PRIORITY_HIGHEST,
    PRIORITY_LOWEST,
    REASON_LIMIT_CHARACTERS,
    RECEIVE_LIMIT_MESSAGES,
    TYPE_LIMIT_CHARACTERS,
    Delivery,
    Depth,
    Draft,
)
from harmony.kernel.ids import Ids
from harmony.kernel.paging import Page

NAME_PATTERN = r"^[a-z0-9]+([._-][a-z0-9]+)*$"
TYPE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$"
KEY_PATTERN = r"^[!-~]+$"
ID_PATTERN = r"^[a-z]+-[0-9a-f]{32}$"
_END = r"(?!\n)"
"""Python's ``$`` also stands before a last line feed, which is no part of a name."""

SentName = Annotated[str, Meta(pattern=NAME_PATTERN + _END, min_length=1, max_length=NAME_LIMIT_CHARACTERS)]
SentType = Annotated[str, Meta(pattern=TYPE_PATTERN + _END, min_length=1, max_length=TYPE_LIMIT_CHARACTERS)]
SentKey = Annotated[str, Meta(pattern=KEY_PATTERN + _END, min_length=1, max_length=KEY_LIMIT_CHARACTERS)]
DelaySeconds = Annotated[float, Meta(ge=0, le=DELAY_LIMIT_SECONDS)]
LifeSeconds = Annotated[float, Meta(gt=0, le=LIFE_LIMIT_SECONDS)]

Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN, min_length=1, max_length=NAME_LIMIT_CHARACTERS)]
ConsumerName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", max_length=2 * NAME_LIMIT_CHARACTERS)
]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Reason = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=REASON_LIMIT_CHARACTERS)]
Seconds = Annotated[float, Field(ge=LEASE_LEAST_SECONDS, le=LEASE_LIMIT_SECONDS)]


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends now, in which trace."""

    now: datetime
    ids: Ids
    actor: str
    trace: str


class SendMessage(Struct, rename={"sender": "from", "receiver": "to"}):
    """``POST /queue/send``. Fields that are not known are ignored; ``payload`` is any JSON.

    ``delay_seconds`` or ``deliver_at`` (UTC without a zone) hold it back, ``ttl_seconds`` ends it, messages of one
    ``ordering_key`` come one after the other, ``priority`` 9 is the most urgent.
    """

    sender: SentName
    receiver: SentName
    message_type: SentType
    payload: Raw = msgspec.field(default_factory=lambda: Raw(b"null"))
    priority: Annotated[int, Meta(ge=PRIORITY_LOWEST, le=PRIORITY_HIGHEST)] = PRIORITY_DEFAULT
    ordering_key: SentKey | None = None
    delay_seconds: DelaySeconds | None = None
    deliver_at: datetime | None = None
    ttl_seconds: LifeSeconds | None = None
    max_attempts: Annotated[int, Meta(ge=1, le=ATTEMPTS_LIMIT)] = ATTEMPTS_DEFAULT
    idempotency_key: SentKey | None = None

    def to_draft(self, sending: Sending, key: str | None, body: bytes, place: str = "") -> Draft:
        """The message as its caller sends it; raises ``MessageInvalid``."""
        now = sending.now
        payload = bytes(self.payload)
        if len(payload) > PAYLOAD_LIMIT_BYTES:
            message = f"the payload is larger than {PAYLOAD_LIMIT_BYTES} bytes"
            raise MessageInvalid(message, field=place + "payload", details={"limit_bytes": PAYLOAD_LIMIT_BYTES})
        key = key or self.idempotency_key
        available_at = self._available_at(now, place)
        life = None if self.ttl_seconds is None else timedelta(seconds=self.ttl_seconds)
        return Draft(
            id=sending.ids.new("message"),
            queue=self.receiver,
            sender=self.sender,
            message_type=self.message_type,
            payload=payload.decode(),
            priority=self.priority,
            ordering_key=self.ordering_key,
            max_attempts=self.max_attempts,
            available_at=available_at,
            expires_at=None if life is None else (available_at or now) + life,
            actor=sending.actor,
            trace=sending.trace,
            key=key,
            body_hash=b"" if key is None else hashlib.sha256(body).digest(),
        )

    def _available_at(self, now: datetime, place: str) -> datetime | None:
        if self.delay_seconds is not None:
            return now + timedelta(seconds=self.delay_seconds)
        if self.deliver_at is None:
            return None
        at = self.deliver_at if self.deliver_at.tzinfo else self.deliver_at.replace(tzinfo=UTC)
        if not timedelta(days=-1) < at - now <= timedelta(seconds=DELAY_LIMIT_SECONDS):
            days = DELAY_LIMIT_SECONDS // 86_400
            raise MessageInvalid(f"deliver_at lies more than {days} days ahead", field=place + "deliver_at")
        return at


class SendMessages(Struct):
    """``POST /queue/send-batch``."""

    messages: Annotated[list[SendMessage], Meta(min_length=1, max_length=BATCH_LIMIT_MESSAGES)]


ONE = msgspec.json.Decoder(SendMessage)
MANY = msgspec.json.Decoder(SendMessages)


class Sent(BaseModel):
    """A message is durable; ``replayed`` when its key had been used for it before."""

    status: str = "queued"
    message_id: str
    replayed: bool = False


class SentOne(BaseModel):
    """What became of one message of a batch: ``queued`` with its id, or ``refused`` with the code and its reason."""

    status: str
    message_id: str | None = None
    replayed: bool = False
    code: str | None = None
    message: str | None = None


class SentMany(BaseModel):
    """The outcomes in the order of the messages."""

    status: str
    results: list[SentOne]


class Call(BaseModel):
    """A call as it is to be made."""

    method: str
    path: str
    body: dict[str, str]


class Received(BaseModel):
    """A message in hand: its lease, and the call that finishes it."""

    model_config = ConfigDict(populate_by_name=True)

    message_id: str
    sender: str = Field(alias="from")
    receiver: str = Field(alias="to")
    message_type: str
    payload: Any
    sent_at: datetime
    priority: int
    ordering_key: str | None
    attempt: int
    max_attempts: int
    lease_id: str
    leased_until: datetime
    trace: str
    acknowledge: Call


class ReceivedMessages(BaseModel):
    messages: list[Received]


def received(found: list[Delivery]) -> bytes:
    """``ReceivedMessages`` with each payload as it was sent."""
    return msgspec.json.encode({"messages": [_received(one) for one in found]})


def _received(one: Delivery) -> dict[str, Any]:
    return {
        "message_id": one.id,
        "from": one.sender,
        "to": one.queue,
        "message_type": one.message_type,
        "payload": Raw(one.payload.encode()),
        "sent_at": one.sent_at,
        "priority": one.priority,
        "ordering_key": one.ordering_key,
        "attempt": one.attempts,
        "max_attempts": one.max_attempts,
        "lease_id": one.lease_id,
        "leased_until": one.leased_until,
        "trace": one.trace,
        "acknowledge": {
            "method": "POST",
            "path": "/queue/acknowledge",
            "body": {"message_id": one.id, "lease_id": one.lease_id},
        },
    }


class Held(BaseModel):
    message_id: Id
    lease_id: Id


class Acknowledge(BaseModel):
    """One message, or several under ``messages``."""

    message_id: Id | None = None
    lease_id: Id | None = None
    messages: Annotated[list[Held], Field(max_length=BATCH_LIMIT_MESSAGES)] = Field(default_factory=list)

    def held(self) -> list[tuple[str, str]]:
        """Ids and leases; raises ``MessageInvalid`` when there are none."""
        held = [(one.message_id, one.lease_id) for one in self.messages]
        if self.message_id is not None and self.lease_id is not None:
            held.append((self.message_id, self.lease_id))
        if not held:
            raise MessageInvalid("name a message and its lease", field="message_id")
        return list(dict.fromkeys(held))


class Acknowledged(BaseModel):
    """``lost`` are those whose lease was over: somebody else has them, or will."""

    status: str = "acknowledged"
    acknowledged: list[str]
    lost: list[str]


class Reject(Held):
    """``delay_seconds`` instead of the back-off; ``reason`` is kept with the message."""

    reason: Reason | None = None
    delay_seconds: Annotated[float, Field(ge=0, le=DELAY_LIMIT_SECONDS)] | None = None


class Terminate(Held):
    reason: Reason | None = None


class Extend(Held):
    seconds: Seconds


class Extended(BaseModel):
    status: str = "extended"
    leased_until: datetime


class Settled(BaseModel):
    """What became of the message: ``scheduled`` or ``ready`` again from ``available_at``, or ``dead``."""

    status: str
    available_at: datetime | None


class GroupOf(BaseModel):
    component: Name
    group: Name


class GroupView(BaseModel):
    component: str
    group: str
    created: bool


class GroupGone(BaseModel):
    status: str = "ended"
    dropped: int


class DepthView(BaseModel):
    component: str
    group: str
    scheduled: int
    ready: int
    leased: int
    dead: int
    oldest_sent_at: datetime | None

    @classmethod
    def of(cls, depth: Depth) -> DepthView:
        return cls(
            component=depth.queue,
            group=depth.group,
            scheduled=depth.scheduled,
            ready=depth.ready,
            leased=depth.leased,
            dead=depth.dead,
            oldest_sent_at=depth.oldest_sent_at,
        )


class Depths(BaseModel):
    queues: list[DepthView]


class DeadLetter(BaseModel):
    """A message that is not delivered any more, and why."""

    message_id: str
    component: str
    group: str
    sender: str = Field(alias="from")
    message_type: str
    payload: Any
    attempts: int
    reason: str | None
    sent_at: datetime
    died_at: datetime | None


class DeadLetters(BaseModel):
    messages: list[DeadLetter]
    next_cursor: str | None


def dead_letters(page: Page[Delivery]) -> bytes:
    """``DeadLetters`` with each payload as it was sent."""
    return msgspec.json.encode({"messages": [_dead(one) for one in page.items], "next_cursor": page.next_cursor})


def _dead(one: Delivery) -> dict[str, Any]:
    return {
        "message_id": one.id,
        "component": one.queue,
        "group": one.group,
        "from": one.sender,
        "message_type": one.message_type,
        "payload": Raw(one.payload.encode()),
        "attempts": one.attempts,
        "reason": one.reason,
        "sent_at": one.sent_at,
        "died_at": one.died_at,
    }


class Redrive(BaseModel):
    """``message_ids`` left out: the oldest dead messages of the queue, at most ``limit``."""

    component: Name
    group: Name | None = None
    message_ids: Annotated[list[Id], Field(max_length=BATCH_LIMIT_MESSAGES)] | None = None
    limit: Annotated[int, Field(ge=1, le=BATCH_LIMIT_MESSAGES)] = RECEIVE_LIMIT_MESSAGES


class Redriven(BaseModel):
    status: str = "redriven"
    message_ids: list[str]


class Standing(BaseModel):
    """Where a message is in a group."""

    group: str
    state: str
    attempts: int
    consumer: str | None
    leased_until: datetime | None
    available_at: datetime
    reason: str | None


class Chapter(BaseModel):
    """One thing that happened to a message."""

    revision: int
    at: datetime
    event: str
    actor: str
    data: dict[str, Any]


class Biography(BaseModel):
    """Everything known of a message but its payload; ``standing`` is empty once it is finished everywhere."""

    message_id: str
    standing: list[Standing]
    history: list[Chapter]

    @classmethod
    def of(cls, message_id: str, deliveries: list[Delivery], entries: list[Entry]) -> Biography:
        return cls(
            message_id=message_id,
            standing=[
                Standing(
                    group=one.group,
                    state=one.state,
                    attempts=one.attempts,
                    consumer=one.consumer,
                    leased_until=one.leased_until,
                    available_at=one.available_at,
                    reason=one.reason,
                )
                for one in deliveries
            ],
            history=[
                Chapter(
                    revision=entry.revision,
                    at=entry.occurred_at,
                    event=entry.kind.removeprefix("coordination."),
                    actor=entry.actor,
                    data={name: value for name, value in entry.payload.items() if name != "lease_id"},
                )
                for entry in entries
            ],
        )
