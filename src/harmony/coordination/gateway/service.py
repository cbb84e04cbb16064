"""Keep this process's view of the registry true; tell what goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from harmony.adapters.db.pool import Database
from harmony.commons.policy import service as policy
from harmony.coordination.gateway.directory import Directory
from harmony.coordination.gateway.model import Failure
from harmony.coordination.gateway.paths import Target
from harmony.coordination.gateway.traffic import Counts, Traffic
from harmony.coordination.heartbeats.service.members import list_members

LOOK_AGAIN_SECONDS = 0.1
"""Least time between two looks for names that are not known: a flood of them costs ten reads a second."""


@dataclass(frozen=True, slots=True)
class Told:
    """How one component does, by this process. ``ejected_until`` None: it is not ejected."""

    component_id: str
    component: str
    status: str
    outstanding: int
    requests: int
    retries: int
    failures: dict[Failure, int]
    failures_in_a_row: int
    ejections: int
    ejected_since: datetime | None
    ejected_until: datetime | None
    why: tuple[tuple[datetime, Failure], ...]


async def refresh(database: Database, directory: Directory, traffic: Traffic) -> None:
    """Read the registry and the access rules anew."""
    read_at = database.clock.monotonic()
    async with database.reading() as connection:
        members = await list_members(connection)
        rules = await policy.list_rules(connection)
    directory.learn(members, rules, read_at)
    traffic.keep_only(directory.members.keys())


async def look(database: Database, directory: Directory, traffic: Traffic, target: Target) -> None:
    """Make sure that a target which is not known was not known a moment ago either: who registers is found at once.

    Those who ask together share one look.
    """
    clock = database.clock
    begun = clock.monotonic()
    if directory.knows(target):
        return
    async with directory.looking:
        if directory.knows(target) or (directory.read_at is not None and directory.read_at > begun):
            return
        if directory.read_at is not None and clock.monotonic() - directory.read_at < LOOK_AGAIN_SECONDS:
            await clock.sleep(LOOK_AGAIN_SECONDS)
        await refresh(database, directory, traffic)


def told(database: Database, directory: Directory, traffic: Traffic) -> list[Told]:
    """Every registered component, and why each is ejected that is."""
    monotonic, now = database.clock.monotonic(), database.clock.now()

    def at(instant: float) -> datetime:
        return now + timedelta(seconds=instant - monotonic)

    found = []
    for component_id, member in sorted(directory.members.items()):
        record, counts = traffic.record(component_id), traffic.counts.get(component_id) or Counts()
        ejected = record.is_ejected(monotonic)
        found.append(
            Told(
                component_id=component_id,
                component=member.component.component,
                status=member.lease.status,
                outstanding=traffic.busy.get(component_id, 0),
                requests=counts.requests,
                retries=counts.retries,
                failures=dict(counts.failures),
                failures_in_a_row=record.failures,
                ejections=record.times,
                ejected_since=at(record.ejected_at) if ejected and record.ejected_at is not None else None,
                ejected_until=at(record.until) if ejected else None,
                why=tuple((at(one.at), one.kind) for one in record.evidence),
            )
        )
    return found
