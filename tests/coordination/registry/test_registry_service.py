"""Registering: one key has one id, for ever; whoever proved who it is holds its entry."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.model import Selection
from harmony.commons.journal.service import Journal
from harmony.coordination.registry import service
from harmony.coordination.registry.errors import NameReserved, RegistryFull
from harmony.coordination.registry.model import (
    COMPONENTS_LIMIT,
    EVERY_COMPONENT,
    RESERVED_NAMES,
    Component,
    Filter,
    Registration,
)

HUB = Registration(
    component="sherlock-hub",
    version="1.0.0",
    host="127.0.0.1",
    port=8000,
    capabilities=("search", "qa"),
    health_check_url="http://localhost:8000/health",
    heartbeat_interval_seconds=5,
)
OWN = frozenset({"global-nexus"})


async def register(database: Database, registration: Registration = HUB, actor: str = "local") -> Component:
    async with database.begin(actor=actor) as uow:
        component, _ = await service.register(uow, registration, OWN)
    return component


async def listed(database: Database, selected: Filter = EVERY_COMPONENT) -> list[str]:
    async with database.reading() as connection:
        return [component.id for component in await service.list_components(connection, selected)]


async def told(database: Database, kind: str) -> list[dict[str, object]]:
    await journal_jobs.stamp(database)
    return [dict(entry.payload) for entry in await Journal(database).read(0, Selection(kinds=(kind,)))]


async def test_the_same_name_host_and_port_is_given_the_same_id_and_its_incarnations_are_counted(
    database: Database,
) -> None:
    first = await register(database)
    again = await register(database, replace(HUB, version="1.1.0", capabilities=("search",)))
    assert first.id == again.id == "sherlock-hub-001"
    assert (first.incarnation, again.incarnation) == (1, 2)
    assert (again.version, again.capabilities) == ("1.1.0", ("search",))
    assert [item["incarnation"] for item in await told(database, "coordination.component.registered")] == [1, 2]


async def test_another_port_or_host_is_given_the_next_number_of_its_name(database: Database) -> None:
    ids = [
        (await register(database, registration)).id
        for registration in (HUB, replace(HUB, port=8001), replace(HUB, host="10.0.0.7"), replace(HUB, component="hub"))
    ]
    assert ids == ["sherlock-hub-001", "sherlock-hub-002", "sherlock-hub-003", "hub-001"]


async def test_twenty_at_once_get_one_id(database: Database) -> None:
    found = await asyncio.gather(*(register(database) for _ in range(20)))
    assert {component.id for component in found} == {"sherlock-hub-001"}
    assert sorted(component.incarnation for component in found) == list(range(1, 21))
    assert await listed(database) == ["sherlock-hub-001"]


async def test_twenty_different_ports_at_once_get_twenty_numbers_without_a_gap(database: Database) -> None:
    found = await asyncio.gather(*(register(database, replace(HUB, port=port)) for port in range(9_000, 9_020)))
    assert sorted(component.id for component in found) == [f"sherlock-hub-{number:03d}" for number in range(1, 21)]


@pytest.mark.parametrize("name", RESERVED_NAMES)
async def test_a_reserved_word_is_no_component_name(database: Database, name: str) -> None:
    with pytest.raises(NameReserved) as refused:
        await register(database, replace(HUB, component=name))
    assert refused.value.field == "component"
    assert await listed(database) == []


async def test_a_caller_without_proof_finds_a_proven_entry_and_changes_nothing(database: Database) -> None:
    nexus = replace(HUB, component="global-nexus", port=9001)
    proven = await register(database, nexus, actor="component-global-nexus")
    claimed = await register(database, replace(nexus, version="6.6.6"), actor="local")
    assert claimed == proven
    assert (proven.routable, proven.holder, proven.incarnation) == (True, "component-global-nexus", 1)
    assert len(await told(database, "coordination.component.registered")) == 1


async def test_a_second_instance_of_an_own_component_without_its_token_is_listed_and_not_routable(
    database: Database,
) -> None:
    nexus = replace(HUB, component="global-nexus", port=9001)
    await register(database, nexus, actor="component-global-nexus")
    second = await register(database, replace(nexus, port=9999), actor="local")
    assert (second.id, second.routable) == ("global-nexus-002", False)
    assert await listed(database) == ["global-nexus-001", "global-nexus-002"]


async def test_proof_takes_over_what_was_registered_without(database: Database) -> None:
    nexus = replace(HUB, component="global-nexus", port=9001)
    assert not (await register(database, nexus, actor="local")).routable
    proven = await register(database, nexus, actor="component-global-nexus")
    assert (proven.id, proven.routable, proven.incarnation) == ("global-nexus-001", True, 2)


async def test_components_are_listed_in_order_and_filtered_by_name_and_capability(database: Database) -> None:
    for registration in (
        replace(HUB, component="echo-git-sync", port=9000, capabilities=("multi-provider-sync",)),
        replace(HUB, port=8002),
        HUB,
        *(replace(HUB, component="many", port=port, capabilities=()) for port in range(1, 4)),
    ):
        await register(database, registration)
    hubs = ["sherlock-hub-001", "sherlock-hub-002"]
    assert await listed(database) == ["echo-git-sync-001", "many-001", "many-002", "many-003", *hubs]
    assert await listed(database, Filter(component="sherlock-hub")) == hubs
    assert await listed(database, Filter(capability="multi-provider-sync")) == ["echo-git-sync-001"]
    assert await listed(database, Filter(component="many", capability="qa")) == []


async def test_a_forgotten_id_is_kept_for_its_own_component_and_given_to_no_other(database: Database) -> None:
    known = await register(database)
    async with database.begin() as uow:
        await service.forget(uow, known.id)
    assert await listed(database) == []
    assert (await register(database, replace(HUB, port=1))).id == "sherlock-hub-002"
    again = await register(database)
    assert (again.id, again.incarnation, again.gone_at) == (known.id, 2, None)
    assert await told(database, "coordination.component.forgotten") == [
        {"component_id": "sherlock-hub-001", "component": "sherlock-hub"}
    ]


async def test_what_is_told_of_a_registration_is_all_that_was_said(database: Database) -> None:
    await register(database, replace(HUB, zone="eu-1", weight=7, namespace="lab"))
    (said,) = await told(database, "coordination.component.registered")
    assert said == {
        "component_id": "sherlock-hub-001",
        "component": "sherlock-hub",
        "incarnation": 1,
        "routable": True,
        "namespace": "lab",
        "version": "1.0.0",
        "host": "127.0.0.1",
        "port": 8000,
        "capabilities": ["search", "qa"],
        "zone": "eu-1",
        "weight": 7,
        "health_check_url": "http://localhost:8000/health",
        "heartbeat_interval_seconds": 5,
    }


async def fill(database: Database, count: int) -> None:
    """As many registered components, without the ceremony."""
    async with database.begin() as uow:
        await uow.connection.execute("INSERT INTO component_names VALUES ('many', $1)", count)
        await uow.connection.execute(
            """
            INSERT INTO components (id, component, number, host, port, version, capabilities,
                heartbeat_interval_seconds, holder, routable, incarnation, registered_at)
            SELECT 'many-' || n, 'many', n, '127.0.0.1', n, '1', '{}', 5, 'local', true, 1, $2
            FROM generate_series(1, $1::integer) AS n
            """,
            count,
            uow.now,
        )


async def test_the_registry_is_full_at_its_limit_and_still_takes_those_it_knows(database: Database) -> None:
    await fill(database, COMPONENTS_LIMIT - 1)
    last = await register(database)
    with pytest.raises(RegistryFull):
        await register(database, replace(HUB, port=20_001))
    assert (await register(database)).incarnation == 2
    assert len(await listed(database)) == COMPONENTS_LIMIT
    async with database.begin() as uow:
        await service.forget(uow, last.id)
    assert (await register(database, replace(HUB, port=20_001))).id == "sherlock-hub-002"
    with pytest.raises(RegistryFull):
        await register(database)
