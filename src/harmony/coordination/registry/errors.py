"""Refusals of the registry."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class NameReserved(Invalid):
    code = "registry.name_reserved"
    hint = "Choose another component name; this word is part of Harmony's own addresses."


class HostUnknown(Invalid):
    code = "registry.host_unknown"
    hint = "Name the `host` on which the component listens; the caller's address does not tell."


class RegistryFull(Conflict):
    code = "registry.full"
    hint = "Stop components that are not needed; one that is offline for a day is forgotten by itself."


class ProtocolUnsupported(Invalid):
    code = "registry.protocol_unsupported"
    hint = "Offer one of the versions in the details, or leave `protocol_versions` out."


class ComponentMissing(NotFound):
    code = "registry.component_missing"
    hint = "GET /services lists the components there are."


class ComponentGone(Refusal):
    code = "registry.component_gone"
    status = 410
    hint = "It deregistered or was forgotten. Register again with POST /register; the id stays the same."


class EntryHeld(Forbidden):
    code = "registry.entry_held"
    hint = "Use the token with which the component was registered."


class AddressForeign(Invalid):
    code = "registry.address_foreign"
    hint = "Name an address on the component's own host; the Conductor calls no other."
