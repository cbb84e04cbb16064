"""One component asks another through the Conductor."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.coordination.orchestra import HUB, Orchestra
from tests.coordination.printed import field_of

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.model import Principal
from harmony.coordination.requests import service
from harmony.coordination.requests.fakes import Network
from harmony.coordination.requests.model import (
    BREAKER_FAILURES,
    BREAKER_OPEN_SECONDS,
    PAYLOAD_LIMIT_BYTES,
    Breaker,
    Message,
    Reply,
    is_cyclic,
    request_url,
)
from harmony.coordination.requests.routes import exchange_of, router
from harmony.coordination.requests.stream import router as stream_router
from harmony.coordination.requests.switchboard import Line, Switchboard

PRINTED = {"from": "sherlock-hub", "to": "echo-git-sync", "request_type": "get-sync-status", "timeout_seconds": 10}
SYNC = replace(HUB, component="echo-git-sync", port=9000)
SYNC_ID, SECOND_ID = "echo-git-sync-001", "echo-git-sync-002"


def saying(body: Any, status: int = 200) -> Any:
    return lambda message: Reply(status, body)


async def test_the_printed_request_is_answered(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    network.answers[SYNC_ID] = saying({"branch": "main"})
    answer = await client.post("/request", json=PRINTED)
    assert answer.status_code == 200
    told = answer.json()
    assert told.pop("request_id").startswith("request-")
    assert told == {
        "status": "answered",
        "from": "sherlock-hub",
        "to": "echo-git-sync",
        "component_id": SYNC_ID,
        "request_type": "get-sync-status",
        "response": {"branch": "main"},
    }
    ((_, message),) = network.carried
    assert message.as_json()["via"] == ["sherlock-hub"]


async def test_nobody_who_could_answer_is_said_at_once(client: httpx.AsyncClient, orchestra: Orchestra) -> None:
    async def asked() -> tuple[int, str, int]:
        answer = await client.post("/request", json=PRINTED)
        return answer.status_code, answer.json()["code"], answer.json()["details"]["registered"]

    assert await asked() == (503, "requests.no_responders", 0)
    await orchestra.join(SYNC)
    await client.post(f"/services/{SYNC_ID}/drain", json={"draining": True})
    assert await asked() == (503, "requests.no_responders", 1)
    await client.post(f"/services/{SYNC_ID}/drain", json={"draining": False})
    await orchestra.live(45)
    assert await asked() == (503, "requests.no_responders", 1)


async def test_who_cannot_be_reached_is_503_and_who_is_silent_504(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    unreachable = await client.post("/request", json=PRINTED)
    assert (unreachable.status_code, unreachable.json()["code"]) == (503, "requests.target_unreachable")
    network.mute.add(SYNC_ID)
    silent = await client.post("/request", json=PRINTED)
    assert (silent.status_code, silent.json()["code"]) == (504, "requests.target_silent")
    assert len(network.carried) == 1, "what may have arrived is not sent twice"


async def test_only_what_is_idempotent_is_sent_again_once_it_may_have_arrived(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    network.mute.add(SYNC_ID)
    answer = await client.post("/request", json={**PRINTED, "idempotent": True})
    assert (answer.status_code, len(network.carried)) == (504, 3)
    assert len({message.key for _, message in network.carried}) == 1, "one key for all its attempts"


async def test_what_did_not_arrive_is_brought_to_another(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    await orchestra.join(replace(SYNC, port=9100))
    network.answers[SECOND_ID] = saying("here")
    for _ in range(5):
        answer = await client.post("/request", json=PRINTED)
        assert (answer.status_code, answer.json()["component_id"]) == (200, SECOND_ID)


async def test_the_healthy_are_asked_before_the_degraded_and_an_id_asks_that_one_alone(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    await orchestra.join(replace(SYNC, port=9100))
    network.answers = {SYNC_ID: saying(1), SECOND_ID: saying(2)}
    await orchestra.beat(SYNC_ID, word="tired")
    for _ in range(5):
        assert (await client.post("/request", json=PRINTED)).json()["component_id"] == SECOND_ID
    assert (await client.post("/request", json={**PRINTED, "to": SYNC_ID})).json()["response"] == 1


async def test_a_refusal_of_the_target_is_handed_on_as_its_own(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    network.answers[SYNC_ID] = saying({"error": "no such type"}, 404)
    answer = await client.post("/request", json=PRINTED)
    assert (answer.status_code, answer.json()["code"]) == (502, "requests.target_refused")
    assert answer.json()["details"]["response"] == {"error": "no such type"}


async def test_one_key_has_one_effect_and_one_answer_even_when_the_target_has_gone(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    network.answers[SYNC_ID] = saying("done")
    headers = {"Idempotency-Key": "once"}
    first = await client.post("/request", json=PRINTED, headers=headers)
    await orchestra.leave(SYNC_ID)
    again = await client.post("/request", json=PRINTED, headers=headers)
    assert (first.json(), again.status_code) == (again.json(), 200)
    assert len(network.carried) == 1
    other = await client.post("/request", json={**PRINTED, "payload": 1}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "db.idempotency_key_reused")


async def test_a_key_whose_first_attempt_may_have_arrived_is_not_sent_again_unless_it_may_be(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    network.mute.add(SYNC_ID)
    headers = {"Idempotency-Key": "once"}
    assert (await client.post("/request", json=PRINTED, headers=headers)).status_code == 504
    network.mute.clear()
    network.answers[SYNC_ID] = saying("done")
    orchestra.clock.advance(1)
    unknown = await client.post("/request", json=PRINTED, headers=headers)
    assert (unknown.status_code, unknown.json()["code"]) == (409, "requests.outcome_unknown")
    repeated = await client.post("/request", json={**PRINTED, "idempotent": True}, headers=headers)
    assert repeated.status_code == 200
    assert len({message.id for _, message in network.carried}) == 1, "the same request, for whoever keeps replies"


async def test_a_key_whose_request_did_not_arrive_is_free_again(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    headers = {"Idempotency-Key": "once"}
    assert (await client.post("/request", json=PRINTED, headers=headers)).status_code == 503
    await orchestra.join(SYNC)
    assert (await client.post("/request", json=PRINTED, headers=headers)).status_code == 503
    network.answers[SYNC_ID] = saying("done")
    assert (await client.post("/request", json=PRINTED, headers=headers)).status_code == 200


async def test_a_twin_in_flight_is_told_to_wait(
    client: httpx.AsyncClient, orchestra: Orchestra, conductor: FastAPI, switchboard: Switchboard
) -> None:
    await orchestra.join(SYNC)
    asked = asyncio.Event()

    async def send(frame: dict[str, Any]) -> None:
        asked.set()

    line = Line(send)
    switchboard.attach(SYNC_ID, line)
    headers = {"Idempotency-Key": "once"}
    first = asyncio.create_task(client.post("/request", json=PRINTED, headers=headers))
    await asked.wait()
    twin = await client.post("/request", json=PRINTED, headers=headers)
    assert (twin.status_code, twin.json()["code"]) == (409, "db.twin_in_flight")
    line.broke()
    assert (await first).status_code == 504


async def test_the_rules_of_access_decide_who_may_ask_whom(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    network.answers[SYNC_ID] = saying("yes")
    rule = {"from": "sherlock-hub", "to": ["echo-git-sync"], "allowed_operations": ["read"]}
    await client.post("/access-control", json=rule)
    assert (await client.post("/request", json=PRINTED)).status_code == 200
    refused = await client.post("/request", json={**PRINTED, "request_type": "sync-request"})
    assert (refused.status_code, refused.json()["code"]) == (403, "policy.access_denied")


async def test_a_component_with_a_token_asks_as_itself_alone(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network, conductor: FastAPI
) -> None:
    await orchestra.join(SYNC)
    network.answers[SYNC_ID] = saying("yes")
    house: House = conductor.state.house
    hub = Principal("component-sherlock-hub", "component", "sherlock-hub", ("component",))
    headers = {"Authorization": "Bearer " + house.signer.sign(hub, orchestra.clock.now().timestamp())}
    assert (await client.post("/request", json=PRINTED, headers=headers)).status_code == 200
    foreign = await client.post("/request", json={**PRINTED, "from": "global-nexus"}, headers=headers)
    assert (foreign.status_code, field_of(foreign)) == (403, "from")


async def test_a_request_that_goes_in_a_circle_is_stopped(client: httpx.AsyncClient, orchestra: Orchestra) -> None:
    await orchestra.join(SYNC)
    circle = await client.post("/request", json={**PRINTED, "via": ["echo-git-sync"]})
    assert (circle.status_code, circle.json()["code"]) == (508, "requests.cyclic")
    assert is_cyclic("a", "b", [f"c{number}" for number in range(8)])
    assert not is_cyclic("a", "a", [])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"from": "Two Words"}, "from"),
        ({"to": "nul\x00"}, "to"),
        ({"request_type": ""}, "request_type"),
        ({"request_type": "r" * 65}, "request_type"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
        ({"timeout_seconds": 60.1}, "timeout_seconds"),
        ({"payload": "x" * PAYLOAD_LIMIT_BYTES}, "payload"),
        ({"via": ["hub"] * 9}, "via"),
    ],
)
async def test_a_bad_request_is_refused_by_the_name_of_its_field(
    client: httpx.AsyncClient, change: dict[str, Any], field: str
) -> None:
    answer = await client.post("/request", json={**PRINTED, **change})
    assert (answer.status_code, field_of(answer)) == (422, field)


async def test_who_fails_again_and_again_is_left_alone_for_a_while(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network
) -> None:
    await orchestra.join(SYNC)
    network.mute.add(SYNC_ID)
    for _ in range(BREAKER_FAILURES):
        assert (await client.post("/request", json=PRINTED)).status_code == 504
    assert (await client.post("/request", json=PRINTED)).status_code == 503
    assert len(network.carried) == BREAKER_FAILURES
    orchestra.clock.advance(BREAKER_OPEN_SECONDS)
    network.mute.clear()
    network.answers[SYNC_ID] = saying("well again")
    assert (await client.post("/request", json=PRINTED)).status_code == 200


def test_a_breaker_that_tried_in_vain_waits_again() -> None:
    breaker = Breaker()
    for _ in range(BREAKER_FAILURES):
        assert breaker.lets_through(0)
        breaker = breaker.after(False, 0)
    assert not breaker.lets_through(BREAKER_OPEN_SECONDS - 0.1)
    assert breaker.lets_through(BREAKER_OPEN_SECONDS)
    again = breaker.after(False, BREAKER_OPEN_SECONDS)
    assert not again.lets_through(BREAKER_OPEN_SECONDS)
    assert again.after(True, 99) == Breaker()


async def test_a_line_that_breaks_leaves_nobody_waiting(switchboard: Switchboard) -> None:
    sent: list[dict[str, Any]] = []

    async def send(frame: dict[str, Any]) -> None:
        sent.append(frame)
        line.answered(frame["request_id"], Reply(200, "late is lost"))
        line.answered(frame["request_id"], Reply(200, "twice is once"))

    line = Line(send)
    switchboard.attach(SYNC_ID, line)
    message = Message("request-1", "a", "b", "ping", None, "k", datetime(2026, 1, 1, tzinfo=UTC), (), "t")
    assert (await line.ask(message, 1)).body == "late is lost"
    assert switchboard.detach(line) == {SYNC_ID}
    assert switchboard.line(SYNC_ID) is None
    assert sent[0]["type"] == "request"


async def test_a_newer_stream_is_the_one_that_counts(switchboard: Switchboard) -> None:
    async def send(frame: dict[str, Any]) -> None: ...

    old, new = Line(send), Line(send)
    switchboard.attach(SYNC_ID, old)
    switchboard.attach(SYNC_ID, new)
    assert switchboard.detach(old) == set()
    assert switchboard.line(SYNC_ID) is new


@pytest.mark.parametrize(("alive", "crashed"), [(True, False), (None, False), (False, True)])
async def test_a_stream_that_broke_off_is_a_crash_only_if_a_probe_confirms_it(
    orchestra: Orchestra, conductor: FastAPI, network: Network, alive: bool | None, crashed: bool
) -> None:
    await orchestra.join(SYNC)
    await orchestra.live(1)
    if alive is not None:
        network.alive[SYNC_ID] = alive
    assert await service.confirm_crash(exchange_of(conductor.state.house), SYNC_ID) is crashed
    assert await orchestra.watch() == crashed
    if crashed:
        assert (await orchestra.changes(SYNC_ID))[0].cause == "crashed"
        assert await orchestra.status(SYNC_ID) == "degraded"


async def test_most_streams_breaking_at_once_are_the_conductors_own_trouble(
    orchestra: Orchestra, conductor: FastAPI, network: Network
) -> None:
    ids = await orchestra.join_many(20, SYNC)
    await orchestra.live(5, ids)
    network.alive = dict.fromkeys(ids[:12], False)
    exchange = exchange_of(conductor.state.house)
    assert all(await asyncio.gather(*(service.confirm_crash(exchange, one) for one in ids[:12])))
    assert await orchestra.watch() == 0
    assert (await orchestra.graces())[0].cause == "mass"


async def test_who_connected_again_meanwhile_has_not_crashed(
    orchestra: Orchestra, conductor: FastAPI, network: Network, switchboard: Switchboard
) -> None:
    async def send(frame: dict[str, Any]) -> None: ...

    await orchestra.join(SYNC)
    network.alive[SYNC_ID] = False
    switchboard.attach(SYNC_ID, Line(send))
    assert not await service.confirm_crash(exchange_of(conductor.state.house), SYNC_ID)
    assert not await service.confirm_crash(exchange_of(conductor.state.house), "nobody-001")


async def test_replies_are_forgotten_after_a_day(
    client: httpx.AsyncClient, orchestra: Orchestra, network: Network, database: Database
) -> None:
    await orchestra.join(SYNC)
    network.answers[SYNC_ID] = saying("done")
    await client.post("/request", json=PRINTED, headers={"Idempotency-Key": "once"})
    for seconds, rows in ((24 * 3_600, 1), (1, 0)):
        orchestra.clock.advance(seconds)
        await service.forget_replies(database)
        async with database.begin() as uow:
            assert await uow.connection.fetchval("SELECT count(*) FROM component_requests") == rows


async def test_a_component_is_asked_on_its_own_host_only(orchestra: Orchestra, database: Database) -> None:
    await orchestra.join(replace(SYNC, host="::2"))
    async with database.reading() as connection:
        component = await service.registry.find(connection, SYNC_ID)
    assert request_url(component) == "http://[::2]:9000/request"
    assert request_url(replace(component, request_url="http://10.0.0.9/")) is None
    assert request_url(replace(component, port=0)) is None


def test_every_route_names_its_permission() -> None:
    assert unguarded([*router.routes, *stream_router.routes]) == []
    assert guards([*router.routes, *stream_router.routes]) == {
        "POST /request": "requests.send",
        "WEBSOCKET /heartbeat/stream": "components.heartbeat",
    }
