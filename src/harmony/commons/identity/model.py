"""Principals, roles, permissions: the nouns and the table of who may do what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

Kind = Literal["person", "agent", "component", "operator"]
Role = Literal["seeker", "expert", "coordinator", "admin", "component"]
ROLES: tuple[str, ...] = get_args(Role)

TOKEN_PREFIX = "hmy_"
API_TOKEN_DEFAULT_LIFE = timedelta(days=90)
API_TOKEN_LONGEST_LIFE = timedelta(days=366)
LIVE_TOKENS_LIMIT = 50
RESERVED_IDS = frozenset({"local", "anybody", "system"})
"""Who acts without being a principal: the local caller, a caller without proof, a job."""
LINK_LIFE = timedelta(minutes=15)
BROWSER_SESSION_LIFE = timedelta(hours=12)
SIGNED_TOKEN_LIFE = timedelta(minutes=15)
SECRET_BYTES = 32

_EVERYONE = (
    "identity.self",
    "notifications.read",
    "components.read",
    "environments.read",
    "events.read",
    "experts.read",
    "knowledge.search",
)

# What members of the orchestra do with queues, events and shared state.
_STREAMS = (
    "events.broadcast",
    "queue.send",
    "queue.receive",
    "queue.read",
    "queue.manage",
    "state.read",
    "state.write",
)

GRANTS: dict[str, tuple[str, ...]] = {
    "seeker": (
        *_EVERYONE,
        "problems.report",
        "problems.read",
        "problems.group",
        "problems.correct",
        "requests.open",
        "requests.read",
        "sessions.read",
        "sessions.write",
        "escrows.create",
        "escrows.read",
        "escrows.judge",
        "deliverables.read",
        "ledger.read",
        "balances.use",
        "knowledge.read",
        "knowledge.capture",
        "knowledge.spaces",
        "knowledge.approve",
        "rewards.read",
    ),
    "expert": (
        *_EVERYONE,
        "experts.register",
        "problems.read",
        "problems.correct",
        "requests.read",
        "offers.answer",
        "sessions.read",
        "sessions.write",
        "escrows.read",
        "escrows.fulfil",
        "deliverables.read",
        "deliverables.upload",
        "ledger.read",
        "balances.use",
        "knowledge.read",
        "knowledge.capture",
        "knowledge.spaces",
        "knowledge.approve",
        "rewards.read",
    ),
    "coordinator": (
        *_EVERYONE,
        "problems.read",
        "requests.read",
        "knowledge.read",
        "knowledge.capture",
        "knowledge.spaces",
        "knowledge.approve",
        # Reviews what is public; a private space is its owner's business.
        "knowledge.review",
        "escrows.read",
        "escrows.resolve",
        "deliverables.read",
        "rewards.read",
        "ledger.prove",
        "journal.read",
    ),
    "admin": ("*",),
    "component": (
        "components.register",
        "components.heartbeat",
        "components.read",
        "events.read",
        "requests.send",
        *_STREAMS,
    ),
    # An unauthenticated caller on loopback: the calls that orchestra.md prints without a token.
    "local": (
        "components.register",
        "components.heartbeat",
        "components.read",
        "events.read",
        "requests.send",
        "access.manage",
        *_STREAMS,
    ),
}


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever may act. ``roles`` name their permissions in ``GRANTS``."""

    id: str
    kind: Kind
    name: str
    roles: tuple[str, ...]

    def may(self, permission: str) -> bool:
        return permits(self.roles, permission)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A bearer token as it can be shown again: without its secret."""

    id: str
    principal_id: str
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


LOCAL_ROLE = "local"


def permits(roles: Iterable[str], permission: str) -> bool:
    """Default deny: whether one of ``roles`` grants ``permission``; ``*`` grants every permission."""
    return any(grant in ("*", permission) for role in roles for grant in GRANTS.get(role, ()))


def permissions() -> frozenset[str]:
    """Every permission that some role is granted by name."""
    return frozenset(grant for grants in GRANTS.values() for grant in grants if grant != "*")


def secret_hash(secret: str) -> bytes:
    """Secrets here are 256 random bits, so one SHA-256 keeps them; stretching serves what people choose."""
    return hashlib.sha256(secret.encode()).digest()
