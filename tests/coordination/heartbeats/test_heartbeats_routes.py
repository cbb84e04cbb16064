"""The handshake on the wire: what orchestra.md prints, sent and compared field for field."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from tests.coordination.orchestra import Orchestra
from tests.coordination.printed import (
    ECHO_GIT_SYNC,
    GLOBAL_CORTEX,
    GLOBAL_NEXUS,
    HEARTBEAT,
    PRINTED_AT,
    SHERLOCK_HUB,
    field_of,
)

from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.model import Principal
from harmony.coordination.heartbeats.fakes import Started
from harmony.coordination.heartbeats.listing import router as listing
from harmony.coordination.heartbeats.ports import Expected
from harmony.coordination.heartbeats.routes import router
from harmony.kernel.clock import VirtualClock


@pytest.fixture
def clock() -> VirtualClock:
    """The specification's own evening."""
    return VirtualClock(PRINTED_AT)


@pytest_asyncio.fixture
async def as_component(conductor: FastAPI) -> Mapping[str, str]:
    """The headers of the built-in ``global-nexus``."""
    house: House = conductor.state.house
    nexus = Principal("component-global-nexus", "component", "global-nexus", ("component",))
    return {"Authorization": "Bearer " + house.signer.sign(nexus, PRINTED_AT.timestamp())}


async def test_registering_answers_as_printed(client: httpx.AsyncClient) -> None:
    answer = await client.post("/register", json=SHERLOCK_HUB)
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "registered",
        "component_id": "sherlock-hub-001",
        "heartbeat_interval": 5,
        "next_heartbeat": "2025-12-17T19:45:05Z",
    }


async def test_a_heartbeat_answers_as_printed(client: httpx.AsyncClient, clock: VirtualClock) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    clock.advance(5)
    answer = await client.post("/heartbeat", json=HEARTBEAT)
    assert answer.status_code == 200
    assert answer.json() == {"status": "acknowledged", "next_heartbeat": "2025-12-17T19:45:10Z", "commands": []}


async def test_services_are_listed_as_printed(client: httpx.AsyncClient, clock: VirtualClock) -> None:
    clock.advance(4)
    await client.post("/register", json={**ECHO_GIT_SYNC, "capabilities": ["multi-provider-sync"]})
    clock.advance(1)
    await client.post("/register", json={**SHERLOCK_HUB, "capabilities": ["entity-mapping", "search", "qa"]})
    listed = (await client.get("/services")).json()["services"]
    printed: list[dict[str, Any]] = [
        {
            "component_id": "echo-git-sync-001",
            "component": "echo-git-sync",
            "version": "1.0.0",
            "port": 9000,
            "status": "healthy",
            "capabilities": ["multi-provider-sync"],
            "last_heartbeat": "2025-12-17T19:45:04Z",
        },
        {
            "component_id": "sherlock-hub-001",
            "component": "sherlock-hub",
            "version": "1.0.0",
            "port": 8000,
            "status": "healthy",
            "capabilities": ["entity-mapping", "search", "qa"],
            "last_heartbeat": "2025-12-17T19:45:05Z",
        },
    ]
    assert [{name: found[name] for name in line} for found, line in zip(listed, printed, strict=True)] == printed
    beyond = {name: value for name, value in listed[1].items() if name not in printed[1]}
    assert beyond == {
        "host": "127.0.0.1",
        "routable": True,
        "incarnation": 1,
        "reported_status": "healthy",
        "since": "2025-12-17T19:45:05Z",
        "health_check_url": "http://localhost:8000/health",
        "namespace": "default",
        "zone": None,
        "weight": 100,
        "draining": False,
    }


async def test_the_four_of_the_specification_are_four_however_often_they_register(client: httpx.AsyncClient) -> None:
    for _ in range(2):
        for body in (SHERLOCK_HUB, ECHO_GIT_SYNC, GLOBAL_NEXUS, GLOBAL_CORTEX):
            assert (await client.post("/register", json=body)).json()["component_id"] == f"{body['component']}-001"
    assert len((await client.get("/services")).json()["services"]) == 4


