"""Who may send what to whom: the queue asks the access rules of each message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import httpx
from fastapi import FastAPI

from harmony.adapters.db.pool import Database

PRINTED = {
    "from": "sherlock-hub",
    "to": "echo-git-sync",
    "message_type": "sync-request",
    "payload": {"repository": "my-repo", "force": False},
}


async def test_the_access_rules_are_asked_of_every_message_and_a_refusal_is_in_the_log(
    client: httpx.AsyncClient, database: Database
) -> None:
    rule = {"from": "sherlock-hub", "to": ["global-*"], "allowed_operations": ["write"]}
    assert (await client.post("/access-control", json=rule)).status_code == 200
    denied = await client.post("/queue/send", json=PRINTED)
    assert (denied.status_code, denied.json()["code"]) == (403, "policy.access_denied")
    for change in ({"to": "global-nexus"}, {"from": "somebody-else"}):
        assert (await client.post("/queue/send", json={**PRINTED, **change})).status_code == 200
    batch = await client.post("/queue/send-batch", json={"messages": [PRINTED, {**PRINTED, "to": "global-nexus"}]})
    results = batch.json()["results"]
    assert [(one["status"], one.get("code")) for one in results] == [
        ("refused", "policy.access_denied"),
        ("queued", None),
    ]
    async with database.reading() as connection:
        told = await connection.fetch("SELECT payload FROM journal_entries WHERE kind = 'coordination.access.refused'")
    assert [row["payload"]["to_name"] for row in told] == ["echo-git-sync"] * 2


async def test_where_a_token_is_needed_a_sender_that_no_rule_names_is_denied(
    conductor: FastAPI, client: httpx.AsyncClient, as_operator: Mapping[str, str]
) -> None:
    conductor.state.house = replace(conductor.state.house, local_allowed=False)
    denied = await client.post("/queue/send", json=PRINTED, headers=as_operator)
    assert (denied.status_code, denied.json()["code"]) == (403, "policy.access_denied")
    rule = {"from": "sherlock-hub", "to": ["echo-git-sync"], "allowed_operations": ["sync-request"]}
    assert (await client.post("/access-control", json=rule, headers=as_operator)).status_code == 200
    assert (await client.post("/queue/send", json=PRINTED, headers=as_operator)).status_code == 200


async def test_a_message_sent_with_a_change_of_state_asks_the_same_rules(client: httpx.AsyncClient) -> None:
    rule = {"from": "sherlock-hub", "to": ["global-*"], "allowed_operations": ["write"]}
    assert (await client.post("/access-control", json=rule)).status_code == 200
    body = {"then": [{"set": {"key": "echo:a", "value": 1}}], "message": PRINTED}
    denied = await client.post("/state/transactions", json=body)
    assert (denied.status_code, denied.json()["code"]) == (403, "policy.access_denied")
    assert (await client.get("/state/echo:a")).status_code == 404


async def test_a_component_changes_state_with_messages_and_events_of_its_own_only(
    client: httpx.AsyncClient, as_sherlock: Mapping[str, str]
) -> None:
    change = {"then": [{"set": {"key": "echo:a", "value": 1}}]}
    for told, code in (
        ({"message": {**PRINTED, "from": "echo-git-sync"}}, "queue.not_your_name"),
        ({"event": {"from": "echo-git-sync", "event_type": "entity-moved", "data": {}}}, "events.not_your_name"),
    ):
        refused = await client.post("/state/transactions", json={**change, **told}, headers=as_sherlock)
        assert (refused.status_code, refused.json()["code"]) == (403, code)
    assert (await client.get("/state/echo:a")).status_code == 404
