"""What this process has heard: every lease in memory, so that a beat which moves nothing costs no transaction.

Soft state. What moved is in the database before it is here; the last beats are written there every few seconds, and
whoever was beating before a restart is spared until it can beat again, so nothing here is missed when it is lost.
No I/O, no clock, no chance: instants come as arguments.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from harmony.coordination.heartbeats.doubt import WINDOW_SECONDS, Grace, Instant
from harmony.coordination.heartbeats.model import (
    GOOD,
    MISSED_BEATS_LIMIT,
    RECOVERY_SECONDS,
    Accepted,
    Beat,
    Command,
    Lease,
    Metrics,
    State,
    patience,
)


@dataclass(slots=True)
class Live:
    """A lease as it was last moved, and what was heard since."""

    lease: Lease
    commands: tuple[Command, ...]
    interval: timedelta
    heard_at: datetime
    metrics: Metrics
    word: str
    sequence: int = -1
    unsaved: bool = False
    crashed: bool = False


class Pulse:
    """The leases of this Conductor by component id, its last look, its grace, and who ended lately."""

    def __init__(self) -> None:
        self._live: dict[str, Live] = {}
        self._ended: deque[tuple[datetime, State]] = deque()
        self.looked: Instant | None = None
        self.grace: Grace | None = None
        """The grace that runs, or the last one that did."""
        self.wanted = asyncio.Event()
        """Set when a look is wanted before its time."""

    def __len__(self) -> int:
        return len(self._live)

    def hear(self, caller: str, unproven: str, beat: Beat, now: datetime) -> Accepted | None:
        """Accept a beat that moves nothing; None when it must be taken by ``service.beat``."""
        live = self._live.get(beat.component_id)
        if live is None or beat.acknowledged or live.lease.holder not in (caller, unproven):
            return None
        if beat.incarnation is not None and beat.incarnation != live.lease.incarnation:
            return None
        quiet = "healthy" if beat.reported_status == GOOD else "ailing"
        if live.lease.state != quiet:
            return None
        if beat.sequence is None or beat.sequence > live.sequence:
            self.note(beat, now)
        commands = live.commands
        if commands and commands[0].expires_at <= now:
            commands = live.commands = tuple(one for one in commands if one.expires_at > now)
        return Accepted(live.heard_at + live.interval, commands)

    def note(self, beat: Beat, now: datetime) -> None:
        """Keep what a beat brought. Instants never go back."""
        live = self._live[beat.component_id]
        if now > live.heard_at:
            live.heard_at = now
        if beat.metrics is not None:
            live.metrics = beat.metrics
        live.word = beat.reported_status
        if beat.sequence is not None:
            live.sequence = beat.sequence
        live.unsaved = True
        live.crashed = False

    def is_repeated(self, beat: Beat) -> bool:
        """Whether a beat with its sequence came before, or a later one did."""
        live = self._live.get(beat.component_id)
        return live is not None and beat.sequence is not None and beat.sequence <= live.sequence

    def put(self, lease: Lease, *, sequence: int | None = None) -> None:
        """A lease as it was moved, once that is durable. A new incarnation begins a new count of its beats."""
        before = self._live.get(lease.component_id)
        if before is None or before.lease.incarnation != lease.incarnation:
            commands = before.commands if before else ()
            self._live[lease.component_id] = Live(
                lease=lease,
                commands=commands,
                interval=timedelta(seconds=lease.interval_seconds),
                heard_at=lease.last_beat_at,
                metrics=lease.metrics,
                word=lease.reported_status,
            )
            return
        before.lease = lease
        before.heard_at = max(before.heard_at, lease.last_beat_at)
        before.metrics, before.word = lease.metrics, lease.reported_status
        before.unsaved = before.crashed = False
        if sequence is not None:
            before.sequence = max(before.sequence, sequence)

    def drop(self, component_id: str) -> None:
        self._live.pop(component_id, None)

    def knows(self, component_id: str) -> bool:
        return component_id in self._live

    def lease(self, component_id: str) -> Lease | None:
        """A lease as this process knows it."""
        live = self._live.get(component_id)
        return None if live is None else _told(live.lease, live)

    def freshest(self, lease: Lease) -> Lease:
        """A lease as the database has it, with what was heard since."""
        live = self._live.get(lease.component_id)
        if live is None or live.heard_at < lease.last_beat_at or live.lease.since != lease.since:
            return lease
        return _told(replace(lease, good_beats=live.lease.good_beats), live)

    def count(self) -> tuple[int, timedelta]:
        """How many leases silence can end, and the longest patience among them."""
        running = [live.interval for live in self._live.values() if live.lease.state != "offline"]
        return len(running), max(running, default=timedelta()) * MISSED_BEATS_LIMIT

    def silent(self, now: datetime) -> list[Lease]:
        """The leases that silence can end and that have missed two beats, or all of them."""
        return [
            _told(live.lease, live)
            for live in self._live.values()
            if (live.crashed or live.heard_at + 2 * live.interval <= now or live.lease.state == "missing")
            and live.lease.state != "offline"
        ]

    def commands(self, component_id: str, now: datetime) -> tuple[Command, ...]:
        """What the component still has to acknowledge."""
        live = self._live.get(component_id)
        return () if live is None else tuple(one for one in live.commands if one.expires_at > now)

    def command(self, commands: Iterable[Command]) -> None:
        """More to be told to components."""
        for command in commands:
            live = self._live.get(command.component_id)
            if live is not None and all(known.id != command.id for known in live.commands):
                live.commands = (*live.commands, command)

    def acknowledged(self, component_id: str, ids: Iterable[str]) -> None:
        live = self._live.get(component_id)
        if live is not None:
            done = frozenset(ids)
            live.commands = tuple(command for command in live.commands if command.id not in done)

    def suspect(self, component_id: str) -> None:
        """Its stream broke off and a probe failed: the lease ends at the next look, which is wanted now."""
        live = self._live.get(component_id)
        if live is not None:
            live.crashed = True
            self.wanted.set()

    def is_crashed(self, component_id: str) -> bool:
        live = self._live.get(component_id)
        return live is not None and live.crashed

    def ended(self, state: State, now: datetime) -> None:
        """Silence moved a lease to ``state``."""
        self._ended.append((now, state))

    def ended_lately(self, state: State, now: datetime) -> int:
        """How many leases silence moved to ``state`` within the last window."""
        while self._ended and self._ended[0][0] <= now - timedelta(seconds=WINDOW_SECONDS):
            self._ended.popleft()
        return sum(moved == state for _, moved in self._ended)

    def step_back(self, now: datetime) -> None:
        """The clock went back: nobody was heard in the future, and nobody has longer than its time."""
        latest = now + timedelta(seconds=RECOVERY_SECONDS)
        self._ended = deque((min(at, now), state) for at, state in self._ended)
        for live in self._live.values():
            live.heard_at = min(live.heard_at, now)
            if live.lease.state == "missing" and live.lease.expires_at is not None:
                live.lease = replace(live.lease, expires_at=min(live.lease.expires_at, latest))

    def unsaved(self) -> list[Lease]:
        """The leases that were heard of since they were last saved; from now on they count as saved."""
        found = []
        for live in self._live.values():
            if live.unsaved:
                live.unsaved = False
                found.append(_told(live.lease, live))
        return found


def _told(lease: Lease, live: Live) -> Lease:
    """The lease with what was heard since; a crash that a probe has confirmed ends it."""
    if lease.state in ("missing", "offline"):
        return lease
    expires_at = live.heard_at if live.crashed else live.heard_at + patience(lease.interval_seconds)
    return replace(
        lease, last_beat_at=live.heard_at, expires_at=expires_at, metrics=live.metrics, reported_status=live.word
    )
