"""When the Conductor doubts itself rather than its components, whom it spares, and how many it lets go at once.

A detector that hears nothing cannot know who of the two is dead. So it looks at itself first: did it come late to its
own look, did its clock jump, was it away, or would so many leases end at once that its own ears are the likelier
cause? Then those who held a lease before are spared for a bounded time. (Eureka's self-preservation and Serf's
Lifeguard, "Local Health Awareness for More Accurate Failure Detection", lead this part.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from harmony.coordination.heartbeats.model import Lease, patience

DoubtCause = Literal["restarted", "lagged", "clock", "mass"]
DOUBT_CAUSES: tuple[DoubtCause, ...] = get_args(DoubtCause)

LOOK_SECONDS = 1.0
LAG_LIMIT_SECONDS = 3.0
CLOCK_JUMP_LIMIT_SECONDS = 2.0
MASS_LEAST_LEASES = 8
MASS_LEAST = 3
MASS_PERCENT = 15
WINDOW_SECONDS = 15
GRACE_LEAST_SECONDS = 15
GRACE_OF_MASS_SECONDS = 30
GRACE_LIMIT_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Instant:
    """One look at both clocks: the wall's, and one that never goes back."""

    now: datetime
    monotonic: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why, with the figures that led to it."""

    cause: DoubtCause
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Grace:
    """A time in which silence moves nobody who was granted a lease before ``began_at``.

    ``spares_from`` leaves out who was not heard of since then. ``ended_by`` is ``bound`` or whoever ended it.
    """

    id: str
    cause: DoubtCause
    facts: Mapping[str, Any]
    leases: int
    spares_from: datetime | None
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None


def of_time(before: Instant, present: Instant) -> Doubt | None:
    """Whether the Conductor slept or its clock jumped since its last look."""
    passed = present.monotonic - before.monotonic
    jump = (present.now - before.now).total_seconds() - passed
    if passed > LOOK_SECONDS + LAG_LIMIT_SECONDS:
        return Doubt("lagged", {"seconds_between_looks": round(passed, 3), "expected": LOOK_SECONDS})
    if abs(jump) > CLOCK_JUMP_LIMIT_SECONDS:
        return Doubt("clock", {"jump_seconds": round(jump, 3)})
    return None


def bound_of(leases: int) -> int | None:
    """How many may end in one window; None when there are too few to tell a pattern."""
    return None if leases < MASS_LEAST_LEASES else max(MASS_LEAST, leases * MASS_PERCENT // 100)


def of_mass(silent: Collection[Lease], leases: int, now: datetime, already: int, last: Grace | None) -> Doubt | None:
    """Whether more of the ``leases`` would end in one window than can be believed.

    Counted are those of the ``silent`` that have missed two beats by the time the first of them ends, and the
    ``already`` ended ones of this window; not those whom the ``last`` grace has spared and who were not heard of since.
    """
    bound = bound_of(leases)
    if bound is None:
        return None
    fresh = [lease for lease in silent if lease.state != "missing" and (last is None or _heard_since(lease, last))]
    if not any(_ends_by(lease, now) for lease in fresh):
        return None
    ending = sum(_ends_by(lease, now + timedelta(seconds=lease.interval_seconds)) for lease in fresh)
    if ending + already <= bound:
        return None
    return Doubt("mass", {"ending": ending, "ended": already, "leases": leases, "bound": bound})


def grace_for(doubt: Doubt, grace_id: str, leases: int, longest: timedelta, last: Grace | None, now: datetime) -> Grace:
    """The grace that a doubt grants to ``leases``, until the slowest (``longest``) has had its patience, never beyond
    a limit."""
    mass = doubt.cause == "mass"
    least = GRACE_OF_MASS_SECONDS if mass else GRACE_LEAST_SECONDS
    return Grace(
        id=grace_id,
        cause=doubt.cause,
        facts=doubt.facts,
        leases=leases,
        spares_from=last.began_at if mass and last is not None else None,
        began_at=now,
        ends_at=now + min(timedelta(seconds=GRACE_LIMIT_SECONDS), max(timedelta(seconds=least), longest)),
    )


def spared_until(lease: Lease, grace: Grace | None) -> datetime | None:
    """Until when silence does not move this lease; None when the grace does not cover it.

    A lease is spared for its own patience, not for that of the slowest.
    """
    if grace is None or grace.ended_at is not None or lease.last_beat_at > grace.began_at:
        return None
    if grace.spares_from is not None and lease.last_beat_at <= grace.spares_from:
        return None
    least = GRACE_OF_MASS_SECONDS if grace.cause == "mass" else GRACE_LEAST_SECONDS
    own = grace.began_at + max(timedelta(seconds=least), patience(lease.interval_seconds))
    return min(own, grace.ends_at)


def due(leases: Iterable[Lease], grace: Grace | None, now: datetime) -> list[Lease]:
    """The leases that silence ends now, those spared by ``grace`` left out."""
    found = []
    for lease in leases:
        if _ends_by(lease, now):
            spared = spared_until(lease, grace)
            if spared is None or spared <= now:
                found.append(lease)
    return found


def _ends_by(lease: Lease, instant: datetime) -> bool:
    return lease.expires_at is not None and lease.expires_at <= instant


def _heard_since(lease: Lease, grace: Grace) -> bool:
    return lease.last_beat_at > grace.began_at
