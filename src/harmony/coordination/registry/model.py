"""Components: what they are called, where they listen, who answers for them."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

COMPONENTS_LIMIT = 10_000
COMPONENT_NAME_LIMIT_CHARACTERS = 64
VERSION_LIMIT_CHARACTERS = 64
CAPABILITIES_LIMIT = 64
CAPABILITY_LIMIT_CHARACTERS = 64
HOST_LIMIT_CHARACTERS = 253
URL_LIMIT_CHARACTERS = 2_048
PORT_LIMIT = 65_535
NAMESPACE_LIMIT_CHARACTERS = 64
ZONE_LIMIT_CHARACTERS = 64
WEIGHT_LIMIT = 1_000
WEIGHT_DEFAULT = 100
REASON_LIMIT_CHARACTERS = 200
TOMBSTONE_SECONDS = 24 * 3_600
PROTOCOL_VERSIONS: tuple[int, ...] = (1,)
"""What this Conductor speaks, the best first."""
PROTOCOL_VERSIONS_LIMIT = 16
HEARTBEAT_INTERVAL_DEFAULT_SECONDS = 5
HEARTBEAT_INTERVAL_LEAST_SECONDS = 1
HEARTBEAT_INTERVAL_LIMIT_SECONDS = 30

COMPONENT_PRINCIPAL_PREFIX = "component-"
LOOPBACK_HOST = "127.0.0.1"
DEFAULT_NAMESPACE = "default"

RESERVED_NAMES: tuple[str, ...] = (
    "api",
    "assets",
    "auth",
    "balance",
    "bridge",
    "community",
    "conductor",
    "dashboard",
    "docs",
    "escrow",
    "events",
    "experts",
    "favicon.ico",
    "harmony",
    "health",
    "inbox",
    "index.html",
    "knowledge",
    "leaderboard",
    "mcp",
    "openapi.json",
    "orchestra",
    "problems",
    "rpc",
    "sessions",
    "settings",
    "sign-in",
    "stakes",
    "v1",
)
"""First words of the front door's own addresses, and the Conductor itself: no component may be called so."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a component says of itself. ``host`` is normal (see ``normal_host``)."""

    component: str
    version: str
    host: str
    port: int
    capabilities: tuple[str, ...]
    health_check_url: str | None
    heartbeat_interval_seconds: int
    namespace: str = DEFAULT_NAMESPACE
    zone: str | None = None
    weight: int = WEIGHT_DEFAULT
    protocol_version: int = PROTOCOL_VERSIONS[0]
    request_url: str | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A registered component. ``holder`` is the principal that registered it, ``registered_at`` this incarnation's.

    ``weight`` is its share of what is spread over its like, 0 is none; who is ``draining`` is given nothing new.
    ``gone_at`` marks a tombstone: it deregistered or was forgotten, and is listed no more.
    """

    id: str
    component: str
    version: str
    host: str
    port: int
    capabilities: tuple[str, ...]
    health_check_url: str | None
    heartbeat_interval_seconds: int
    holder: str
    routable: bool
    incarnation: int
    registered_at: datetime
    namespace: str = DEFAULT_NAMESPACE
    zone: str | None = None
    weight: int = WEIGHT_DEFAULT
    protocol_version: int = PROTOCOL_VERSIONS[0]
    request_url: str | None = None
    draining: bool = False
    gone_at: datetime | None = None
    gone_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which components a reader wants; None selects all."""

    component: str | None = None
    capability: str | None = None
    version: str | None = None
    zone: str | None = None
    namespace: str | None = None


EVERY_COMPONENT = Filter()


def component_id(component: str, number: int) -> str:
    """``sherlock-hub-001``; from the thousandth on the number is longer."""
    return f"{component}-{number:03d}"


def component_of(component_id: str) -> str:
    """The component's name inside its id."""
    return component_id.rpartition("-")[0]


def is_routable(component: str, caller: str, built_in: Collection[str]) -> bool:
    """Requests go to a built-in component only when it proved itself: principal ``component-<name>``."""
    return component not in built_in or caller == COMPONENT_PRINCIPAL_PREFIX + component


def may_replace(holder: str, caller: str, unproven: str) -> bool:
    """Whether ``caller`` may change an entry: its holder may, and anybody may when it was made without proof."""
    return holder in (caller, unproven)


def agreed_version(offered: Iterable[int]) -> int | None:
    """The best protocol version that both sides speak, None when there is none."""
    spoken = set(offered)
    return next((version for version in PROTOCOL_VERSIONS if version in spoken), None)


def leads_to(component: Component, url: str) -> bool:
    """Whether an address lies on the component's own host, where alone the Conductor may call it.

    A component names addresses that the Conductor will open, so it could make it knock at somebody else's door: at
    another machine's, or, from afar, at those of the Conductor's own machine. Addresses that belong to no single
    machine (link-local among them, where clouds keep their secrets) are nobody's own.
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return False
    return host is not None and normal_host(host) == component.host and not _of_nobody(component.host)


def _of_nobody(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_link_local or address.is_multicast or address.is_unspecified


def normal_host(text: str) -> str:
    """One spelling a host: lower case, and every loopback address is ``127.0.0.1``."""
    host = text.lower().rstrip(".")
    if host == "localhost":
        return LOOPBACK_HOST
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return LOOPBACK_HOST if address.is_loopback else str(address)
