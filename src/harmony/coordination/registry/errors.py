"""Refusals of the registry."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid


class NameReserved(Invalid):
    code = "registry.name_reserved"
    hint = "Choose another component name; this word is part of Harmony's own addresses."


class HostUnknown(Invalid):
    code = "registry.host_unknown"
    hint = "Name the `host` on which the component listens; the caller's address does not tell."


class RegistryFull(Conflict):
    code = "registry.full"
    hint = "Stop components that are not needed; one that is offline for a day is forgotten by itself."