async def test_the_printed_python_sample_beats_with_a_time_without_a_zone(client: httpx.AsyncClient) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    for timestamp in ("2025-12-17T19:45:05.123456", "1999-01-01T00:00:00", "2999-12-31T23:59:59+14:00"):
        answer = await client.post("/heartbeat", json={**HEARTBEAT, "timestamp": timestamp})
        assert answer.status_code == 200


async def test_the_time_written_in_a_beat_decides_nothing(client: httpx.AsyncClient, orchestra: Orchestra) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    await client.post("/heartbeat", json={**HEARTBEAT, "timestamp": "2999-01-01T00:00:00Z"})
    await orchestra.live(15)
    assert (await client.get("/services")).json()["services"][0]["status"] == "degraded"


async def test_twenty_registrations_at_once_get_one_id(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.post("/register", json=SHERLOCK_HUB) for _ in range(20)))
    assert {answer.json()["component_id"] for answer in answers} == {"sherlock-hub-001"}
    assert len((await client.get("/services")).json()["services"]) == 1


async def test_an_idempotency_key_registers_once_and_refuses_another_body(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "first-start"}
    first = await client.post("/register", json=SHERLOCK_HUB, headers=headers)
    again = await client.post("/register", json=SHERLOCK_HUB, headers=headers)
    assert again.json() == first.json()
    assert (await client.get("/services")).json()["services"][0]["incarnation"] == 1
    other = await client.post("/register", json=ECHO_GIT_SYNC, headers=headers)
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"port": 65_536}, "port"),
        ({"port": -1}, "port"),
        ({"component": "Sherlock Hub"}, "component"),
        ({"component": "conductor"}, "component"),
        ({"component": "nul\x00"}, "component"),
        ({"version": ""}, "version"),
        ({"capabilities": ["x"] * 65}, "capabilities"),
        ({"capabilities": ["ok", "not ok"]}, "capabilities.1"),
        ({"health_check_url": "file:///etc/passwd"}, "health_check_url"),
        ({"host": "two words"}, "host"),
        ({"heartbeat_interval": 31}, "heartbeat_interval"),
        ({"namespace": "Not Lower"}, "namespace"),
        ({"zone": "z" * 65}, "zone"),
        ({"weight": 1_001}, "weight"),
        ({"weight": -1}, "weight"),
        ({"protocol_versions": []}, "protocol_versions"),
        ({"protocol_versions": [2, 3]}, "protocol_versions"),
        ({"request_url": "http://10.0.0.9:8000/request"}, "request_url"),
        ({"request_url": "http://["}, "request_url"),
    ],
)
async def test_a_bad_registration_is_refused_by_the_name_of_its_field(
    client: httpx.AsyncClient, change: dict[str, Any], field: str
) -> None:
    answer = await client.post("/register", json={**SHERLOCK_HUB, **change})
    assert (answer.status_code, field_of(answer)) == (422, field)
    assert (await client.get("/services")).json() == {"services": []}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"component_id": "sherlock-hub-001", "metrics": {"load": NaN}}', "metrics.load"),
        ('{"component_id": "sherlock-hub-001", "metrics": {"load": Infinity}}', "metrics.load"),
        ('{"component_id": "sherlock-hub-001", "metrics": {"load": 1e300}}', "metrics.load"),
        ('{"component_id": "sherlock-hub-001", "metrics": {"load": 9007199254740994}}', "metrics.load"),
        ('{"component_id": "sherlock-hub-001", "metrics": {"load": "high"}}', "metrics.load"),
        ('{"component_id": "sherlock-hub-001", "metrics": {"load": true}}', "metrics.load"),
        ('{"component_id": "sherlock-hub-001", "metrics": {"two words": 1}}', "metrics.two words.[key]"),
        ('{"component_id": "sherlock-hub-001", "metrics": [1]}', "metrics"),
        ('{"component_id": "sherlock-hub-001", "timestamp": "yesterday"}', "timestamp"),
        ('{"component_id": "sherlock-hub-001", "timestamp": "\\ud800"}', "timestamp"),
        ('{"component_id": "sherlock-hub-001", "status": ""}', "status"),
        ('{"component_id": "sherlock-hub-001", "status": "s\\u0000"}', "status"),
        ('{"component_id": "\\u0000"}', "component_id"),
        ("{}", "component_id"),
        ("[]", "body"),
    ],
)
async def test_a_bad_heartbeat_is_refused_by_the_name_of_its_field(
    client: httpx.AsyncClient, body: str, field: str
) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    answer = await client.post("/heartbeat", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, field_of(answer)) == (422, field)


