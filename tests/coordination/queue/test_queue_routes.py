"""The queue on the wire: the printed calls, what completes them, and what is refused."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI
from tests.coordination.orchestra import Orchestra

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.model import Principal
from harmony.commons.journal import jobs as journal_jobs
from harmony.coordination.queue import jobs
from harmony.coordination.queue.errors import QueueFull
from harmony.coordination.queue.model import (
    BATCH_LIMIT_MESSAGES,
    GROUPS_LIMIT,
    PAYLOAD_LIMIT_BYTES,
    RECEIVE_LIMIT_MESSAGES,
)
from harmony.coordination.queue.routes import router, sending
from harmony.coordination.queue.service.send import Gate
from harmony.coordination.queue.writer import Writer
from harmony.kernel.clock import VirtualClock

PRINTED = {
    "from": "sherlock-hub",
    "to": "echo-git-sync",
    "message_type": "sync-request",
    "payload": {"repository": "my-repo", "force": False},
}
QUEUE = {"component": "echo-git-sync"}


async def sent(client: httpx.AsyncClient, **changes: Any) -> str:
    answer = await client.post("/queue/send", json={**PRINTED, **changes})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["message_id"])


async def received(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/queue/receive", params={**QUEUE, **query})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["messages"]
    return found


async def finish(client: httpx.AsyncClient, message: dict[str, Any]) -> httpx.Response:
    call = message["acknowledge"]
    return await client.request(call["method"], call["path"], json=call["body"])


async def test_the_printed_calls_carry_a_message_and_the_answer_names_what_finishes_it(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/queue/send", json=PRINTED)
    assert (answer.status_code, answer.json()["status"]) == (200, "queued")
    [message] = await received(client)
    assert message["message_id"] == answer.json()["message_id"]
    for name, value in PRINTED.items():
        assert message[name] == value
    assert message["attempt"] == 1
    assert (await finish(client, message)).json()["acknowledged"] == [message["message_id"]]
    assert await received(client) == []


async def test_repeating_an_acknowledgement_is_harmless_and_a_lost_lease_is_said(
    client: httpx.AsyncClient, database: Database
) -> None:
    await sent(client)
    [message] = await received(client)
    assert (await finish(client, message)).status_code == 200
    await journal_jobs.stamp(database)
    assert (await finish(client, message)).status_code == 200
    foreign = {"message_id": message["message_id"], "lease_id": "lease-" + "0" * 32}
    for path, more in (("acknowledge", {}), ("reject", {}), ("terminate", {}), ("extend", {"seconds": 5})):
        answer = await client.post(f"/queue/{path}", json={**foreign, **more})
        assert (answer.status_code, answer.json()["code"]) == (409, "queue.lease_lost")


async def test_a_payload_comes_back_as_it_was_sent(client: httpx.AsyncClient) -> None:
    payload = '{"big": 123456789012345678901234567890.50, "nul": "\\u0000", "text": "Grüße"}'
    body = '{"from":"a","to":"echo-git-sync","message_type":"x","payload":' + payload + "}"
    answer = await client.post("/queue/send", content=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 200, answer.text
    text = (await client.get("/queue/receive", params=QUEUE)).text
    assert payload in text


async def test_one_key_is_one_message_whoever_repeats_it(client: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = (await client.post("/queue/send", json=PRINTED, headers=key)).json()
    again = (await client.post("/queue/send", json=PRINTED, headers=key)).json()
    assert (again["message_id"], again["replayed"]) == (first["message_id"], True)
    other = await client.post("/queue/send", json={**PRINTED, "payload": 1}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "queue.key_reused")
    twins = await asyncio.gather(
        *(client.post("/queue/send", json={**PRINTED, "idempotency_key": "k-2"}) for _ in range(5))
    )
    assert len({twin.json()["message_id"] for twin in twins}) == 1
    assert len(await received(client)) == 2


async def test_a_key_is_free_again_after_a_day(client: httpx.AsyncClient, clock: VirtualClock) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = (await client.post("/queue/send", json=PRINTED, headers=key)).json()
    clock.advance(24 * 3600)
    assert (await client.post("/queue/send", json=PRINTED, headers=key)).json()["replayed"]
    clock.advance(1)
    again = (await client.post("/queue/send", json=PRINTED, headers=key)).json()
    assert again["message_id"] != first["message_id"]


async def test_a_batch_is_answered_message_by_message_in_order(client: httpx.AsyncClient) -> None:
    batch = {"messages": [{**PRINTED, "payload": number} for number in range(BATCH_LIMIT_MESSAGES)]}
    key = {"Idempotency-Key": "batch"}
    answer = (await client.post("/queue/send-batch", json=batch, headers=key)).json()
    assert (answer["status"], len(answer["results"])) == ("queued", BATCH_LIMIT_MESSAGES)
    again = (await client.post("/queue/send-batch", json=batch, headers=key)).json()
    assert [one["message_id"] for one in again["results"]] == [one["message_id"] for one in answer["results"]]
    found = await received(client, limit=RECEIVE_LIMIT_MESSAGES)
    assert [message["payload"] for message in found] == list(range(RECEIVE_LIMIT_MESSAGES))


async def test_the_more_urgent_comes_first_and_equals_in_the_order_of_sending(client: httpx.AsyncClient) -> None:
    for priority, payload in ((4, "b"), (9, "a"), (0, "d"), (4, "c")):
        await sent(client, priority=priority, payload=payload)
    assert [message["payload"] for message in await received(client)] == list("abcd")


async def test_messages_of_one_key_come_one_after_the_other(client: httpx.AsyncClient) -> None:
    for payload in (1, 2):
        await sent(client, ordering_key="repo", payload=payload)
    await sent(client, payload="free")
    found = await received(client)
    assert [message["payload"] for message in found] == [1, "free"]
    assert await received(client) == []
    rejected = await client.post("/queue/reject", json={**found[0]["acknowledge"]["body"], "delay_seconds": 60})
    assert rejected.json()["status"] == "scheduled"
    assert await received(client) == [], "what waits for its next attempt still comes before the later ones"


async def test_a_delay_holds_back_and_a_life_ends(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database
) -> None:
    await sent(client, delay_seconds=60, payload="late")
    await sent(client, deliver_at="2026-01-01T00:02:00", payload="later")
    ending = await sent(client, ttl_seconds=30)
    assert [message["message_id"] for message in await received(client, lease_seconds=1)] == [ending]
    clock.advance(30)
    await jobs.tend(database)
    await jobs.tend(database)
    assert await received(client) == []
    [dead] = (await client.get("/queue/dead", params=QUEUE)).json()["messages"]
    assert (dead["message_id"], dead["reason"]) == (ending, "expired")
    clock.advance(30)
    assert [message["payload"] for message in await received(client)] == ["late"]
    clock.advance(60)
    assert [message["payload"] for message in await received(client)] == ["later"]


async def test_a_message_is_dead_after_its_last_attempt_and_can_be_put_back(
    client: httpx.AsyncClient, clock: VirtualClock
) -> None:
    message_id = await sent(client, max_attempts=2)
    for status in ("scheduled", "dead"):
        [message] = await received(client)
        body = {**message["acknowledge"]["body"], "reason": "no such repository"}
        assert (await client.post("/queue/reject", json=body)).json()["status"] == status
        clock.advance(3600)
    [dead] = (await client.get("/queue/dead", params=QUEUE)).json()["messages"]
    assert (dead["attempts"], dead["reason"], dead["payload"]) == (2, "no such repository", PRINTED["payload"])
    redriven = await client.post("/queue/redrive", json={**QUEUE, "message_ids": [message_id]})
    assert redriven.json()["message_ids"] == [message_id]
    [message] = await received(client)
    assert message["attempt"] == 1
    terminated = await client.post("/queue/terminate", json=message["acknowledge"]["body"])
    assert terminated.json()["status"] == "dead"


async def test_dead_letters_are_read_page_by_page(client: httpx.AsyncClient) -> None:
    for number in range(3):
        await sent(client, payload=number)
    for message in await received(client):
        await client.post("/queue/terminate", json=message["acknowledge"]["body"])
    seen, cursor = [], None
    for _ in range(3):
        page = (
            await client.get("/queue/dead", params={**QUEUE, "limit": 1, **({"cursor": cursor} if cursor else {})})
        ).json()
        seen += [dead["payload"] for dead in page["messages"]]
        cursor = page["next_cursor"]
    assert (seen, cursor) == ([0, 1, 2], None)


async def test_a_lease_of_a_stranger_ends_by_itself_unless_it_extends(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database
) -> None:
    await sent(client)
    [message] = await received(client)
    clock.advance(29)
    extended = await client.post("/queue/extend", json={**message["acknowledge"]["body"], "seconds": 60})
    assert extended.json()["status"] == "extended"
    clock.advance(59)
    await jobs.tend(database)
    clock.advance(1)
    assert await received(client) == []
    await jobs.tend(database)
    clock.advance(300)
    [again] = await received(client)
    assert again["attempt"] == 2
    assert (await finish(client, message)).status_code == 409


async def test_a_dead_consumers_messages_return_when_it_dies(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database, orchestra: Orchestra
) -> None:
    made = await client.post("/register", json={"component": "echo-git-sync", "version": "1", "port": 9000})
    consumer = made.json()["component_id"]
    await sent(client)
    [message] = await received(client, consumer=consumer)
    from_now = message["leased_until"]
    assert from_now > "2026-01-01T00:59"
    await orchestra.live(16)
    await journal_jobs.stamp(database)
    await jobs.follow_lives(database)
    assert await received(client) == [], "degraded is not dead"
    await orchestra.live(31)
    await journal_jobs.stamp(database)
    await jobs.follow_lives(database)
    [again] = await received(client)
    assert (again["message_id"], again["attempt"]) == (message["message_id"], 2)
    await journal_jobs.stamp(database)
    events = (await client.get(f"/queue/messages/{message['message_id']}")).json()["history"]
    assert [event["data"].get("cause") for event in events if event["event"] == "message.returned"] == ["consumer_died"]


async def test_what_a_component_held_before_it_began_anew_returns(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database
) -> None:
    whole = {"component": "echo-git-sync", "version": "1", "port": 9000}
    consumer = (await client.post("/register", json=whole)).json()["component_id"]
    await sent(client)
    await sent(client)
    clock.advance(1)
    await received(client, consumer=consumer, limit=1)
    clock.advance(1)
    await client.post("/register", json=whole)
    clock.advance(1)
    [after] = await received(client, consumer=consumer, limit=1)
    await journal_jobs.stamp(database)
    await jobs.follow_lives(database)
    [again] = await received(client, consumer=consumer)
    assert again["message_id"] != after["message_id"]
    assert again["attempt"] == 2


async def test_a_death_that_was_missed_is_found_by_looking(
    client: httpx.AsyncClient, clock: VirtualClock, database: Database, orchestra: Orchestra
) -> None:
    whole = {"component": "echo-git-sync", "version": "1", "port": 9000}
    consumer = (await client.post("/register", json=whole)).json()["component_id"]
    await sent(client)
    await received(client, consumer=consumer)
    await jobs.reconcile(database)
    assert await received(client) == []
    await orchestra.live(16)
    await journal_jobs.stamp(database)
    await orchestra.live(31)
    await journal_jobs.stamp(database)
    await jobs.reconcile(database)
    assert len(await received(client)) == 1


async def test_every_group_gets_its_own_copy_from_its_beginning_on(client: httpx.AsyncClient) -> None:
    await sent(client, payload="before")
    made = await client.post("/queue/groups", json={**QUEUE, "group": "audit"})
    assert made.json()["created"]
    assert not (await client.post("/queue/groups", json={**QUEUE, "group": "audit"})).json()["created"]
    message_id = await sent(client, payload="after")
    assert [message["payload"] for message in await received(client, group="audit")] == ["after"]
    assert [message["payload"] for message in await received(client)] == ["before", "after"]
    standing = (await client.get(f"/queue/messages/{message_id}")).json()["standing"]
    assert [(one["group"], one["state"]) for one in standing] == [("audit", "leased"), ("default", "leased")]
    gone = await client.delete("/queue/groups/echo-git-sync/audit")
    assert gone.json()["dropped"] == 1
    refused = await client.get("/queue/receive", params={**QUEUE, "group": "audit"})
    assert (refused.status_code, refused.json()["code"]) == (404, "queue.group_unknown")
    assert (await client.delete("/queue/groups/echo-git-sync/default")).json()["code"] == "queue.group_fixed"


async def test_a_queue_has_a_bounded_number_of_groups(client: httpx.AsyncClient) -> None:
    for number in range(1, GROUPS_LIMIT):
        assert (await client.post("/queue/groups", json={**QUEUE, "group": f"g{number}"})).status_code == 200
    answer = await client.post("/queue/groups", json={**QUEUE, "group": "more"})
    assert (answer.status_code, answer.json()["code"]) == (409, "queue.groups_full")


async def test_the_biography_tells_all_that_happened_and_nothing_of_the_payload(
    client: httpx.AsyncClient, database: Database
) -> None:
    message_id = await sent(client)
    [message] = await received(client)
    await client.post("/queue/reject", json={**message["acknowledge"]["body"], "delay_seconds": 0})
    [message] = await received(client)
    await finish(client, message)
    await journal_jobs.stamp(database)
    answer = await client.get(f"/queue/messages/{message_id}")
    assert [chapter["event"] for chapter in answer.json()["history"]] == [
        "message.sent",
        "message.leased",
        "message.returned",
        "message.leased",
        "message.acknowledged",
    ]
    assert answer.json()["standing"] == []
    assert "my-repo" not in answer.text and message["lease_id"] not in answer.text
    unknown = await client.get("/queue/messages/message-" + "0" * 32)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "queue.message_unknown")


async def test_whoever_waits_is_woken_by_a_message(client: httpx.AsyncClient) -> None:
    waiting = asyncio.create_task(received(client, wait=30))
    await asyncio.sleep(0)
    message_id = await sent(client)
    assert [message["message_id"] for message in await asyncio.wait_for(waiting, 10)] == [message_id]


async def test_whoever_waits_is_told_when_the_server_ends_and_when_time_is_over(
    client: httpx.AsyncClient, conductor: FastAPI, clock: VirtualClock
) -> None:
    bells: Bells = conductor.state.house.port(Bells)
    first = asyncio.create_task(received(client, wait=30))
    await until_waiting(bells, "queue echo-git-sync")
    clock.advance(31)
    assert await asyncio.wait_for(first, 10) == []
    second = asyncio.create_task(received(client, wait=30))
    await until_waiting(bells, "queue echo-git-sync")
    conductor.state.closing.set()
    assert await asyncio.wait_for(second, 10) == []


async def until_waiting(bells: Bells, name: str) -> None:
    while not bells.waited_for(name):
        await asyncio.sleep(0)
    for _ in range(50):
        await asyncio.sleep(0)


async def test_a_full_queue_refuses_and_takes_again_when_there_is_room(
    client: httpx.AsyncClient, conductor: FastAPI
) -> None:
    writer: Writer = conductor.state.house.port(Writer)
    writer.gate = Gate(queue_limit=3, sender_limit=2, queues_limit=2)
    for sender in ("a", "a", "b"):
        await sent(client, **{"from": sender})
    full = await client.post("/queue/send", json=PRINTED, headers={"Idempotency-Key": "k"})
    assert (full.status_code, full.json()["code"]) == (429, QueueFull.code)
    assert full.headers["Retry-After"] == "1"
    batch = (await client.post("/queue/send-batch", json={"messages": [PRINTED, {**PRINTED, "to": "other"}]})).json()
    assert [one["status"] for one in batch["results"]] == ["refused", "queued"]
    third = await client.post("/queue/send", json={**PRINTED, "to": "third"})
    assert (third.status_code, third.json()["code"]) == (409, "queue.too_many_queues")
    [message, *_] = await received(client, limit=1)
    await finish(client, message)
    over = await client.post("/queue/send", json={**PRINTED, "from": "a"})
    assert over.status_code == 200, "one of two was finished"
    [message, *_] = await received(client, limit=1)
    await finish(client, message)
    assert (
        await client.post("/queue/send", json={**PRINTED, "from": "b"}, headers={"Idempotency-Key": "k"})
    ).is_success


async def test_one_sender_does_not_fill_everybodys_queue(client: httpx.AsyncClient, conductor: FastAPI) -> None:
    conductor.state.house.port(Writer).gate = Gate(queue_limit=10, sender_limit=2)
    for _ in range(2):
        await sent(client)
    over = await client.post("/queue/send", json=PRINTED)
    assert (over.status_code, over.json()["code"]) == (429, "queue.sender_over_quota")
    await sent(client, **{"from": "somebody-else"})


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"from": ""}, "from"),
    ({"from": "Sherlock Hub"}, "from"),
    ({"to": "a\n"}, "to"),
    ({"to": "a" * 65}, "to"),
    ({"to": 7}, "to"),
    ({"message_type": "a b"}, "message_type"),
    ({"priority": 10}, "priority"),
    ({"priority": -1}, "priority"),
    ({"priority": True}, "priority"),
    ({"delay_seconds": -1}, "delay_seconds"),
    ({"delay_seconds": 30 * 86_400 + 1}, "delay_seconds"),
    ({"deliver_at": "yesterday"}, "deliver_at"),
    ({"deliver_at": "2027-01-01T00:00:00Z"}, "deliver_at"),
    ({"ttl_seconds": 0}, "ttl_seconds"),
    ({"max_attempts": 0}, "max_attempts"),
    ({"max_attempts": 101}, "max_attempts"),
    ({"ordering_key": "a b"}, "ordering_key"),
    ({"idempotency_key": ""}, "idempotency_key"),
    ({"payload": "x" * (PAYLOAD_LIMIT_BYTES - 1)}, "payload"),
]


async def test_a_wrong_field_is_refused_by_its_name_and_nothing_is_sent(client: httpx.AsyncClient) -> None:
    for change, field in WRONG:
        answer = await client.post("/queue/send", json={**PRINTED, **change})
        assert (answer.status_code, answer.json()["details"]["field"]) == (422, field), answer.text
        batch = await client.post("/queue/send-batch", json={"messages": [PRINTED, {**PRINTED, **change}]})
        assert batch.status_code == 422, change
        assert batch.json()["details"]["field"].endswith(field)
    for name in ("from", "to", "message_type"):
        without = {key: value for key, value in PRINTED.items() if key != name}
        answer = await client.post("/queue/send", json=without)
        assert (answer.status_code, answer.json()["details"]["field"]) == (422, name)
    assert await received(client) == []


NO_MESSAGES = [
    b"",
    b"{",
    b"[]",
    b"\xff",
    b'{"from":"a","to":"b","message_type":"c","payload":"\xff"}',
    b'{"from":"a","to":"b","message_type":"c","payload":"\x00"}',
    b"[" * 100_000,
]


async def test_what_is_no_message_is_refused(client: httpx.AsyncClient) -> None:
    for body in NO_MESSAGES:
        answer = await client.post("/queue/send", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (422, "queue.message_invalid"), body[:80]


async def test_other_media_types_and_other_sites_are_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/queue/send", content=b"{}", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (415, "queue.json_only")
    crossing = await client.get("/queue/receive", params=QUEUE, headers={"Sec-Fetch-Site": "cross-site"})
    assert (crossing.status_code, crossing.json()["code"]) == (403, "queue.cross_site_refused")


async def test_a_payload_at_its_limit_is_taken_and_an_empty_acknowledgement_is_not(client: httpx.AsyncClient) -> None:
    await sent(client, payload="x" * (PAYLOAD_LIMIT_BYTES - 2))
    answer = await client.post("/queue/acknowledge", json={})
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, "message_id")


async def test_a_component_with_a_token_acts_under_its_own_name_only(
    client: httpx.AsyncClient, conductor: FastAPI
) -> None:
    house: House = conductor.state.house
    principal = Principal("component-sherlock-hub", "component", "sherlock-hub", ("component",))
    token = house.signer.sign(principal, house.database.clock.now().timestamp())
    proof = {"Authorization": f"Bearer {token}"}
    assert (await client.post("/queue/send", json=PRINTED, headers=proof)).is_success
    forged = await client.post("/queue/send", json={**PRINTED, "from": "global-nexus"}, headers=proof)
    assert (forged.status_code, forged.json()["code"]) == (403, "queue.not_your_name")
    assert (await client.get("/queue/receive", params=QUEUE, headers=proof)).status_code == 403


async def test_depths_are_told_by_queue_and_group(client: httpx.AsyncClient) -> None:
    await sent(client)
    await sent(client, delay_seconds=5)
    await received(client, limit=1)
    [depth] = (await client.get("/queue")).json()["queues"]
    assert (depth["scheduled"], depth["ready"], depth["leased"], depth["dead"]) == (1, 0, 1, 0)


def test_every_route_names_its_permission() -> None:
    routes = [*router.routes, *sending.routes]
    assert unguarded(routes) == []
    assert set(guards(routes).values()) == {"queue.send", "queue.receive", "queue.read", "queue.manage"}
