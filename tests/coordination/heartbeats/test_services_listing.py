"""``GET /services``: filtered, waited for, and as of a revision."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI
from tests.coordination.orchestra import Orchestra
from tests.coordination.printed import (
    ECHO_GIT_SYNC,
    SHERLOCK_HUB,
    field_of,
)

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House
from harmony.commons.journal import jobs as journal_jobs


async def test_services_are_filtered_by_what_they_are_and_how_they_are(
    client: httpx.AsyncClient, orchestra: Orchestra
) -> None:
    await client.post("/register", json={**SHERLOCK_HUB, "heartbeat_interval": 1, "zone": "eu-1", "namespace": "lab"})
    await client.post("/register", json={**ECHO_GIT_SYNC, "version": "2.0.0"})
    await orchestra.live(3)

    async def ids(**filters: str) -> list[str]:
        listed = (await client.get("/services", params=filters)).json()["services"]
        return [service["component_id"] for service in listed]

    assert await ids(component="sherlock-hub") == ["sherlock-hub-001"]
    assert await ids(capability="status-reporting") == ["echo-git-sync-001"]
    assert await ids(status="degraded") == ["sherlock-hub-001"]
    assert await ids(status="healthy", capability="qa") == []
    assert await ids(version="2.0.0") == ["echo-git-sync-001"]
    assert await ids(zone="eu-1") == ["sherlock-hub-001"]
    assert await ids(namespace="lab") == ["sherlock-hub-001"]
    assert await ids(namespace="default", version="1.0.0") == []
    refused = await client.get("/services", params={"status": "tired"})
    assert (refused.status_code, field_of(refused)) == (422, "query.status")


async def test_a_list_can_be_waited_for(client: httpx.AsyncClient, database: Database, conductor: FastAPI) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    await journal_jobs.stamp(database)
    first = await client.get("/services")
    index = first.headers["x-harmony-index"]
    waiting = asyncio.create_task(client.get("/services", params={"index": index}))
    await client.post("/register", json=ECHO_GIT_SYNC)
    await journal_jobs.stamp(database)
    house: House = conductor.state.house
    while not waiting.done():
        house.journal.moved()
        await asyncio.sleep(0)
    answer = await waiting
    assert len(answer.json()["services"]) == 2
    assert int(answer.headers["x-harmony-index"]) > int(index)


@pytest.mark.parametrize("params", [{"index": "0", "wait": "0"}, {"index": "999999"}])
async def test_a_list_does_not_wait_without_patience_or_for_another_log(
    client: httpx.AsyncClient, params: dict[str, str]
) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    assert len((await client.get("/services", params=params)).json()["services"]) == 1


async def test_the_registry_of_a_revision_is_read_from_the_log(
    client: httpx.AsyncClient, orchestra: Orchestra, database: Database
) -> None:
    async def revision() -> int:
        await journal_jobs.stamp(database)
        return int((await client.get("/services")).headers["x-harmony-index"])

    await client.post("/register", json={**SHERLOCK_HUB, "zone": "eu-1"})
    joined = await revision()
    await orchestra.live(15)
    missed = await revision()
    await client.post("/deregister", json={"component_id": "sherlock-hub-001"})
    await client.post("/register", json=ECHO_GIT_SYNC)
    now = await revision()

    async def seen(at: int, **filters: str) -> list[tuple[str, str]]:
        answer = await client.get("/services", params={"revision": at, **filters})
        return [(found["component_id"], found["status"]) for found in answer.json()["services"]]

    assert await seen(joined) == [("sherlock-hub-001", "healthy")]
    assert await seen(missed) == [("sherlock-hub-001", "degraded")]
    assert await seen(missed, status="degraded", zone="eu-1", capability="qa") == [("sherlock-hub-001", "degraded")]
    assert await seen(missed, zone="eu-2") == []
    assert await seen(now) == [("echo-git-sync-001", "healthy")]
    assert await seen(0) == []
    assert (await client.get("/services", params={"revision": now + 1})).status_code == 410