@pytest.mark.parametrize(
    ("metrics", "status"),
    [
        ({f"metric_{number}": number for number in range(64)}, 200),
        ({f"metric_{number}": number for number in range(65)}, 422),
        ({"m" * 64: 1}, 200),
        ({"m" * 65: 1}, 422),
        ({"edge": 2**53, "other_edge": -(2**53)}, 200),
        ({"edge": 2**53 + 2}, 422),
    ],
)
async def test_metrics_have_bounds(client: httpx.AsyncClient, metrics: dict[str, float], status: int) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    answer = await client.post("/heartbeat", json={**HEARTBEAT, "metrics": metrics})
    assert answer.status_code == status


@pytest.mark.parametrize(("word", "status"), [("s" * 32, 200), ("s" * 33, 422)])
async def test_a_self_reported_status_has_a_bound(client: httpx.AsyncClient, word: str, status: int) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    assert (await client.post("/heartbeat", json={**HEARTBEAT, "status": word})).status_code == status


async def test_a_self_reported_status_is_listed_beside_what_it_means(client: httpx.AsyncClient) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    await client.post("/heartbeat", json={**HEARTBEAT, "status": "Overloaded"})
    listed = (await client.get("/services")).json()["services"][0]
    assert (listed["status"], listed["reported_status"]) == ("degraded", "overloaded")


async def test_a_beat_of_an_unknown_id_is_told_to_register_again(client: httpx.AsyncClient) -> None:
    answer = await client.post("/heartbeat", json=HEARTBEAT)
    assert (answer.status_code, field_of(answer)) == (404, "component_id")
    assert "egister again" in answer.json()["hint"]


async def test_a_second_instance_of_a_built_in_component_is_listed_as_not_routable(
    client: httpx.AsyncClient, as_component: Mapping[str, str]
) -> None:
    await client.post("/register", json=GLOBAL_NEXUS, headers=as_component)
    second = await client.post("/register", json={**GLOBAL_NEXUS, "port": 9100})
    assert second.json()["component_id"] == "global-nexus-002"
    listed = (await client.get("/services")).json()["services"]
    assert [(found["component_id"], found["routable"]) for found in listed] == [
        ("global-nexus-001", True),
        ("global-nexus-002", False),
    ]


async def test_a_built_in_component_cannot_be_impersonated(
    client: httpx.AsyncClient, as_component: Mapping[str, str]
) -> None:
    await client.post("/register", json=GLOBAL_NEXUS, headers=as_component)
    claimed = await client.post("/register", json={**GLOBAL_NEXUS, "version": "6.6.6", "host": "LOCALHOST"})
    assert claimed.json()["component_id"] == "global-nexus-001"
    (listed,) = (await client.get("/services")).json()["services"]
    assert (listed["version"], listed["routable"], listed["incarnation"]) == ("1.0.0", True, 1)
    beat = {"component_id": "global-nexus-001", "status": "broken"}
    refused = await client.post("/heartbeat", json=beat)
    assert (refused.status_code, field_of(refused)) == (403, "component_id")
    assert (await client.post("/heartbeat", json=beat, headers=as_component)).status_code == 200


