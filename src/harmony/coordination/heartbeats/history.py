"""The registry of a moment, folded from the log's entries about components."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from harmony.commons.journal.model import Entry
from harmony.coordination.heartbeats.model import GOOD, Lease, Member, State, Status
from harmony.coordination.registry.model import Component, Filter

UNTOLD_VERSION = "unknown"
"""The entries of version 1 do not say what a component told of itself."""

_AFTER: dict[str, State] = {
    "coordination.component.degraded": "missing",
    "coordination.component.offline": "offline",
    "coordination.component.recovered": "healthy",
}
_ENDS = frozenset({"coordination.component.deregistered", "coordination.component.forgotten"})


def fold(entries: Iterable[Entry]) -> list[Member]:
    """The components after ``entries``, in the order of their ids; a lease's instants are those of its last entry."""
    found: dict[str, Member] = {}
    for entry in entries:
        if entry.kind == "coordination.component.registered":
            found[entry.subject] = _joined(entry)
        elif entry.kind in _ENDS:
            found.pop(entry.subject, None)
        elif entry.subject in found:
            found[entry.subject] = _moved(found[entry.subject], entry)
    return [found[key] for key in sorted(found)]


def selects(selected: Filter, status: Status | None, member: Member) -> bool:
    """Whether a filter lets a component through."""
    component = member.component
    return (
        selected.component in (None, component.component)
        and (selected.capability is None or selected.capability in component.capabilities)
        and selected.version in (None, component.version)
        and selected.zone in (None, component.zone)
        and selected.namespace in (None, component.namespace)
        and status in (None, member.lease.status)
    )


def _moved(member: Member, entry: Entry) -> Member:
    if entry.kind == "coordination.component.draining":
        return replace(member, component=replace(member.component, draining=entry.payload["draining"]))
    state = _AFTER.get(entry.kind, member.lease.state)
    expires_at = None if state == "offline" else entry.occurred_at
    return replace(member, lease=replace(member.lease, state=state, since=entry.occurred_at, expires_at=expires_at))


def _joined(entry: Entry) -> Member:
    told = entry.payload
    component = Component(
        id=entry.subject,
        component=told["component"],
        version=told.get("version", UNTOLD_VERSION),
        host=told.get("host", UNTOLD_VERSION),
        port=told.get("port", 0),
        capabilities=tuple(told.get("capabilities", ())),
        health_check_url=told.get("health_check_url"),
        heartbeat_interval_seconds=told.get("heartbeat_interval_seconds", 0),
        holder=entry.actor,
        routable=told["routable"],
        incarnation=told["incarnation"],
        registered_at=entry.occurred_at,
        namespace=told.get("namespace", "default"),
        zone=told.get("zone"),
        weight=told.get("weight", 0),
    )
    interval_seconds = component.heartbeat_interval_seconds
    at = entry.occurred_at
    expires_at = at + timedelta(seconds=interval_seconds)
    lease = Lease(
        component.id, entry.actor, "healthy", GOOD, interval_seconds, at, at, expires_at, {}, trace=entry.trace
    )
    return Member(component, lease)
