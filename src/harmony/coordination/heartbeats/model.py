"""The lease of a component: its states, its moves, and what a beat or silence does to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from harmony.coordination.registry.model import Component, component_of
from harmony.messages.coordination import ComponentDegraded, ComponentOffline, ComponentRecovered
from harmony.messages.message import Message

State = Literal["healthy", "ailing", "recovering", "missing", "offline"]
Status = Literal["healthy", "degraded", "offline"]
Event = Literal["registration", "damped registration", "good beat", "good streak", "bad beat", "silence"]
Cause = Literal["registered", "reported", "beat again", "missed", "crashed", "stayed away"]
Metrics = Mapping[str, int | float]

STATES: tuple[State, ...] = get_args(State)
STATUSES: tuple[Status, ...] = get_args(Status)
EVENTS: tuple[Event, ...] = get_args(Event)

MISSED_BEATS_LIMIT = 3
RECOVERY_SECONDS = 30
RECOVERY_BEATS = 3
"""Good beats in a row that bring a component back; two within half an interval count as one."""
FORGOTTEN_AFTER_SECONDS = 24 * 3_600
BATCH_LIMIT_BEATS = 1_000
METRICS_LIMIT = 64
METRIC_NAME_LIMIT_CHARACTERS = 64
METRIC_VALUE_LIMIT = 2**53
"""The largest whole number that every JSON reader keeps exactly."""
REPORTED_STATUS_LIMIT_CHARACTERS = 32
COMMANDS_LIMIT = 100
COMMAND_LIMIT_CHARACTERS = 64
COMMAND_ARGUMENTS_LIMIT_BYTES = 4_096
COMMAND_LIFE_DEFAULT_SECONDS = 24 * 3_600
COMMAND_LIFE_LIMIT_SECONDS = 7 * 24 * 3_600
CHANGES_LIMIT = 50
"""How many changes of a component are kept with their evidence."""

# Flap damping after RFC 2439: each fall adds a penalty that halves with time; beyond a bound the component does not
# count as healthy, however well it beats, until the penalty has faded.
FALL_PENALTY = 1_000.0
PENALTY_HALF_LIFE_SECONDS = 300.0
PENALTY_SUPPRESSES_AT = 2_500.0
PENALTY_REUSED_AT = 1_000.0
PENALTY_LIMIT = 8_000.0
"""Bounds the damping: three half-lives, 15 minutes."""

GOOD = "healthy"
"""The one self-reported status that means well; any other word is kept and shown as degraded."""

STATUS_OF: Mapping[State, Status] = {
    "healthy": "healthy",
    "ailing": "degraded",
    "recovering": "degraded",
    "missing": "degraded",
    "offline": "offline",
}
"""What the interface calls a state. ``ailing`` beats but says itself that it is not well, ``recovering`` beats well
again but not yet for long enough, ``missing`` does not beat."""

MOVES: Mapping[tuple[State, Event], State] = {
    ("healthy", "registration"): "healthy",
    ("healthy", "damped registration"): "recovering",
    ("healthy", "good beat"): "healthy",
    ("healthy", "bad beat"): "ailing",
    ("healthy", "silence"): "missing",
    ("ailing", "registration"): "healthy",
    ("ailing", "damped registration"): "recovering",
    ("ailing", "good beat"): "recovering",
    ("ailing", "bad beat"): "ailing",
    ("ailing", "silence"): "missing",
    ("recovering", "registration"): "healthy",
    ("recovering", "damped registration"): "recovering",
    ("recovering", "good beat"): "recovering",
    ("recovering", "good streak"): "healthy",
    ("recovering", "bad beat"): "ailing",
    ("recovering", "silence"): "missing",
    ("missing", "registration"): "healthy",
    ("missing", "damped registration"): "recovering",
    ("missing", "good beat"): "recovering",
    ("missing", "bad beat"): "ailing",
    ("missing", "silence"): "offline",
    ("offline", "registration"): "healthy",
    ("offline", "damped registration"): "recovering",
    ("offline", "good beat"): "recovering",
    ("offline", "bad beat"): "ailing",
}
"""Every move there is. Silence is that the lease expired; an offline lease has nothing left to expire, and a streak of
good beats begins in ``recovering``."""


@dataclass(frozen=True, slots=True)
class Lease:
    """``last_beat_at`` is the last accepted contact, ``since`` when the state began; ``expires_at`` None: offline.

    ``good_beats`` counts towards recovery; ``penalty`` is as of ``penalty_at`` and fades.
    """

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
    incarnation: int = 1
    good_beats: int = 0
    penalty: float = 0.0
    penalty_at: datetime | None = None
    damped_until: datetime | None = None

    @property
    def status(self) -> Status:
        return STATUS_OF[self.state]


@dataclass(frozen=True, slots=True)
class Beat:
    """What a component says of itself; ``metrics`` None leaves the last ones.

    ``sequence`` grows with each beat of one ``incarnation``: a beat that comes twice or too late then changes nothing.
    """

    component_id: str
    reported_status: str = GOOD
    metrics: Metrics | None = None
    acknowledged: tuple[str, ...] = ()
    incarnation: int | None = None
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """What a component is to do, told with each answer to its beats until it acknowledges or the command expires."""

    id: str
    component_id: str
    command: str
    arguments: Mapping[str, Any]
    issued_by: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to a beat: when the next is due, and what is to be done."""

    next_beat_at: datetime
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a component's state and what was known at that moment; ``previous`` None: it joined."""

    component_id: str
    at: datetime
    previous: State | None
    state: State
    cause: Cause
    facts: Mapping[str, Any]
    trace: str


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


