"""Every call that orchestra.md prints about who takes part, as printed: curl for curl, field for field.

Only the port is another. Each command is parsed as a shell and curl would, and sent over a real socket.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shlex
from datetime import datetime
from typing import Any

import httpx
from tests.coordination.sdk.conftest import RealWorld

from harmony.sdk.member import Member

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")

REGISTER = {
    "sherlock-hub": """
curl -X POST http://localhost:8888/register \\
  -H "Content-Type: application/json" \\
  -d '{
    "component": "sherlock-hub",
    "version": "1.0.0",
    "port": 8000,
    "capabilities": [
      "entity-mapping",
      "relationship-discovery",
      "search",
      "qa"
    ],
    "health_check_url": "http://localhost:8000/health"
  }'
""",
    "echo-git-sync": """
curl -X POST http://localhost:8888/register \\
  -H "Content-Type: application/json" \\
  -d '{
    "component": "echo-git-sync",
    "version": "1.0.0",
    "port": 9000,
    "capabilities": [
      "multi-provider-sync",
      "integrity-verification",
      "status-reporting"
    ],
    "health_check_url": "http://localhost:9000/health"
  }'
""",
    "global-nexus": """
curl -X POST http://localhost:8888/register \\
  -H "Content-Type: application/json" \\
  -d '{
    "component": "global-nexus",
    "version": "1.0.0",
    "port": 9001,
    "capabilities": [
      "service-discovery",
      "load-balancing",
      "request-routing"
    ],
    "health_check_url": "http://localhost:9001/health"
  }'
""",
    "global-cortex": """
curl -X POST http://localhost:8888/register \\
  -H "Content-Type: application/json" \\
  -d '{
    "component": "global-cortex",
    "version": "1.0.0",
    "port": 9002,
    "capabilities": [
      "monitoring",
      "metrics-collection",
      "alerting"
    ],
    "health_check_url": "http://localhost:9002/health"
  }'
""",
}
HEARTBEAT = """
curl -X POST http://localhost:8888/heartbeat \\
  -H "Content-Type: application/json" \\
  -d '{
    "component_id": "sherlock-hub-001",
    "timestamp": "2025-12-17T19:45:05Z",
    "status": "healthy",
    "metrics": {
      "requests_total": 150,
      "requests_per_minute": 2.5,
      "average_response_time_ms": 45,
      "entities_count": 1000,
      "relationships_count": 500,
      "errors": 0
    }
  }'
"""
SERVICES = "curl -X GET http://localhost:8888/services"
DASHBOARD = "curl -X GET http://localhost:8888/dashboard"
HEALTH = "curl http://localhost:8888/health"
REQUEST = """
curl -X POST http://localhost:8888/request \\
  -H "Content-Type: application/json" \\
  -d '{
    "from": "sherlock-hub",
    "to": "echo-git-sync",
    "request_type": "get-sync-status",
    "timeout_seconds": 10
  }'
"""
PING = """
curl -X POST http://localhost:8888/request \\
  -H "Content-Type: application/json" \\
  -d '{
    "from": "sherlock-hub",
    "to": "echo-git-sync",
    "request_type": "ping"
  }'
"""
ACCESS = """
curl -X POST http://localhost:8888/access-control \\
  -H "Content-Type: application/json" \\
  -d '{
    "from": "sherlock-hub",
    "to": ["echo-git-sync", "global-cortex"],
    "allowed_operations": ["read", "write"]
  }'