async def test_health_is_503_until_every_started_component_is_registered(
    client: httpx.AsyncClient, conductor: FastAPI
) -> None:
    house: House = conductor.state.house

    async def register(name: str) -> None:
        principal = Principal(f"component-{name}", "component", name, ("component",))
        token = house.signer.sign(principal, PRINTED_AT.timestamp())
        body = {"component": name, "version": "1.0.0", "port": 9001}
        await client.post("/register", json=body, headers={"Authorization": f"Bearer {token}"})

    before = await client.get("/health")
    assert before.status_code == 503
    assert before.json() == {
        "status": "starting",
        "timestamp": "2025-12-17T19:45:00Z",
        "expected": ["global-nexus", "harmony-live"],
        "missing": ["global-nexus", "harmony-live"],
    }
    await register("global-nexus")
    await client.post("/register", json={"component": "harmony-live", "version": "1.0.0", "port": 8001})
    impostor = await client.get("/health")
    assert (impostor.status_code, impostor.json()["missing"]) == (503, ["harmony-live"])
    await register("harmony-live")
    after = await client.get("/health")
    assert (after.status_code, after.json()["status"], after.json()["missing"]) == (200, "healthy", [])


async def test_registrations_of_an_earlier_run_do_not_make_this_one_healthy(
    client: httpx.AsyncClient, conductor: FastAPI, clock: VirtualClock
) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    clock.advance(60)
    house: House = conductor.state.house
    started = Started(frozenset({"sherlock-hub"}), clock.now())
    conductor.state.house = replace(house, ports={**house.ports, Expected: started})
    assert (await client.get("/health")).status_code == 503
    clock.advance(1)
    await client.post("/register", json=SHERLOCK_HUB)
    assert (await client.get("/health")).status_code == 200


