"""What identity tells: who was let in, what was refused, which privilege was used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class PrincipalCreated(Message):
    KIND: ClassVar[str] = "identity.principal.created"
    principal_id: str
    kind: str
    roles: list[str]


@dataclass(frozen=True, slots=True)
class TokenCreated(Message):
    KIND: ClassVar[str] = "identity.token.created"
    token_id: str
    principal_id: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class TokenRevoked(Message):
    KIND: ClassVar[str] = "identity.token.revoked"
    token_id: str
    principal_id: str


@dataclass(frozen=True, slots=True)
class LinkCreated(Message):
    KIND: ClassVar[str] = "identity.link.created"
    principal_id: str


@dataclass(frozen=True, slots=True)
class SignedIn(Message):
    KIND: ClassVar[str] = "identity.principal.signed_in"
    principal_id: str


@dataclass(frozen=True, slots=True)
class AccessRefused(Message):
    KIND: ClassVar[str] = "identity.access.refused"
    principal_id: str
    permission: str
    route: str


@dataclass(frozen=True, slots=True)
class PrivilegeUsed(Message):
    """An administrator, or the ``local`` principal, used a permission that ordinary roles do not carry."""

    KIND: ClassVar[str] = "identity.privilege.used"
    principal_id: str
    permission: str
    route: str
