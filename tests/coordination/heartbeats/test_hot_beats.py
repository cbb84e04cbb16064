"""A plain beat is answered in front of the framework, and nobody can tell from the answer."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from tests.coordination.orchestra import Orchestra
from tests.coordination.printed import ECHO_GIT_SYNC, HEARTBEAT, SHERLOCK_HUB

USUAL = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
"""A header with which a beat goes the usual way."""
BODIES: list[Any] = [
    HEARTBEAT,
    {"component_id": "sherlock-hub-001"},
    {**HEARTBEAT, "metrics": {}},
    {**HEARTBEAT, "metrics": None},
    {**HEARTBEAT, "metrics": {"whole": 1.0, "below": -2.5, "big": 2**53}},
    {**HEARTBEAT, "metrics": {"big": 2**53 + 2}},
    {**HEARTBEAT, "metrics": {"two words": 1}},
    {**HEARTBEAT, "metrics": {"line\n": 1}},
    {**HEARTBEAT, "metrics": {"a": True}},
    {**HEARTBEAT, "metrics": {f"m{n}": n for n in range(65)}},
    {**HEARTBEAT, "timestamp": "yesterday"},
    {**HEARTBEAT, "timestamp": None},
    {**HEARTBEAT, "status": "Healthy"},
    {**HEARTBEAT, "status": "tired"},
    {**HEARTBEAT, "status": None},
    {**HEARTBEAT, "component_id": "nobody-001"},
    {**HEARTBEAT, "component_id": 7},
    {**HEARTBEAT, "incarnation": 1, "sequence": 5},
    {**HEARTBEAT, "incarnation": 9},
    {**HEARTBEAT, "sequence": -1},
    {**HEARTBEAT, "sequence": 2**53 + 1},
    {**HEARTBEAT, "sequence": 1.5},
    {**HEARTBEAT, "colour": {"unknown": ["fields"]}},
    [],
    "text",
    None,
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: json.dumps(body)[:60])
async def test_both_ways_answer_and_do_the_same(client: httpx.AsyncClient, orchestra: Orchestra, body: Any) -> None:
    seen = []
    for headers, printed in (({}, SHERLOCK_HUB), (USUAL, ECHO_GIT_SYNC)):
        await client.post("/register", json={**printed, "component": "sherlock-hub", "port": len(seen) + 1})
        said = json.dumps(body).replace("sherlock-hub-001", f"sherlock-hub-00{len(seen) + 1}")
        answer = await client.post("/heartbeat", content=said, headers={"Content-Type": "application/json", **headers})
        listed = (await client.get("/dashboard")).json()["components"][len(seen)]
        problem = answer.json().get("details", {}).get("field")
        told = answer.json() if answer.is_success else problem
        seen.append((answer.status_code, told, listed["status"], listed["metrics"]))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
async def test_what_is_no_json_is_refused_either_way(client: httpx.AsyncClient, content: bytes) -> None:
    for headers in ({}, USUAL):
        answer = await client.post(
            "/heartbeat", content=content, headers={"Content-Type": "application/json", **headers}
        )
        assert answer.status_code in (400, 422)