async def test_without_a_token_only_loopback_may_speak(conductor: FastAPI) -> None:
    transport = httpx.ASGITransport(app=conductor, client=("10.0.0.7", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://conductor.example") as stranger:
        assert (await stranger.post("/register", json=SHERLOCK_HUB)).status_code == 401
        assert (await stranger.post("/heartbeat", json=HEARTBEAT)).status_code == 401
        assert (await stranger.get("/services")).status_code == 401
        assert (await stranger.get("/health")).status_code == 503


async def test_a_host_is_the_callers_address_and_another_host_another_component(
    conductor: FastAPI, as_component: Mapping[str, str], client: httpx.AsyncClient
) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    transport = httpx.ASGITransport(app=conductor, client=("10.0.0.7", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://conductor.example") as far:
        answer = await far.post("/register", json=SHERLOCK_HUB, headers=as_component)
    assert answer.json()["component_id"] == "sherlock-hub-002"
    listed = (await client.get("/services")).json()["services"]
    assert [found["host"] for found in listed] == ["127.0.0.1", "10.0.0.7"]


async def test_a_caller_without_the_permission_is_refused(client: httpx.AsyncClient, conductor: FastAPI) -> None:
    house: House = conductor.state.house
    seeker = Principal("person-mira", "person", "Mira Example", ("seeker",))
    headers = {"Authorization": "Bearer " + house.signer.sign(seeker, PRINTED_AT.timestamp())}
    for path, body in (("/register", SHERLOCK_HUB), ("/heartbeat", HEARTBEAT)):
        assert (await client.post(path, json=body, headers=headers)).status_code == 403
    assert (await client.get("/services", headers=headers)).status_code == 200


async def test_the_interval_of_a_component_is_its_own(client: httpx.AsyncClient) -> None:
    for interval in (1, 30):
        body = {**SHERLOCK_HUB, "heartbeat_interval": interval}
        answer = (await client.post("/register", json=body)).json()
        assert answer["heartbeat_interval"] == interval
        due = PRINTED_AT + timedelta(seconds=interval)
        assert answer["next_heartbeat"] == due.isoformat().replace("+00:00", "Z")


async def test_a_component_that_says_what_it_speaks_is_told_what_is_spoken(client: httpx.AsyncClient) -> None:
    answer = await client.post("/register", json={**SHERLOCK_HUB, "protocol_versions": [7, 1]})
    assert answer.json() == {
        "status": "registered",
        "component_id": "sherlock-hub-001",
        "heartbeat_interval": 5,
        "next_heartbeat": "2025-12-17T19:45:05Z",
        "protocol_version": 1,
        "incarnation": 1,
    }


async def test_the_same_address_in_another_namespace_is_another_component(client: httpx.AsyncClient) -> None:
    first = await client.post("/register", json=SHERLOCK_HUB)
    other = await client.post("/register", json={**SHERLOCK_HUB, "namespace": "lab"})
    assert [answer.json()["component_id"] for answer in (first, other)] == ["sherlock-hub-001", "sherlock-hub-002"]


async def test_a_batch_judges_each_beat_by_itself(client: httpx.AsyncClient) -> None:
    for body in (SHERLOCK_HUB, ECHO_GIT_SYNC):
        await client.post("/register", json=body)
    beats = [{"component_id": one} for one in ("sherlock-hub-001", "nobody-001", "echo-git-sync-001")]
    answer = await client.post("/heartbeat/batch", json={"heartbeats": beats})
    assert answer.status_code == 200
    assert [(one["component_id"], one["status"]) for one in answer.json()["results"]] == [
        ("sherlock-hub-001", "acknowledged"),
        ("nobody-001", "refused"),
        ("echo-git-sync-001", "acknowledged"),
    ]
    assert answer.json()["results"][1]["code"] == "heartbeats.component_unknown"


@pytest.mark.parametrize(("beats", "status"), [(0, 422), (1_000, 200), (1_001, 422)])
async def test_a_batch_has_a_bound(client: httpx.AsyncClient, beats: int, status: int) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    body = {"heartbeats": [{"component_id": "sherlock-hub-001"}] * beats}
    assert (await client.post("/heartbeat/batch", json=body)).status_code == status


async def test_who_deregisters_is_gone_and_says_why(client: httpx.AsyncClient) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    body = {"component_id": "sherlock-hub-001", "reason": "moved house"}
    answer = await client.post("/deregister", json=body)
    assert answer.json() == {"status": "deregistered", "component_id": "sherlock-hub-001"}
    assert (await client.get("/services")).json() == {"services": []}
    for again in (
        await client.post("/deregister", json=body),
        await client.get("/services/sherlock-hub-001"),
        await client.get("/services/sherlock-hub-001/why"),
        await client.post("/heartbeat", json=HEARTBEAT),
    ):
        assert (again.status_code, again.json()["details"]["reason"]) == (410, "moved house")
    assert (await client.get("/services/nobody-001")).status_code == 404
    assert (await client.post("/register", json=SHERLOCK_HUB)).json()["component_id"] == "sherlock-hub-001"


def test_every_route_names_its_permission() -> None:
    assert unguarded([*router.routes, *listing.routes]) == []
    assert guards([*router.routes, *listing.routes]) == {
        "POST /register": "components.register",
        "POST /heartbeat": "components.heartbeat",
        "POST /heartbeat/batch": "components.heartbeat",
        "POST /deregister": "components.register",
        "GET /services": "components.read",
        "GET /services/{component_id}": "components.read",
        "GET /services/{component_id}/why": "components.read",
        "POST /services/{component_id}/drain": "components.register",
        "GET /services/{component_id}/commands": "components.manage",
        "POST /services/{component_id}/commands": "components.manage",
        "GET /grace": "components.read",
        "POST /grace/end": "components.manage",
        "GET /health": None,
    }
