"""What coordination tells: who joined the orchestra, who fell silent, who came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class ComponentRegistered(Message):
    """A component joined, or joined again: ``incarnation`` counts its registrations.

    Version 2 carries what it said of itself, so that the registry of any moment can be read from the log; entries of
    version 1 end with ``routable``.
    """

    KIND: ClassVar[str] = "coordination.component.registered"
    VERSION: ClassVar[int] = 2
    component_id: str
    component: str
    incarnation: int
    routable: bool
    namespace: str
    version: str
    host: str
    port: int
    capabilities: list[str]
    zone: str | None
    weight: int
    health_check_url: str | None
    heartbeat_interval_seconds: int


@dataclass(frozen=True, slots=True)
class ComponentDegraded(Message):
    """``cause`` is ``missed`` (three beats did not come), ``crashed`` (its stream broke off and a probe failed),
    ``reported`` (the component says so itself) or ``recovering`` (it beats again, but not yet for long enough)."""

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
class ComponentDeregistered(Message):
    """A component left by itself; its id is kept for it alone."""

    KIND: ClassVar[str] = "coordination.component.deregistered"
    component_id: str
    component: str
    reason: str


@dataclass(frozen=True, slots=True)
class ComponentDraining(Message):
    """A component is given nothing new (``draining``), or is given work again."""

    KIND: ClassVar[str] = "coordination.component.draining"
    component_id: str
    component: str
    draining: bool


@dataclass(frozen=True, slots=True)
class CommandIssued(Message):
    """A component is to do something; its arguments are told to the component alone."""

    KIND: ClassVar[str] = "coordination.command.issued"
    command_id: str
    component_id: str
    command: str


@dataclass(frozen=True, slots=True)
class CommandAcknowledged(Message):
    KIND: ClassVar[str] = "coordination.command.acknowledged"
    command_id: str
    component_id: str


@dataclass(frozen=True, slots=True)
class ConductorDoubted(Message):
    """The Conductor doubts itself rather than its components: ``leases`` are spared until ``ends_at``.

    ``cause`` is ``restarted``, ``lagged``, ``clock`` (time jumped) or ``mass`` (too many fell silent at once).
    """

    KIND: ClassVar[str] = "coordination.conductor.doubted"
    grace_id: str
    cause: str
    leases: int
    ends_at: str


@dataclass(frozen=True, slots=True)
class ConductorTrusted(Message):
    """A time of grace is over: ``by`` its ``bound``, or the id of whoever ended it."""

    KIND: ClassVar[str] = "coordination.conductor.trusted"
    grace_id: str
    cause: str
    by: str


@dataclass(frozen=True, slots=True)
class AccessRuleSet(Message):
    """From now on ``from_name`` may do only what its rules allow."""

    KIND: ClassVar[str] = "coordination.access_rule.set"
    rule_id: str
    from_name: str
    to_names: list[str]
    operations: list[str]


@dataclass(frozen=True, slots=True)
class AccessRuleRemoved(Message):
    KIND: ClassVar[str] = "coordination.access_rule.removed"
    rule_id: str
    from_name: str


@dataclass(frozen=True, slots=True)
class AccessRefusedByRule(Message):
    """A component was refused what it asked of another; ``rule_id`` None: no rule names it."""

    KIND: ClassVar[str] = "coordination.access.refused"
    from_name: str
    to_name: str
    operation: str
    rule_id: str | None


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