"""

_CURL = argparse.ArgumentParser()
_CURL.add_argument("url")
_CURL.add_argument("-X", dest="method", default="GET")
_CURL.add_argument("-H", dest="headers", action="append", default=[])
_CURL.add_argument("-d", dest="data")


async def curl(real: RealWorld, printed: str) -> httpx.Response:
    """Do what the printed command does, at the port of the test."""
    words = shlex.split(printed.replace("\\\n", " "))
    assert words[0] == "curl"
    said = _CURL.parse_args(words[1:])
    headers = dict(line.split(": ", 1) for line in said.headers)
    async with httpx.AsyncClient(trust_env=False) as client:
        url = said.url.replace("http://localhost:8888", real.url)
        return await client.request(said.method, url, headers=headers, content=said.data)


async def answer(real: RealWorld, printed: str) -> Any:
    found = await curl(real, printed)
    assert found.status_code == 200, found.text
    return found.json()


async def test_the_four_register_and_are_four(real: RealWorld) -> None:
    for name, printed in REGISTER.items():
        told = await answer(real, printed)
        assert list(told) == ["status", "component_id", "heartbeat_interval", "next_heartbeat"]
        assert (told["status"], told["component_id"], told["heartbeat_interval"]) == ("registered", f"{name}-001", 5)
        assert INSTANT.match(told["next_heartbeat"])
    services = (await answer(real, SERVICES))["services"]
    assert len(services) == 4
    for found in services:
        printed_fields = ["component_id", "component", "version", "port", "status", "capabilities", "last_heartbeat"]
        assert list(found)[:7] == printed_fields
        assert (found["status"], bool(INSTANT.match(found["last_heartbeat"]))) == ("healthy", True)


async def test_a_heartbeat_is_acknowledged_and_seen_on_the_dashboard(real: RealWorld) -> None:
    await answer(real, REGISTER["sherlock-hub"])
    told = await answer(real, HEARTBEAT)
    assert list(told) == ["status", "next_heartbeat", "commands"]
    assert (told["status"], told["commands"]) == ("acknowledged", [])
    board = await answer(real, DASHBOARD)
    assert list(board) == ["timestamp", "overall_status", "components"]
    (line,) = board["components"]
    assert {name: line[name] for name in ("component_id", "status", "requests_total", "errors")} == {
        "component_id": "sherlock-hub-001",
        "status": "healthy",
        "requests_total": 150,
        "errors": 0,
    }
    assert line["uptime_seconds"] >= 0
    assert INSTANT.match(line["last_heartbeat"])


async def test_the_conductor_says_that_it_runs(real: RealWorld) -> None:
    assert (await answer(real, HEALTH))["status"] == "healthy"


async def test_a_ping_is_answered_pong_and_a_request_by_its_component(real: RealWorld) -> None:
    await answer(real, REGISTER["sherlock-hub"])
    async with Member("echo-git-sync", port=9000, conductor=real.url) as sync:
        sync.on("get-sync-status")(lambda request: {"branch": "main"})
        async with asyncio.timeout(20):
            while (await curl(real, PING)).status_code != 200:  # until its first beat has opened the way
                sync.beat()
        assert (await answer(real, PING))["response"] == "pong"
        assert (await answer(real, REQUEST))["response"] == {"branch": "main"}
        told = await answer(real, ACCESS)
        assert (told["status"], told["allowed_operations"]) == ("configured", ["read", "write"])
        assert (await answer(real, REQUEST))["response"] == {"branch": "main"}


async def test_a_component_that_is_not_there_is_503(real: RealWorld) -> None:
    assert (await curl(real, PING)).status_code == 503
    await answer(real, REGISTER["echo-git-sync"].replace("9000", "1"))
    assert (await curl(real, PING)).status_code == 503


async def test_an_unknown_token_is_refused(real: RealWorld) -> None:
    printed = REGISTER["sherlock-hub"].replace("  -d", '  -H "Authorization: Bearer YOUR_TOKEN" -d')
    assert (await curl(real, printed)).status_code == 401


class Requests:
    """The one word of that package that the sample uses."""

    def __init__(self, url: str) -> None:
        self._url = url

    def post(self, url: str, json: dict[str, Any]) -> httpx.Response:
        return httpx.post(url.replace("http://localhost:8888", self._url), json=json, trust_env=False)


async def test_the_printed_python_sample_works_unchanged(real: RealWorld) -> None:
    """``requests.post(url, json=…).json()`` and a timestamp without a zone."""

    requests = Requests(real.url)

    def register_with_conductor() -> Any:
        response = requests.post(
            "http://localhost:8888/register",
            json={
                "component": "sherlock-hub",
                "version": "1.0.0",
                "port": 8000,
                "capabilities": ["entity-mapping", "search", "qa"],
                "health_check_url": "http://localhost:8000/health",
            },
        )
        return response.json()

    def send_heartbeat(component_id: str, metrics: dict[str, float]) -> Any:
        response = requests.post(
            "http://localhost:8888/heartbeat",
            json={
                "component_id": component_id,
                "timestamp": datetime.fromisoformat("2026-01-01T00:00:05").isoformat(),
                "status": "healthy",
                "metrics": metrics,
            },
        )
        return response.json()

    def sample() -> Any:
        component_id = register_with_conductor()["component_id"]
        return send_heartbeat(component_id, {"requests_total": 1})

    told = await asyncio.to_thread(sample)
    assert told["status"] == "acknowledged"