def is_damped(lease: Lease, now: datetime) -> bool:
    return lease.damped_until is not None and now < lease.damped_until


def granted(component: Component, before: Lease | None, now: datetime, trace: str) -> Lease:
    """The lease of a component that registers: healthy, unless it fell too often of late. Its metrics begin anew."""
    event: Event = "damped registration" if before is not None and is_damped(before, now) else "registration"
    return Lease(
        component_id=component.id,
        holder=component.holder,
        state=MOVES[before.state if before else "healthy", event],
        reported_status=GOOD,
        interval_seconds=component.heartbeat_interval_seconds,
        last_beat_at=now,
        since=now,
        expires_at=now + patience(component.heartbeat_interval_seconds),
        metrics={},
        trace=trace,
        incarnation=component.incarnation,
        penalty=before.penalty if before else 0.0,
        penalty_at=before.penalty_at if before else None,
        damped_until=before.damped_until if before else None,
    )


def after_beat(lease: Lease, beat: Beat, now: datetime, *, counts: bool = True) -> Lease:
    """The lease once a beat was accepted; ``counts`` says whether it is a beat of its own towards recovery."""
    good = beat.reported_status == GOOD
    streak = lease.good_beats + counts if good and lease.state != "healthy" else 0
    enough = streak >= RECOVERY_BEATS and lease.state == "recovering" and not is_damped(lease, now)
    event: Event = "good streak" if enough else "good beat" if good else "bad beat"
    state = MOVES[lease.state, event]
    heard_at = max(lease.last_beat_at, now)
    return replace(
        lease,
        state=state,
        reported_status=beat.reported_status,
        last_beat_at=heard_at,
        since=lease.since if state == lease.state else now,
        expires_at=heard_at + patience(lease.interval_seconds),
        metrics=lease.metrics if beat.metrics is None else beat.metrics,
        good_beats=0 if state == "healthy" else streak,
    )


def after_silence(lease: Lease, now: datetime) -> Lease:
    """The lease once it has ended: degraded with time to recover, then offline. A fall adds to the penalty."""
    state = MOVES[lease.state, "silence"]
    moved = replace(lease, state=state, since=now, good_beats=0, expires_at=None)
    if state == "offline":
        return moved
    penalty = min(PENALTY_LIMIT, faded(lease, now) + FALL_PENALTY)
    damped_until = lease.damped_until if is_damped(lease, now) else None
    if damped_until is not None or penalty >= PENALTY_SUPPRESSES_AT:
        half_lives = math.log2(penalty / PENALTY_REUSED_AT)
        damped_until = now + timedelta(seconds=PENALTY_HALF_LIFE_SECONDS * half_lives)
    expires_at = now + timedelta(seconds=RECOVERY_SECONDS)
    return replace(moved, expires_at=expires_at, penalty=penalty, penalty_at=now, damped_until=damped_until)


def faded(lease: Lease, now: datetime) -> float:
    """What is left of the penalty."""
    if lease.penalty_at is None:
        return 0.0
    seconds = max(0.0, (now - lease.penalty_at).total_seconds())
    return float(lease.penalty * 0.5 ** (seconds / PENALTY_HALF_LIFE_SECONDS))


def story(component_id: str, previous: State, state: State, *, crashed: bool = False) -> Message | None:
    """What others are told of a move by beat or silence; None when there is nothing to tell."""
    component, before = component_of(component_id), STATUS_OF[previous]
    if state == previous or (state == "recovering" and before == "degraded"):
        return None
    if state == "healthy":
        return ComponentRecovered(component_id, component, before)
    if state == "offline":
        return ComponentOffline(component_id, component, before)
    causes = {"missing": "crashed" if crashed else "missed", "ailing": "reported", "recovering": "recovering"}
    return ComponentDegraded(component_id, component, before, causes[state])


def health_of(expected: frozenset[str], since: datetime, members: list[Member]) -> Health:
    """Who of the expected is missing: a name is there when a routable component of it was heard of since ``since``."""
    there = {
        member.component.component
        for member in members
        if member.component.routable and member.lease.last_beat_at >= since
    }
    return Health(tuple(sorted(expected)), tuple(sorted(expected - there)))
