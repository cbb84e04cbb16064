"""Whom to ask, when to ask again, when to leave somebody alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from harmony.coordination.heartbeats.model import Member
from harmony.coordination.registry.model import Component, leads_to
from harmony.kernel.chance import Chance

PING = "ping"
PONG = "pong"
TIMEOUT_DEFAULT_SECONDS = 10.0
TIMEOUT_LIMIT_SECONDS = 60.0
REQUEST_TYPE_LIMIT_CHARACTERS = 64
PAYLOAD_LIMIT_BYTES = 256 * 1024
REPLY_LIMIT_BYTES = 1024 * 1024
ATTEMPTS_LIMIT = 3
VIA_LIMIT = 8
BREAKER_FAILURES = 5
BREAKER_OPEN_SECONDS = 5.0
PROBE_TIMEOUT_SECONDS = 0.5
PROBES_AT_ONCE_LIMIT = 50
STREAM_COMPONENTS_LIMIT = 1_000
FRAME_LIMIT_BYTES = 1024 * 1024
REPLIES_KEPT_HOURS = 24

_ORDER = {"healthy": 0, "degraded": 1}


@dataclass(frozen=True, slots=True)
class Message:
    """A request on its way. ``key`` is the same for each of its attempts: whoever keeps replies by it acts once."""

    id: str
    from_name: str
    to_name: str
    request_type: str
    payload: Any
    key: str
    deadline: datetime
    via: tuple[str, ...]
    trace: str

    def as_json(self) -> dict[str, Any]:
        """What the asked component is sent."""
        return {
            "request_id": self.id,
            "from": self.from_name,
            "to": self.to_name,
            "request_type": self.request_type,
            "payload": self.payload,
            "idempotency_key": self.key,
            "deadline": self.deadline.isoformat(),
            "via": [*self.via, self.from_name],
            "trace": self.trace,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """``status`` as in HTTP; ``body`` is JSON."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Kept:
    """A keyed request as it is remembered. Until ``deadline_at`` an attempt may be under way."""

    id: str
    body_hash: bytes
    component_id: str | None
    state: str
    status: int | None
    reply: Any
    deadline_at: datetime


@dataclass(frozen=True, slots=True)
class Breaker:
    """Closed while ``opened_at`` is None. Open, it lets one attempt through each ``BREAKER_OPEN_SECONDS``."""

    failures: int = 0
    opened_at: float | None = None

    def lets_through(self, monotonic: float) -> bool:
        return self.opened_at is None or monotonic - self.opened_at >= BREAKER_OPEN_SECONDS

    def after(self, ok: bool, monotonic: float) -> Breaker:
        if ok:
            return Breaker()
        failures = self.failures + 1
        opened_at = monotonic if failures >= BREAKER_FAILURES else None
        return replace(self, failures=failures, opened_at=opened_at)


def responders(members: Iterable[Member]) -> list[Member]:
    """Who of the members may be asked: routable, not draining, given a share, not offline."""
    return [
        member
        for member in members
        if member.component.routable
        and not member.component.draining
        and member.component.weight > 0
        and member.lease.status != "offline"
    ]


def in_order(members: Collection[Member], busy: Mapping[str, int], chance: Chance) -> list[Component]:
    """The healthiest first; among those the least busy for its weight; a draw between equals."""

    def rank(member: Member) -> tuple[int, float, float]:
        component = member.component
        load = (busy.get(component.id, 0) + 1) / component.weight
        return _ORDER[member.lease.status], load, chance.uniform(0.0, 1.0)

    return [member.component for member in sorted(members, key=rank)]


def is_cyclic(from_name: str, to_name: str, via: Collection[str]) -> bool:
    """Whether the request came by whom it goes to, or has come too far."""
    return to_name in via or (to_name == from_name and bool(via)) or len(via) >= VIA_LIMIT


def request_url(component: Component) -> str | None:
    """Where a component takes requests over HTTP; None when it listens nowhere."""
    if component.request_url is not None:
        return component.request_url if leads_to(component, component.request_url) else None
    return f"{_origin(component)}/request" if component.port else None


def probe_url(component: Component) -> str | None:
    """Where a component says how it is, on its own host only; None when there is no such address."""
    url = component.health_check_url
    return url if url is not None and leads_to(component, url) else None


def _origin(component: Component) -> str:
    host = f"[{component.host}]" if ":" in component.host else component.host
    return f"http://{host}:{component.port}"
