"""Shared state on the wire: versions, transactions, lives, locks, watches."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
from fastapi import FastAPI
from tests.coordination.events.test_events_routes import subscribed

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.model import Principal
from harmony.commons.journal import jobs as journal_jobs
from harmony.coordination.state import jobs
from harmony.coordination.state.model import HISTORY_LIMIT_VERSIONS, OPERATIONS_LIMIT, VALUE_LIMIT_BYTES
from harmony.coordination.state.routes import router
from harmony.kernel.clock import VirtualClock

KEY = "echo:global:state"
OPERATIONAL = {"status": "operational", "mode": "production"}


async def put(client: httpx.AsyncClient, key: str, value: Any, **more: Any) -> httpx.Response:
    return await client.put(f"/state/{key}", json={"value": value, **more})


async def version(client: httpx.AsyncClient, key: str, value: Any, **more: Any) -> int:
    answer = await put(client, key, value, **more)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["version"])


async def test_a_key_is_set_read_listed_and_deleted(client: httpx.AsyncClient) -> None:
    assert (await put(client, KEY, OPERATIONAL)).status_code == 200
    found = (await client.get(f"/state/{KEY}")).json()
    assert (found["value"], json.loads(found["text"])) == (OPERATIONAL, OPERATIONAL)
    await put(client, "echo:test:value", "hello")
    listed = (await client.get("/state", params={"prefix": "echo:test:"})).json()["values"]
    assert [(value["key"], value["value"], value["text"]) for value in listed] == [
        ("echo:test:value", "hello", "hello")
    ]
    assert (await client.delete(f"/state/{KEY}")).json() == {"status": "deleted", "key": KEY}
    gone = await client.get(f"/state/{KEY}")
    assert (gone.status_code, gone.json()["code"]) == (404, "state.key_unknown")
    assert (await client.delete(f"/state/{KEY}")).status_code == 200


async def test_keys_are_listed_page_by_page(client: httpx.AsyncClient) -> None:
    for number in range(5):
        await put(client, f"echo:page:{number}", number)
    seen: list[Any] = []
    after: str | None = ""
    while after is not None:
        page = (await client.get("/state", params={"prefix": "echo:page:", "limit": 2, "after": after})).json()
        seen += [value["value"] for value in page["values"]]
        after = page["next_after"]
    assert seen == list(range(5))


async def test_compare_and_set_lets_one_of_many_through(client: httpx.AsyncClient) -> None:
    first = await version(client, KEY, 0)
    answers = await asyncio.gather(*(put(client, KEY, number, if_version=first) for number in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409).json()
    now = (await client.get(f"/state/{KEY}")).json()["version"]
    assert (refused["code"], refused["details"]["versions"]) == ("state.version_conflict", {KEY: now})
    created = await asyncio.gather(*(put(client, "echo:new", number, if_version=0) for number in range(5)))
    assert sorted(answer.status_code for answer in created) == [200, 409, 409, 409, 409]


async def test_a_version_never_comes_twice(client: httpx.AsyncClient) -> None:
    first = await version(client, KEY, 1)
    await client.delete(f"/state/{KEY}", params={"if_version": first})
    again = await version(client, KEY, 1)
    assert again > first
    assert (await put(client, KEY, 2, if_version=first)).status_code == 409
    assert (await client.delete(f"/state/{KEY}", params={"if_version": first})).status_code == 409


async def test_a_transaction_changes_all_or_nothing_with_its_message_and_its_event(
    client: httpx.AsyncClient, database: Database
) -> None:
    known = await version(client, "echo:a", 1)
    body = {
        "if": [{"key": "echo:a", "version": known}, {"key": "echo:b", "version": 0}],
        "then": [{"set": {"key": "echo:b", "value": 2}}, {"delete": {"key": "echo:a"}}],
        "message": {"from": "sherlock-hub", "to": "echo-git-sync", "message_type": "moved", "payload": [1]},
        "event": {"from": "sherlock-hub", "event_type": "entity-moved", "data": {"to": "b"}},
    }
    done = await client.post("/state/transactions", json=body)
    assert done.status_code == 200, done.text
    assert (done.json()["values"]["echo:b"]["value"], done.json()["values"]["echo:a"]) == (2, None)
    again = await client.post("/state/transactions", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "state.version_conflict")
    [message] = (await client.get("/queue/receive", params={"component": "echo-git-sync"})).json()["messages"]
    assert (message["message_id"], message["payload"]) == (done.json()["message_id"], [1])
    await journal_jobs.stamp(database)
    names = [event["event"] for event in (await client.get("/events")).json()["events"]]
    assert names[1:5] == ["state.changed", "state.changed", "message.sent", "entity-moved"]
    wrong = {**body, "if": [], "message": {"from": "x"}}
    refused = await client.post("/state/transactions", json=wrong)
    assert (refused.status_code, refused.json()["details"]["field"]) == (422, "message")
    assert (await client.get("/state/echo:b")).json()["version"] == done.json()["values"]["echo:b"]["version"]


async def test_a_key_with_a_time_to_live_is_gone_at_that_instant_and_told_soon(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database
) -> None:
    known = await version(client, KEY, 1, ttl_seconds=10)
    clock.advance(9.999)
    assert (await client.get(f"/state/{KEY}")).status_code == 200
    clock.advance(0.001)
    assert (await client.get(f"/state/{KEY}")).status_code == 404
    assert (await put(client, KEY, 2, if_version=known)).status_code == 409
    await jobs.tend(database)
    await journal_jobs.stamp(database)
    moves = [event["data"]["move"] for event in (await client.get("/events")).json()["events"]]
    assert moves == ["set", "expired"]
    assert await version(client, KEY, 3, if_version=0) > known


async def test_keys_go_with_their_lease(client: httpx.AsyncClient, clock: VirtualClock, database: Database) -> None:
    lease = (await client.post("/state/leases", json={"ttl_seconds": 10})).json()["lease_id"]
    await version(client, "echo:member:1", "here", lease_id=lease)
    clock.advance(9)
    assert (await client.post(f"/state/leases/{lease}/renew")).status_code == 200
    clock.advance(9)
    await jobs.tend(database)
    assert (await client.get("/state/echo:member:1")).status_code == 200
    assert (await client.delete(f"/state/leases/{lease}")).json()["status"] == "ended"
    assert (await client.get("/state/echo:member:1")).status_code == 404
    for answer in (
        await client.post(f"/state/leases/{lease}/renew"),
        await client.delete(f"/state/leases/{lease}"),
        await put(client, KEY, 1, lease_id=lease),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "state.lease_unknown")
    short = (await client.post("/state/leases", json={"ttl_seconds": 10})).json()["lease_id"]
    await version(client, "echo:member:2", "here", lease_id=short)
    clock.advance(10)
    assert (await client.get("/state/echo:member:2")).status_code == 404
    assert (await client.post(f"/state/leases/{short}/renew")).status_code == 404


async def test_a_locks_token_only_grows_and_an_old_one_is_fenced_off(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database
) -> None:
    first = (await client.post("/state/locks/leader/acquire", json={"owner": "hub-001"})).json()
    held = await client.post("/state/locks/leader/acquire", json={"owner": "hub-002"})
    assert (held.status_code, held.json()["code"], held.json()["details"]["owner"]) == (
        409,
        "state.lock_held",
        "hub-001",
    )
    fence = {"lock": "leader", "token": first["token"]}
    await version(client, KEY, "by the first", fence=fence)
    clock.advance(29)
    assert (await client.post("/state/locks/leader/renew", json={"token": first["token"]})).status_code == 200
    clock.advance(30)
    assert (await client.get("/state/locks/leader")).json()["owner"] is None
    assert (await put(client, KEY, "too late", fence=fence)).json()["code"] == "state.lock_lost"
    second = (await client.post("/state/locks/leader/acquire", json={"owner": "hub-002"})).json()
    assert second["token"] > first["token"]
    for path in ("renew", "release"):
        answer = await client.post(f"/state/locks/leader/{path}", json={"token": first["token"]})
        assert (answer.status_code, answer.json()["code"]) == (409, "state.lock_lost")
    released = await client.post("/state/locks/leader/release", json={"token": second["token"]})
    assert released.json()["owner"] is None
    third = (await client.post("/state/locks/leader/acquire", json={"owner": "hub-003", "seconds": 1})).json()
    assert third["token"] > second["token"]
    clock.advance(1)
    await jobs.tend(database)
    await journal_jobs.stamp(database)
    events = (await client.get("/events", params={"event_type": "state.lock_passed"})).json()["events"]
    owners = [event["data"]["owner"] for event in events]
    assert owners == ["hub-001", "hub-002", None, "hub-003", None]


async def test_whoever_waits_for_a_lock_gets_it_when_it_is_let_go(
    client: httpx.AsyncClient, conductor: FastAPI
) -> None:
    first = (await client.post("/state/locks/leader/acquire", json={"owner": "a"})).json()
    waiting = [
        asyncio.create_task(client.post("/state/locks/leader/acquire", json={"owner": name, "wait": 30}))
        for name in ("b", "c")
    ]
    await client.post("/state/locks/leader/release", json={"token": first["token"]})
    done, left = await asyncio.wait(waiting, timeout=10, return_when=asyncio.FIRST_COMPLETED)
    assert [task.result().status_code for task in done] == [200]
    conductor.state.closing.set()
    for task in left:
        assert (await asyncio.wait_for(task, 10)).status_code == 409


async def test_history_tells_earlier_values_and_is_bounded(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database
) -> None:
    for number in range(3):
        await version(client, KEY, number)
    await client.delete(f"/state/{KEY}")
    versions = (await client.get(f"/state/{KEY}/history")).json()["versions"]
    assert [one["text"] for one in versions] == [None, "2", "1", "0"]
    clock.advance(31 * 86_400)
    await jobs.forget(database)
    assert (await client.get(f"/state/{KEY}/history")).status_code == 404
    for number in range(HISTORY_LIMIT_VERSIONS + 2):
        await version(client, KEY, number)
    await jobs.forget(database)
    kept = (await client.get(f"/state/{KEY}/history")).json()["versions"]
    assert (len(kept), kept[-1]["value"]) == (HISTORY_LIMIT_VERSIONS, 2)


async def test_a_watch_tells_each_change_of_its_keys_with_its_value(
    conductor: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    house: House = conductor.state.house
    async with subscribed(conductor, path="/state/subscribe", prefix="echo:global:") as frames:
        await frames.listening()
        await version(client, KEY, OPERATIONAL)
        await version(client, "echo:other", 1)
        await client.delete(f"/state/{KEY}")
        await journal_jobs.stamp(database)
        house.journal.moved()
        first, second = await frames.event(), await frames.event()
    assert (first["event"], first["data"]["key"], first["data"]["value"]) == ("state.changed", KEY, OPERATIONAL)
    assert (second["data"]["move"], second["data"]["value"], second["prev"]) == ("deleted", None, first["revision"])
    assert second["revision"] == first["revision"] + 2, "a change of another key lies between"
    async with subscribed(conductor, {"Last-Event-ID": "otherlog:1"}, path="/state/subscribe") as frames:
        reset = await frames.event()
    assert [value["key"] for value in reset["data"]["snapshot"]["values"]] == ["echo:other"]


async def test_values_are_kept_as_they_are_and_bounded(client: httpx.AsyncClient) -> None:
    for text in ("", " ", "5", "Grüße", '{"a": 1.10}', "NaN", "[" * 50_000):
        await version(client, KEY, text)
        assert (await client.get(f"/state/{KEY}")).json()["text"] == text
    await version(client, KEY, "x" * VALUE_LIMIT_BYTES)
    large = await put(client, KEY, "x" * (VALUE_LIMIT_BYTES + 1))
    assert (large.status_code, large.json()["code"]) == (413, "state.value_too_large")
    for body in (b'{"value":"\\u0000"}', b'{"value":"\\ud800"}', b'{"value":{"a":"\\ud800"}}', b'{"value":1e999}'):
        answer = await client.put(f"/state/{KEY}", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, body


async def test_bad_questions_are_refused(client: httpx.AsyncClient) -> None:
    for key in ("other:key", "echo:", "echo:a b", "echo:" + "x" * 252, "echo:%00", "echo:%C3%BC"):
        assert (await put(client, key, 1)).status_code == 422, key
    for more in (
        {"ttl_seconds": 0},
        {"ttl_seconds": 30 * 86_400 + 1},
        {"if_version": -1},
        {"if_version": 2**63},
        {"lease_id": "x"},
        {"ttl_seconds": 1, "lease_id": "lease-" + "0" * 32},
        {"fence": {"lock": "leader", "token": 0}},
    ):
        assert (await put(client, KEY, 1, **more)).status_code == 422, more
    one = {"set": {"key": KEY, "value": 1}}
    for body in ({"then": [{}]}, {"then": [{**one, "delete": {"key": KEY}}]}, {"then": [one] * (OPERATIONS_LIMIT + 1)}):
        assert (await client.post("/state/transactions", json=body)).status_code == 422
    assert (await client.post("/state/transactions", json={"then": [one] * OPERATIONS_LIMIT})).status_code == 200


async def test_a_repeated_change_with_its_key_is_one_change(client: httpx.AsyncClient) -> None:
    once = {"Idempotency-Key": "once"}
    first = await client.put(f"/state/{KEY}", json={"value": 1}, headers=once)
    again = await client.put(f"/state/{KEY}", json={"value": 1}, headers=once)
    assert first.json()["version"] == again.json()["version"]


async def test_sending_with_a_change_needs_the_permission_to_send(
    client: httpx.AsyncClient, conductor: FastAPI
) -> None:
    house: House = conductor.state.house
    seeker = Principal("person-otto", "person", "Otto Example", ("seeker",))
    proof = {"Authorization": "Bearer " + house.signer.sign(seeker, house.database.clock.now().timestamp())}
    assert (await client.get("/state", headers=proof)).status_code == 403


def test_every_route_names_its_permission() -> None:
    assert unguarded(router.routes) == []
    assert set(guards(router.routes).values()) == {"state.read", "state.write"}
