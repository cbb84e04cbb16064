"""Whom to choose, whom to leave alone, how often to try again."""

from __future__ import annotations

import bisect
import ipaddress
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from harmony.commons.identity.model import LOCAL_ROLE
from harmony.coordination.heartbeats.model import Member
from harmony.coordination.registry.model import LOOPBACK_HOST, Component, leads_to, normal_host
from harmony.kernel.chance import Chance

METHODS: Mapping[str, str] = {
    "GET": "read",
    "HEAD": "read",
    "OPTIONS": "read",
    "PUT": "write",
    "DELETE": "write",
    "POST": "write",
    "PATCH": "write",
}
"""The methods that are passed on, and what access rules call them."""
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""RFC 9110, 9.2.2: doing it twice is as good as once."""

ATTEMPTS_LIMIT = 3
REPLAY_LIMIT_BYTES = 64 * 1024
"""A body up to here is read whole before it is sent, so it can be sent again; a larger one streams, once."""
BODY_LIMIT_BYTES = 1024 * 1024 * 1024
BODY_PAUSE_SECONDS = 30.0
ANSWER_HEAD_LIMIT_BYTES = 64 * 1024
ANSWER_PAUSE_SECONDS = 300.0
"""How long a stream may say nothing."""
HELD_LIMIT_BYTES = 256 * 1024
"""What is kept of an answer whose reader is slow, before its component has to wait."""
TIMEOUT_DEFAULT_SECONDS = 30.0
TIMEOUT_LEAST_SECONDS = 0.001
TIMEOUT_LIMIT_SECONDS = 300.0
CONNECT_SECONDS = 3.0
CONNECTIONS_KEPT_LIMIT = 64
"""Idle connections to one component."""
CONNECTION_IDLE_SECONDS = 4.0
"""Below the five seconds after which many servers close: nobody is asked over a line that is being hung up."""
HOPS_LIMIT = 4
FRAME_LIMIT_BYTES = 1024 * 1024

OUTSTANDING_LIMIT = 256
"""Requests in flight at one component."""
CALLER_AT_ONCE_LIMIT = 256
CALLER_PER_SECOND = 1_000.0
CALLER_BURST = 2_000.0
CALLERS_LIMIT = 10_000
SOCKETS_LIMIT = 200

PANIC_BELOW_PERCENT = 50
ZONE_BELOW_PERCENT = 50
FAILURES_LIMIT = 5
EJECTED_BASE_SECONDS = 5.0
EJECTED_LIMIT_SECONDS = 60.0
CALM_SECONDS = 60.0
EVIDENCE_LIMIT = 10
RETRY_SHARE = 0.2
RETRY_FLOOR_PER_SECOND = 10.0
RETRY_BURST = 200.0

Failure = Literal["refused", "broken off", "silent", "unfit", "unwell"]
"""Could not be reached; hung up before it had answered; no answer in the gateway's own time; an answer that is no
HTTP; an answer of 502, 503 or 504."""
UNWELL = frozenset({502, 503, 504})


@dataclass(frozen=True, slots=True)
class Pool:
    """Who may be chosen: ``components`` are the best there are, ``able`` how many there would be if all were well.

    ``reach`` are the running sums of their weights.
    """

    components: tuple[Component, ...]
    reach: tuple[int, ...]
    able: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One failure: ``at`` in monotonic seconds."""

    at: float
    kind: Failure


