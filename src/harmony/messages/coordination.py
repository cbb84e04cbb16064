"""What coordination tells: who joined the orchestra, who fell silent, who came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class ComponentRegistered(Message):
    """A component joined, or joined again: ``incarnation`` counts its registrations."""

    KIND: ClassVar[str] = "coordination.component.registered"
    component_id: str
    component: str
    incarnation: int
    routable: bool


@dataclass(frozen=True, slots=True)
class ComponentDegraded(Message):
    """``cause`` is ``missed`` (three beats did not come) or ``reported`` (the component says so itself)."""

    KIND: ClassVar[str] = "coordination.component.degraded"
    component_id: str
    component: str
    previous: str
    cause: str


@dataclass(frozen=True, slots=True)
class ComponentOffline(Message):
    """A degraded component did not recover in its time."""

    KIND: ClassVar[str] = "coordination.component.offline"
    component_id: str
    component: str
    previous: str


@dataclass(frozen=True, slots=True)
class ComponentRecovered(Message):
    """A component that was degraded or offline beats again and is well."""

    KIND: ClassVar[str] = "coordination.component.recovered"
    component_id: str
    component: str
    previous: str


@dataclass(frozen=True, slots=True)
class ComponentForgotten(Message):
    """A component was offline for so long that it is listed no more; its id is never given again."""

    KIND: ClassVar[str] = "coordination.component.forgotten"
    component_id: str
    component: str


@dataclass(frozen=True, slots=True)
class MessageSent(Message):
    """A message was accepted into a queue. Its payload is the receiver's business and is not told."""

    KIND: ClassVar[str] = "coordination.message.sent"
    message_id: str
    queue: str
    sender: str
    message_type: str


@dataclass(frozen=True, slots=True)
class MessageLeased(Message):
    """A consumer has a message in hand for the ``attempt``-th time."""

    KIND: ClassVar[str] = "coordination.message.leased"
    message_id: str
    queue: str
    group: str
    consumer: str
    attempt: int
    lease_id: str


@dataclass(frozen=True, slots=True)
class MessageAcknowledged(Message):
    """A message is done with."""

    KIND: ClassVar[str] = "coordination.message.acknowledged"
    message_id: str
    queue: str
    group: str
    consumer: str
    lease_id: str


@dataclass(frozen=True, slots=True)
class MessageReturned(Message):
    """A message is back in its queue; ``cause`` is ``rejected``, ``lease_ended`` or ``consumer_died``."""

    KIND: ClassVar[str] = "coordination.message.returned"
    message_id: str
    queue: str
    group: str
    consumer: str
    cause: str
    available_at: str


@dataclass(frozen=True, slots=True)
class MessageDied(Message):
    """A message will not be delivered any more; ``cause`` is ``attempts``, ``terminated`` or ``expired``."""

    KIND: ClassVar[str] = "coordination.message.died"
    message_id: str
    queue: str
    group: str
    cause: str
    attempts: int


@dataclass(frozen=True, slots=True)
class MessageRedriven(Message):
    """A dead message was put back at the end of its queue, with all its attempts before it."""

    KIND: ClassVar[str] = "coordination.message.redriven"
    message_id: str
    queue: str
    group: str


@dataclass(frozen=True, slots=True)
class MessageDropped(Message):
    """A message is kept no longer: it was dead for long, or one of too many, or its group has ended."""

    KIND: ClassVar[str] = "coordination.message.dropped"
    message_id: str
    queue: str
    group: str


@dataclass(frozen=True, slots=True)
class QueueGroupCreated(Message):
    """From now on a group gets its own copy of what is sent to a queue."""

    KIND: ClassVar[str] = "coordination.queue.group_created"
    queue: str
    group: str


@dataclass(frozen=True, slots=True)
class QueueGroupEnded(Message):
    """A group gets nothing any more; what it had left is dropped."""

    KIND: ClassVar[str] = "coordination.queue.group_ended"
    queue: str
    group: str


@dataclass(frozen=True, slots=True)
class Broadcast(Message):
    """A member told everybody something. In the journal its kind is ``coordination.broadcast.<event_type>``."""

    KIND: ClassVar[str] = "coordination.broadcast"
    sender: str
    event_type: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StateChanged(Message):
    """A shared key was ``set``, ``deleted``, or has ``expired``; its value is read from shared state, not from here."""

    KIND: ClassVar[str] = "coordination.state.changed"
    key: str
    version: int
    move: str


@dataclass(frozen=True, slots=True)
class LockPassed(Message):
    """A lock has a new owner, who leads what the lock stands for; None: it is free."""

    KIND: ClassVar[str] = "coordination.state.lock_passed"
    name: str
    token: int
    owner: str | None
