"""Who may do what to whom: the decision, and its interface."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from harmony.adapters.db.pool import Database
from harmony.adapters.http import problems
from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.service import Signer
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.service import Journal
from harmony.commons.policy import service
from harmony.commons.policy.errors import AccessDenied
from harmony.commons.policy.model import RULES_LIMIT, Ask, Rule, decide
from harmony.commons.policy.routes import router

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
PRINTED = {
    "from": "sherlock-hub",
    "to": ["echo-git-sync", "global-cortex"],
    "allowed_operations": ["read", "write"],
}


def rule(from_name: str, to_name: str, *operations: str) -> Rule:
    return Rule(f"rule-{from_name}-{to_name}", from_name, (to_name,), operations, "local", NOON)


RULES = [
    rule("hub", "sync", "read"),
    rule("hub", "cortex-*", "*"),
    rule("robot-*", "*", "sync-*", "ping"),
    rule("mute", "*"),
]


@pytest.mark.parametrize(
    ("sender", "target", "operation", "allowed"),
    [
        ("hub", "sync", "read", True),
        ("hub", "sync", "get-sync-status", True),
        ("hub", "sync", "ping", True),
        ("hub", "sync", "write", False),
        ("hub", "sync", "sync-request", False),
        ("hub", "cortex-eu", "delete-all", True),
        ("hub", "cortex", "read", False),
        ("hub", "other", "read", False),
        ("robot-7", "anything", "sync-request", True),
        ("robot-7", "anything", "get-status", False),
        ("robot", "anything", "sync-request", True),
        ("mute", "sync", "read", False),
    ],
)
def test_whom_a_rule_names_may_do_what_its_rules_allow(sender: str, target: str, operation: str, allowed: bool) -> None:
    named = [one for one in RULES if decide([one], Ask(sender, target, operation), token_needed=True).rule]
    decision = decide(RULES, Ask(sender, target, operation), token_needed=False)
    assert decision.allowed is (allowed if named else True)
    if named:
        assert decision.rule in named


@pytest.mark.parametrize("token_needed", [True, False])
def test_whom_no_rule_names_is_denied_where_a_token_is_needed(token_needed: bool) -> None:
    decision = decide(RULES, Ask("stranger", "sync", "read"), token_needed=token_needed)
    assert (decision.allowed, decision.rule) == (not token_needed, None)


@pytest_asyncio.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    problems.install(app, database.clock.now)
    app.state.house = House(database, Journal(database), await Signer.load(database))
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8888") as found:
        yield found


async def test_the_printed_rule_is_set_and_listed_and_set_again_under_the_same_id(client: httpx.AsyncClient) -> None:
    first = await client.post("/access-control", json=PRINTED)
    assert first.status_code == 200
    assert {name: first.json()[name] for name in PRINTED} == PRINTED
    assert first.json()["status"] == "configured"
    changed = await client.post("/access-control", json={**PRINTED, "allowed_operations": ["read"]})
    assert changed.json()["rule_id"] == first.json()["rule_id"]
    (listed,) = (await client.get("/access-control")).json()["rules"]
    assert listed["allowed_operations"] == ["read"]


async def test_explain_names_the_rule_that_decides(client: httpx.AsyncClient) -> None:
    made = (await client.post("/access-control", json={**PRINTED, "allowed_operations": ["read"]})).json()

    async def explained(sender: str, target: str, operation: str) -> tuple[bool, str | None]:
        params = {"from": sender, "to": target, "operation": operation}
        answer = (await client.get("/access-control/explain", params=params)).json()
        return answer["allowed"], answer["rule"] and answer["rule"]["rule_id"]

    assert await explained("sherlock-hub", "echo-git-sync", "read") == (True, made["rule_id"])
    assert await explained("sherlock-hub", "echo-git-sync", "sync-request") == (False, made["rule_id"])
    assert await explained("sherlock-hub", "global-nexus", "read") == (False, made["rule_id"])
    assert await explained("global-nexus", "sherlock-hub", "read") == (True, None)


async def test_a_rule_can_be_taken_away_once(client: httpx.AsyncClient) -> None:
    made = (await client.post("/access-control", json=PRINTED)).json()
    path = f"/access-control/{made['rule_id']}"
    assert (await client.delete(path)).status_code == 200
    assert (await client.delete(path)).status_code == 404
    assert (await client.get("/access-control")).json() == {"rules": []}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"from": "Two Words"}, "from"),
        ({"from": "a*b"}, "from"),
        ({"to": []}, "to"),
        ({"to": ["x"] * 65}, "to"),
        ({"to": ["nul\x00"]}, "to.0"),
        ({"allowed_operations": ["o"] * 33}, "allowed_operations"),
        ({"allowed_operations": "read"}, "allowed_operations"),
    ],
)
async def test_a_bad_rule_is_refused_by_the_name_of_its_field(
    client: httpx.AsyncClient, change: dict[str, object], field: str
) -> None:
    answer = await client.post("/access-control", json={**PRINTED, **change})
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, field)


async def test_rules_have_a_bound(client: httpx.AsyncClient, database: Database) -> None:
    async with database.begin() as uow:
        await uow.connection.execute(
            "INSERT INTO access_rules SELECT 'rule-' || n, 'hub-' || n, '{x}', '{read}', 'local', now()"
            " FROM generate_series(1, $1::integer) AS n",
            RULES_LIMIT,
        )
    assert (await client.post("/access-control", json=PRINTED)).status_code == 409


async def test_every_change_and_every_refusal_is_in_the_log(client: httpx.AsyncClient, database: Database) -> None:
    made = (await client.post("/access-control", json={**PRINTED, "allowed_operations": []})).json()
    with pytest.raises(AccessDenied):
        ask = Ask("sherlock-hub", "echo-git-sync", "read")
        await service.check(database, ask, token_needed=False, actor="local", trace="a" * 32)
    await client.delete(f"/access-control/{made['rule_id']}")
    await journal_jobs.stamp(database)
    entries = await Journal(database).read(0)
    assert [entry.kind for entry in entries] == [
        "coordination.access_rule.set",
        "coordination.access.refused",
        "coordination.access_rule.removed",
    ]
    assert entries[1].payload["rule_id"] == made["rule_id"]
    assert {entry.actor for entry in entries} == {"local"}


def test_every_route_names_its_permission() -> None:
    assert unguarded(router.routes) == []
    assert set(guards(router.routes).values()) == {"access.manage"}