@dataclass(frozen=True, slots=True)
class Record:
    """How a component did of late. ``failures`` are those in a row; ``times`` it was ejected, until calm returned."""

    failures: int = 0
    times: int = 0
    ejected_at: float | None = None
    until: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    def is_ejected(self, now: float) -> bool:
        return self.ejected_at is not None and now < self.until

    def after_success(self, now: float) -> Record:
        times = 0 if now >= self.until + CALM_SECONDS else self.times
        return replace(self, failures=0, times=times)

    def after_failure(self, kind: Failure, now: float) -> Record:
        """One failure more; enough of them in a row eject. Who comes back is ejected again by its first failure.

        While it is ejected (others are worse, so it is asked all the same) nothing is counted.
        """
        evidence = (*self.evidence, Evidence(now, kind))[-EVIDENCE_LIMIT:]
        if self.is_ejected(now):
            return replace(self, evidence=evidence)
        failures = self.failures + 1
        if failures < FAILURES_LIMIT:
            return replace(self, failures=failures, evidence=evidence)
        seconds = min(EJECTED_LIMIT_SECONDS, EJECTED_BASE_SECONDS * 2.0 ** min(self.times, 10))
        return Record(FAILURES_LIMIT - 1, self.times + 1, now, now + seconds, evidence)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Tokens that come back with time; ``at`` is monotonic."""

    tokens: float
    at: float

    def filled(self, now: float, per_second: float, burst: float) -> Bucket:
        """Never more than ``burst``; a clock that stands still or goes back brings nothing."""
        seconds = max(0.0, now - self.at)
        return Bucket(min(burst, self.tokens + seconds * per_second), max(now, self.at))

    def changed(self, by: float) -> Bucket:
        return Bucket(self.tokens + by, self.at)


def earned(budget: Bucket, now: float) -> Bucket:
    """The retry budget once a request has come: a fifth of a retry for each, and some each second for quiet times."""
    filled = budget.filled(now, RETRY_FLOOR_PER_SECOND, RETRY_BURST)
    return Bucket(min(RETRY_BURST, filled.tokens + RETRY_SHARE), filled.at)


def able(members: Iterable[Member], own_ports: Collection[int]) -> list[Member]:
    """Who of the members may be given something new.

    Not who is draining, without a share, offline, listening nowhere or nowhere of its own, or under the name of one of
    Harmony's own without its proof; nor who names a port of Harmony itself, which would take the gateway for a caller
    on loopback. Where one of them was registered with a token, those that anybody could have registered get nothing.
    """
    found = [
        member
        for member in members
        if member.component.routable
        and not member.component.draining
        and member.component.weight > 0
        and member.component.port > 0
        and member.lease.status != "offline"
        and leads_to(member.component, origin(member.component))
        and not (member.component.host == LOOPBACK_HOST and member.component.port in own_ports)
    ]
    proven = [member for member in found if member.component.holder != LOCAL_ROLE]
    return proven or found


def pool_of(members: Collection[Member]) -> Pool:
    """The healthy of those who are able; when nobody is, all of them."""
    healthy = [member.component for member in members if member.lease.status == "healthy"]
    best = healthy or [member.component for member in members]
    return Pool(tuple(best), tuple(accumulate(component.weight for component in best)), len(members))


def choose(
    pool: Pool,
    zone: Pool | None,
    busy: Mapping[str, int],
    ejected: Collection[str],
    tried: Collection[str],
    chance: Chance,
) -> Component | None:
    """The one of two drawn at random that has less to do for its weight; None when nobody is left.

    Who is ejected is left alone, unless fewer than half of all would remain: then the gateway rather doubts itself
    (panic) and asks them all. ``zone`` is kept to while at least half of those in it are well. Who was tried is not
    chosen again, nor who has as much in flight as it may.
    """
    if zone is not None:
        left = _left(zone, ejected)
        if len(left.components) * 100 >= ZONE_BELOW_PERCENT * zone.able:
            found = _of_two(_free(left, busy, tried), busy, chance)
            if found is not None:
                return found
    usable = pool if in_panic(pool, ejected) else _left(pool, ejected)
    return _of_two(_free(usable, busy, tried), busy, chance)


def in_panic(pool: Pool, ejected: Collection[str]) -> bool:
    """Whether so many are ejected that ejections are not believed."""
    if not ejected:
        return False
    left = sum(component.id not in ejected for component in pool.components)
    return left * 100 < PANIC_BELOW_PERCENT * len(pool.components)


def only_named(pool: Pool, names: Collection[str]) -> Pool:
    """The pool without components of other names."""
    if all(one.component in names for one in pool.components):
        return pool
    return _only(pool, [one for one in pool.components if one.component in names])


def may_connect(host: str, address: str) -> bool:
    """Whether ``address``, to which a registered ``host`` resolves, may be called in its name.

    A name must not lead to this machine's own loopback, nor to addresses that belong to no single machine.
    """
    found = ipaddress.ip_address(normal_host(address.partition("%")[0]))
    if found.is_link_local or found.is_multicast or found.is_unspecified:
        return False
    return not found.is_loopback or host == LOOPBACK_HOST


def authority(component: Component) -> str:
    host = f"[{component.host}]" if ":" in component.host else component.host
    return f"{host}:{component.port}"


def origin(component: Component) -> str:
    return f"http://{authority(component)}"


def _left(pool: Pool, ejected: Collection[str]) -> Pool:
    if not ejected:
        return pool
    return _only(pool, [one for one in pool.components if one.id not in ejected])


def _free(pool: Pool, busy: Mapping[str, int], tried: Collection[str]) -> Pool:
    """Without whom was tried and who has no room left; usually that is nobody."""
    if not tried:
        for one in pool.components:
            if busy.get(one.id, 0) >= OUTSTANDING_LIMIT:
                break
        else:
            return pool
    room = [one for one in pool.components if one.id not in tried and busy.get(one.id, 0) < OUTSTANDING_LIMIT]
    return _only(pool, room)


def _only(pool: Pool, components: Collection[Component]) -> Pool:
    return Pool(tuple(components), tuple(accumulate(one.weight for one in components)), pool.able)


def _of_two(pool: Pool, busy: Mapping[str, int], chance: Chance) -> Component | None:
    """Two different ones are drawn by their weights (Mitzenmacher, "The Power of Two Choices"); the first wins ties."""
    components, reach = pool.components, pool.reach
    if len(components) < 2:
        return components[0] if components else None
    total = reach[-1]
    place = bisect.bisect_right(reach, chance.uniform(0.0, total))
    place = min(place, len(components) - 1)
    first = components[place]
    draw = chance.uniform(0.0, total - first.weight)
    if draw >= reach[place] - first.weight:
        draw += first.weight
    second = components[min(bisect.bisect_right(reach, draw), len(components) - 1)]
    if (busy.get(second.id, 0) + 1) * first.weight < (busy.get(first.id, 0) + 1) * second.weight:
        return second
    return first
