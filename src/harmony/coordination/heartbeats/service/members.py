"""Who takes part and how they are: now, as of a revision, and why."""

from __future__ import annotations

from datetime import datetime

from harmony.adapters.db.unit_of_work import Connection
from harmony.commons.journal import service as journal
from harmony.commons.journal.model import READ_LIMIT_ENTRIES, Entry, Selection
from harmony.commons.journal.store import head as journal_head
from harmony.coordination.heartbeats import store
from harmony.coordination.heartbeats.doubt import Grace
from harmony.coordination.heartbeats.errors import ComponentUnknown, HistoryTooLong
from harmony.coordination.heartbeats.history import fold, selects
from harmony.coordination.heartbeats.model import Change, Health, Lease, Member, Status, health_of
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.registry import service as registry
from harmony.coordination.registry.model import EVERY_COMPONENT, Filter

REGISTRY_KINDS = Selection(kinds=("coordination.component.*",))
"""What changes the answer of ``GET /services``."""
HISTORY_LIMIT_ENTRIES = 50_000
GRACES_LIMIT = 20


async def list_members(
    connection: Connection,
    selected: Filter = EVERY_COMPONENT,
    status: Status | None = None,
    pulse: Pulse | None = None,
) -> list[Member]:
    """The selected components with their leases, in the order of their names and numbers.

    Without ``pulse`` the last beats are as they were last saved, the states are true.
    """
    components = await registry.list_components(connection, selected)
    leases = await store.leases(connection, [component.id for component in components])
    members = [
        Member(component, pulse.freshest(leases[component.id]) if pulse else leases[component.id])
        for component in components
    ]
    return [member for member in members if status in (None, member.lease.status)]


async def list_members_as_of(
    connection: Connection, revision: int, selected: Filter = EVERY_COMPONENT, status: Status | None = None
) -> list[Member]:
    """The registry as it was once ``revision`` had been written, read from the log.

    Who registered before the oldest entry that is kept is not seen. Raises what ``journal.read`` raises, and
    ``HistoryTooLong``.
    """
    after = (await journal_head(connection)).compacted_revision
    await journal.read(connection, revision, REGISTRY_KINDS, 1)  # refuses a revision that is pruned or yet to come
    entries: list[Entry] = []
    while True:
        page = await journal.read(connection, after, REGISTRY_KINDS, READ_LIMIT_ENTRIES)
        entries += [entry for entry in page if entry.revision <= revision]
        if len(page) < READ_LIMIT_ENTRIES or page[-1].revision >= revision:
            break
        if len(entries) >= HISTORY_LIMIT_ENTRIES:
            raise HistoryTooLong(f"more than {HISTORY_LIMIT_ENTRIES} changes lie before it", field="revision")
        after = page[-1].revision
    return [member for member in fold(entries) if selects(selected, status, member)]


async def find_member(connection: Connection, component_id: str, pulse: Pulse) -> Member:
    """One component and how it is; raises what ``registry.find`` raises."""
    component = await registry.find(connection, component_id)
    return Member(component, pulse.freshest(await find_lease(connection, component_id)))


async def find_lease(connection: Connection, component_id: str) -> Lease:
    """How a component is, its last beat as it was last saved; raises ``ComponentUnknown``."""
    found = await store.lease(connection, component_id)
    if found is None:
        raise ComponentUnknown("there is no such component", field="component_id")
    return found


async def why(connection: Connection, component_id: str, pulse: Pulse) -> tuple[Lease, list[Change]]:
    """How a component is, and its changes with their evidence, newest first; raises what ``find_member`` does."""
    member = await find_member(connection, component_id, pulse)
    return member.lease, await store.changes(connection, component_id)


async def list_graces(connection: Connection) -> list[Grace]:
    """When the Conductor doubted itself, newest first."""
    return await store.graces(connection, GRACES_LIMIT)


async def check_health(connection: Connection, pulse: Pulse, expected: frozenset[str], since: datetime) -> Health:
    """Which of the expected components have not been heard of since an instant."""
    return health_of(expected, since, await list_members(connection, pulse=pulse))
