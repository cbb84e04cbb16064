"""Keys, versions, leases, locks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

KEY_PREFIX = "echo:"
KEY_PATTERN = r"^echo:[!-.0-~]+$"
"""Visible ASCII without a slash, which would end the key in an address."""
KEY_LIMIT_CHARACTERS = 256
VALUE_LIMIT_BYTES = 64 * 1024
KEYS_LIMIT = 100_000
OPERATIONS_LIMIT = 64
HISTORY_LIMIT_VERSIONS = 100
HISTORY_KEPT_DAYS = 30
LIFE_LIMIT_SECONDS = 30 * 86_400
LEASE_LIMIT_SECONDS = 86_400
LEASES_LIMIT = 10_000
LOCK_DEFAULT_SECONDS = 30
WAIT_LIMIT_SECONDS = 30.0
PAGE_DEFAULT_KEYS, PAGE_LIMIT_KEYS = 100, 500
ABSENT = 0
"""The version of a key that does not exist."""

Move = Literal["set", "deleted", "expired"]


@dataclass(frozen=True, slots=True)
class Value:
    """A key as it stands."""

    key: str
    value: str
    version: int
    changed_by: str
    changed_at: datetime
    expires_at: datetime | None
    lease_id: str | None


@dataclass(frozen=True, slots=True)
class Past:
    """A key as it stood; ``value`` None: from then on it did not exist."""

    key: str
    version: int
    value: str | None
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """A key must have this version, ``ABSENT`` not exist."""

    key: str
    version: int


@dataclass(frozen=True, slots=True)
class Put:
    """Set a key; its life ends after ``ttl_seconds``, or with a lease."""

    key: str
    value: str
    ttl_seconds: float | None = None
    lease_id: str | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    key: str


Operation = Put | Delete


@dataclass(frozen=True, slots=True)
class Fence:
    """Only while the lock of this name has this token, and somebody holds it."""

    lock: str
    token: int


@dataclass(frozen=True, slots=True)
class Lease:
    id: str
    holder: str
    ttl_seconds: float
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Lock:
    """``owner`` None: nobody holds it. ``token`` grows each time that it passes on."""

    name: str
    token: int
    owner: str | None
    holder: str | None
    expires_at: datetime | None


def conflicts(checks: list[Check], versions: dict[str, int]) -> dict[str, int]:
    """Keys whose version is another than the one that was checked for, with the version that they have."""
    return {
        check.key: versions.get(check.key, ABSENT)
        for check in checks
        if versions.get(check.key, ABSENT) != check.version
    }
