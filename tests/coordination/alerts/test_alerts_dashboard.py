"""The dashboard: as printed, with one honest word for the whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from tests.coordination.orchestra import Orchestra

from harmony.commons.identity.edge import guards, unguarded
from harmony.coordination.alerts.model import counters, overall_status, uptime_seconds
from harmony.coordination.alerts.routes import router
from harmony.coordination.heartbeats.model import Lease, Member, State
from harmony.coordination.registry.model import Component
from harmony.kernel.clock import VirtualClock

HOUR_BEFORE_PRINT = datetime(2025, 12, 17, 18, 45, 4, tzinfo=UTC)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(HOUR_BEFORE_PRINT)


def member(state: State, *, routable: bool = True) -> Member:
    start = HOUR_BEFORE_PRINT
    component = Component("hub-001", "hub", "1", "127.0.0.1", 1, (), None, 5, "local", routable, 1, start)
    expires_at = None if state == "offline" else start
    return Member(component, Lease("hub-001", "local", state, "healthy", 5, start, start, expires_at, {}, "a" * 32))


async def test_the_dashboard_is_as_printed(client: httpx.AsyncClient, clock: VirtualClock) -> None:
    for name, port in (("echo-git-sync", 9000), ("sherlock-hub", 8000)):
        await client.post("/register", json={"component": name, "version": "1.0.0", "port": port})
    clock.advance(3_600)
    await client.post(
        "/heartbeat", json={"component_id": "echo-git-sync-001", "metrics": {"syncs_total": 50, "errors": 0}}
    )
    metrics = {"requests_total": 150, "requests_per_minute": 2.5, "entities_count": 1000, "errors": 0}
    await client.post("/heartbeat", json={"component_id": "sherlock-hub-001", "metrics": metrics})
    assert (await client.get("/dashboard")).json() == {
        "timestamp": "2025-12-17T19:45:04Z",
        "overall_status": "healthy",
        "components": [
            {
                "component_id": "echo-git-sync-001",
                "status": "healthy",
                "uptime_seconds": 3600,
                "syncs_total": 50,
                "errors": 0,
                "last_heartbeat": "2025-12-17T19:45:04Z",
                "metrics": {"syncs_total": 50, "errors": 0},
            },
            {
                "component_id": "sherlock-hub-001",
                "status": "healthy",
                "uptime_seconds": 3600,
                "requests_total": 150,
                "errors": 0,
                "last_heartbeat": "2025-12-17T19:45:04Z",
                "metrics": metrics,
            },
        ],
    }


async def test_numbers_come_back_as_they_were_sent(client: httpx.AsyncClient) -> None:
    await client.post("/register", json={"component": "hub", "version": "1", "port": 1})
    metrics = {"whole_total": 150, "errors": 2, "load": 0.25, "big": 2**53, "below": -7}
    await client.post("/heartbeat", json={"component_id": "hub-001", "metrics": metrics})
    answer = await client.get("/dashboard")
    assert answer.json()["components"][0]["metrics"] == metrics
    assert "150.0" not in answer.text


async def test_an_empty_orchestra_is_healthy(client: httpx.AsyncClient) -> None:
    board = (await client.get("/dashboard")).json()
    assert (board["overall_status"], board["components"]) == ("healthy", [])


async def test_the_dashboard_follows_a_component_into_silence(client: httpx.AsyncClient, orchestra: Orchestra) -> None:
    for port in (1, 2):
        await client.post("/register", json={"component": "hub", "version": "1", "port": port})
    seen = []
    for seconds in (15, 30):
        await orchestra.live(seconds, ["hub-002"])
        board = (await client.get("/dashboard")).json()
        seen.append((board["overall_status"], [line["status"] for line in board["components"]]))
    assert seen == [("degraded", ["degraded", "healthy"]), ("degraded", ["offline", "healthy"])]


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ([], "healthy"),
        (["healthy"], "healthy"),
        (["healthy", "ailing"], "degraded"),
        (["healthy", "missing"], "degraded"),
        (["healthy", "offline"], "degraded"),
        (["missing", "offline"], "degraded"),
        (["offline", "offline"], "offline"),
    ],
)
def test_the_whole_is_as_well_as_its_parts(states: list[State], word: str) -> None:
    assert overall_status([member(state) for state in states]) == word


def test_who_is_never_routed_to_cannot_darken_the_whole() -> None:
    assert overall_status([member("healthy"), member("offline", routable=False)]) == "healthy"


def test_the_line_shows_totals_and_errors_only() -> None:
    assert counters({}) == {"errors": 0}
    assert counters({"requests_total": 1, "requests_per_minute": 2, "errors": 3, "status": 4}) == {
        "requests_total": 1,
        "errors": 3,
    }


def test_the_uptime_of_who_is_offline_has_stopped() -> None:
    later = HOUR_BEFORE_PRINT + timedelta(hours=2)
    assert uptime_seconds(HOUR_BEFORE_PRINT, member("missing").lease, later) == 7_200
    assert uptime_seconds(HOUR_BEFORE_PRINT, member("offline").lease, later) == 0


def test_the_dashboard_names_its_permission() -> None:
    assert unguarded(router.routes) == []
    assert guards(router.routes) == {"GET /dashboard": "components.read"}
