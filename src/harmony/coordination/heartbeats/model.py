"""The lease of a component: its states, its moves, and what a beat or silence does to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from harmony.coordination.registry.model import Component, component_of
from harmony.messages.coordination import ComponentDegraded, ComponentOffline, ComponentRecovered
from harmony.messages.message import Message

State = Literal["healthy", "ailing", "missing", "offline"]
Status = Literal["healthy", "degraded", "offline"]
Event = Literal["registration", "good beat", "bad beat", "silence"]
Metrics = Mapping[str, int | float]

STATES: tuple[State, ...] = get_args(State)
STATUSES: tuple[Status, ...] = get_args(Status)
EVENTS: tuple[Event, ...] = get_args(Event)

MISSED_BEATS_LIMIT = 3
RECOVERY_SECONDS = 30
FORGOTTEN_AFTER_SECONDS = 24 * 3_600
METRICS_LIMIT = 64
METRIC_NAME_LIMIT_CHARACTERS = 64
METRIC_VALUE_LIMIT = 2**53
"""The largest whole number that every JSON reader keeps exactly."""
REPORTED_STATUS_LIMIT_CHARACTERS = 32

GOOD = "healthy"
"""The one self-reported status that means well; any other word is kept and shown as degraded."""

STATUS_OF: Mapping[State, Status] = {
    "healthy": "healthy",
    "ailing": "degraded",
    "missing": "degraded",
    "offline": "offline",
}
"""What the interface calls a state. ``ailing`` beats but says itself that it is not well, ``missing`` does not beat."""

MOVES: Mapping[tuple[State, Event], State] = {
    ("healthy", "registration"): "healthy",
    ("healthy", "good beat"): "healthy",
    ("healthy", "bad beat"): "ailing",
    ("healthy", "silence"): "missing",
    ("ailing", "registration"): "healthy",
    ("ailing", "good beat"): "healthy",
    ("ailing", "bad beat"): "ailing",
    ("ailing", "silence"): "missing",
    ("missing", "registration"): "healthy",
    ("missing", "good beat"): "healthy",
    ("missing", "bad beat"): "ailing",
    ("missing", "silence"): "offline",
    ("offline", "registration"): "healthy",
    ("offline", "good beat"): "healthy",
    ("offline", "bad beat"): "ailing",
}
"""Every move there is. Silence is that the lease expired; an offline lease has nothing left to expire."""


@dataclass(frozen=True, slots=True)
class Lease:
    """``last_beat_at`` is the last accepted contact, ``since`` when the state began; ``expires_at`` None: offline."""

    component_id: str
    holder: str
    state: State
    reported_status: str
    interval_seconds: int
    last_beat_at: datetime
    since: datetime
    expires_at: datetime | None
    metrics: Metrics
    trace: str

    @property
    def status(self) -> Status:
        return STATUS_OF[self.state]


@dataclass(frozen=True, slots=True)
class Beat:
    """What a component says of itself; ``metrics`` None leaves the last ones."""

    component_id: str
    reported_status: str = GOOD
    metrics: Metrics | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A registered component and how it is."""

    component: Component
    lease: Lease


@dataclass(frozen=True, slots=True)
class Health:
    """``missing`` are the expected components that are not (yet) there, in order."""

    expected: tuple[str, ...]
    missing: tuple[str, ...]


def patience(interval_seconds: int) -> timedelta:
    """How long after a beat the third one in a row is missed."""
    return timedelta(seconds=interval_seconds * MISSED_BEATS_LIMIT)


def after_beat(reported_status: str) -> State:
    """Where a beat leads; from wherever it comes, as ``MOVES`` says."""
    return "healthy" if reported_status == GOOD else "ailing"


def after_silence(lease: Lease, now: datetime) -> Lease:
    """The lease once it has expired: degraded with time to recover, then offline. Unexpired: as it was."""
    if lease.expires_at is None or now < lease.expires_at:
        return lease
    state = MOVES[lease.state, "silence"]
    expires_at = now + timedelta(seconds=RECOVERY_SECONDS) if state == "missing" else None
    return replace(lease, state=state, since=now, expires_at=expires_at)


def story(component_id: str, previous: State, state: State) -> Message | None:
    """What others are told of a move by beat or silence; None when there is nothing to tell."""
    component, before = component_of(component_id), STATUS_OF[previous]
    if state == previous:
        return None
    if state == "healthy":
        return ComponentRecovered(component_id, component, before)
    if state == "offline":
        return ComponentOffline(component_id, component, before)
    cause = "missed" if state == "missing" else "reported"
    return ComponentDegraded(component_id, component, before, cause)


def health_of(expected: frozenset[str], since: datetime, members: list[Member]) -> Health:
    """Who of the expected is missing: a name is there when a routable component of it was heard of since ``since``."""
    there = {
        member.component.component
        for member in members
        if member.component.routable and member.lease.last_beat_at >= since
    }
    return Health(tuple(sorted(expected)), tuple(sorted(expected - there)))
