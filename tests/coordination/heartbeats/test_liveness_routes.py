"""Why a component is as it is, what it is told to do, and when the Conductor doubts itself: over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.coordination.orchestra import Orchestra
from tests.coordination.printed import (
    HEARTBEAT,
    SHERLOCK_HUB,
    field_of,
)

from harmony.commons.identity.edge import House
from harmony.coordination.heartbeats.pulse import Pulse


async def test_why_tells_the_evidence_of_every_change(client: httpx.AsyncClient, orchestra: Orchestra) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    await orchestra.live(16)
    why = (await client.get("/services/sherlock-hub-001/why")).json()
    assert (why["status"], why["state"], why["spared_until"]) == ("degraded", "missing", None)
    missed, joined = why["changes"]
    assert (missed["previous"], missed["status"], missed["cause"]) == ("healthy", "degraded", "missed")
    assert missed["evidence"]["silent_seconds"] == 15.0
    assert (joined["previous"], joined["status"], joined["cause"]) == (None, "healthy", "registered")


async def test_who_drains_is_listed_as_draining_until_it_is_given_work_again(client: httpx.AsyncClient) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    for draining in (True, False):
        answer = await client.post("/services/sherlock-hub-001/drain", json={"draining": draining})
        assert answer.json()["draining"] is draining
        assert (await client.get("/services")).json()["services"][0]["draining"] is draining


async def test_a_command_is_told_with_every_answer_until_it_is_acknowledged(
    client: httpx.AsyncClient, as_operator: Mapping[str, str]
) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    order = {"command": "reload", "arguments": {"what": "rules"}}
    path = "/services/sherlock-hub-001/commands"
    assert (await client.post(path, json=order)).status_code == 401, "the local caller commands nobody"
    issued = await client.post(path, json=order, headers=as_operator)
    assert issued.status_code == 201
    told = [(await client.post("/heartbeat", json=HEARTBEAT)).json()["commands"] for _ in range(2)]
    assert told == [[issued.json()]] * 2
    done = {**HEARTBEAT, "acknowledged": [issued.json()["command_id"]]}
    assert (await client.post("/heartbeat", json=done)).json()["commands"] == []
    assert (await client.post("/heartbeat", json=HEARTBEAT)).json()["commands"] == []
    assert (await client.get(path, headers=as_operator)).json() == {"commands": []}


async def test_a_command_outlives_a_restart_and_ends_with_its_life(
    client: httpx.AsyncClient, as_operator: Mapping[str, str], orchestra: Orchestra, conductor: FastAPI
) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    order = {"command": "reload", "life_seconds": 60}
    await client.post("/services/sherlock-hub-001/commands", json=order, headers=as_operator)
    await orchestra.restart(1)
    house: House = conductor.state.house
    conductor.state.house = replace(house, ports={**house.ports, Pulse: orchestra.pulse})
    assert len((await client.post("/heartbeat", json=HEARTBEAT)).json()["commands"]) == 1
    orchestra.clock.advance(60)
    assert (await client.post("/heartbeat", json=HEARTBEAT)).json()["commands"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"command": "Two Words"}, "command"),
        ({"arguments": {"a": "x" * 4_097}}, "arguments"),
        ({"life_seconds": 0}, "life_seconds"),
        ({"life_seconds": 7 * 86_400 + 1}, "life_seconds"),
        ({"colour": 1}, "colour"),
    ],
)
async def test_a_bad_command_is_refused_by_the_name_of_its_field(
    client: httpx.AsyncClient, as_operator: Mapping[str, str], change: dict[str, Any], field: str
) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    body = {"command": "reload", **change}
    answer = await client.post("/services/sherlock-hub-001/commands", json=body, headers=as_operator)
    assert (answer.status_code, field_of(answer)) == (422, field)


async def test_commands_that_wait_have_a_bound(client: httpx.AsyncClient, as_operator: Mapping[str, str]) -> None:
    await client.post("/register", json=SHERLOCK_HUB)
    answers = [
        await client.post("/services/sherlock-hub-001/commands", json={"command": "reload"}, headers=as_operator)
        for _ in range(101)
    ]
    assert [answer.status_code for answer in answers] == [201] * 100 + [409]


async def test_a_doubt_is_shown_and_ended_by_one_call(
    client: httpx.AsyncClient, as_operator: Mapping[str, str], orchestra: Orchestra
) -> None:
    assert (await client.get("/grace")).json() == {"doubting": False, "graces": []}
    ids = await orchestra.join_many(20)
    await orchestra.live(5, ids)
    await orchestra.live(16, ids[12:])
    board = (await client.get("/dashboard")).json()
    assert (board["doubt"]["cause"], board["doubt"]["leases"]) == ("mass", 20)
    why = (await client.get(f"/services/{ids[0]}/why")).json()
    assert why["spared_until"] == board["doubt"]["ends_at"]
    assert (await client.post("/grace/end")).status_code == 401
    ended = await client.post("/grace/end", headers=as_operator)
    assert (ended.status_code, ended.json()["ended_by"]) == (200, "operator")
    assert "doubt" not in (await client.get("/dashboard")).json()
    assert (await client.post("/grace/end", headers=as_operator)).status_code == 409
