"""What a member says of itself, is asked, and sees of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REPLIES_KEPT_LIMIT = 1_000
REQUESTS_AT_ONCE_LIMIT = 100
HANDSHAKE_VERSIONS = (1,)
REJOIN_CODES = frozenset(
    {"heartbeats.component_unknown", "heartbeats.beat_stale", "registry.component_gone", "registry.component_missing"}
)
"""After these a member registers again."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member registers with. ``port`` 0 listens nowhere: it is then reached over its stream only."""

    component: str
    port: int = 0
    version: str = "1.0.0"
    capabilities: tuple[str, ...] = ()
    health_check_url: str | None = None
    heartbeat_interval: int = 5
    host: str | None = None
    namespace: str | None = None
    zone: str | None = None
    weight: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The body of ``POST /register``; what is not said is left out."""
        said = {
            "component": self.component,
            "port": self.port,
            "version": self.version,
            "capabilities": list(self.capabilities),
            "health_check_url": self.health_check_url,
            "heartbeat_interval": self.heartbeat_interval,
            "host": self.host,
            "namespace": self.namespace,
            "zone": self.zone,
            "weight": self.weight,
            "protocol_versions": list(HANDSHAKE_VERSIONS),
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Membership:
    """The Conductor's answer to a registration."""

    component_id: str
    incarnation: int
    interval_seconds: int


@dataclass(frozen=True, slots=True)
class Request:
    """What another component asks. Pass ``via`` on when answering needs a request of one's own."""

    id: str
    sender: str
    type: str
    payload: Any
    key: str
    via: tuple[str, ...]
    trace: str

    @classmethod
    def of(cls, frame: Mapping[str, Any]) -> Request:
        return cls(
            id=frame["request_id"],
            sender=frame["from"],
            type=frame["request_type"],
            payload=frame["payload"],
            key=frame["idempotency_key"],
            via=tuple(frame["via"]),
            trace=frame["trace"],
        )


@dataclass(frozen=True, slots=True)
class View:
    """Who takes part; ``fresh`` is False when the Conductor is away and this is what was seen last."""

    services: tuple[Mapping[str, Any], ...]
    fresh: bool

    def of_component(self, component: str) -> tuple[Mapping[str, Any], ...]:
        return tuple(one for one in self.services if one["component"] == component)
