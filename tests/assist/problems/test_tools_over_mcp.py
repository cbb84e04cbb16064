"""The tools as an agent calls them: the SDK's client, the plane as it is mounted, real tokens, a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import httpx2
import jsonschema
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from tests.assist.conftest import Live

from harmony.adapters.db.pool import Database

Era = Literal["legacy", "auto"]
ERAS: tuple[Era, ...] = ("legacy", "auto")
LOG = "Traceback (most recent call last):\n  File \"/srv/app/glaze.py\", line 3, in mix\nKeyError: 'cobalt'\n"
SECRET = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"


@asynccontextmanager
async def agent(live: Live, who: str, era: Era = "auto") -> AsyncIterator[Client]:
    """An agent that holds the token of ``who``."""
    transport = httpx2.ASGITransport(app=live.app)
    proof = live[who].headers["Authorization"]
    async with (
        httpx2.AsyncClient(transport=transport, headers={"Authorization": proof}) as http,
        Client(streamable_http_client("http://live.test/mcp", http_client=http), mode=era) as client,
    ):
        yield client


@pytest.mark.parametrize("era", ERAS)
async def test_the_tools_are_listed_with_schemas_that_their_results_fit(live: Live, era: Era) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "detectProblem": {"log": LOG, "exitCode": 1},
        "classifyIssue": {"text": LOG},
        "extractContext": {"log": LOG},
        "reportActivity": {
            "runId": "r",
            "events": [{"eventId": str(n), "role": "tool", "text": LOG} for n in range(4)],
        },
    }
    async with agent(live, "wanda", era) as client:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(listed) == set(arguments)
        for name, tool in listed.items():
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            assert tool.output_schema is not None
            jsonschema.Draft202012Validator.check_schema(tool.output_schema)
            answer = await client.call_tool(name, arguments[name])
            assert not answer.is_error
            jsonschema.validate(arguments[name], tool.input_schema)
            jsonschema.validate(answer.structured_content, tool.output_schema)
            assert answer.content[0].type == "text"
            assert "KeyError: 'cobalt'" in answer.content[0].text
        assert listed["detectProblem"].annotations is not None
        assert listed["detectProblem"].annotations.read_only_hint is False
        assert listed["classifyIssue"].annotations is not None
        assert listed["classifyIssue"].annotations.read_only_hint is True


async def test_a_report_by_an_agent_is_kept_and_counted_as_one_over_http_is(live: Live) -> None:
    async with agent(live, "wanda") as client:
        first = (await client.call_tool("detectProblem", {"log": LOG})).structured_content
        second = (await client.call_tool("detectProblem", {"log": LOG})).structured_content
        await client.call_tool("classifyIssue", {"text": LOG})
        await client.call_tool("extractContext", {"log": LOG})
    kept = (await live["wanda"].get("/v1/problems")).json()["items"]
    assert [item["contextId"] for item in kept] == [second["contextId"], first["contextId"]], "and nothing else is kept"
    assert (first["occurrences"], second["occurrences"]) == (1, 2)


async def test_a_role_without_the_permission_is_told_which_it_needs_and_it_is_journalled(
    live: Live, admitted: Database
) -> None:
    async with agent(live, "cora") as client:
        assert len((await client.list_tools()).tools) == 4
        for name, arguments in (("detectProblem", {"log": LOG}), ("extractContext", {"nonsense": 1})):
            answer = await client.call_tool(name, arguments)
            assert answer.is_error
            assert answer.content[0].type == "text"
            assert "identity.permission_missing" in answer.content[0].text
            assert "problems.report" in answer.content[0].text
    await live.stamp()
    async with admitted.reading() as connection:
        refused = await connection.fetch("SELECT payload FROM journal_entries WHERE kind LIKE '%access_refused%'")
    assert len(refused) == 2


async def test_who_does_not_say_who_he_is_gets_a_problem_document(live: Live) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"accept": "application/json, text/event-stream"}
    answer = await live["nobody"].post("/mcp", json=message, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    forged = await live["nobody"].post("/mcp", json=message, headers={**headers, "Authorization": "Bearer hmy_forged"})
    assert (forged.status_code, forged.json()["code"]) == (401, "identity.token_refused")


async def test_wrong_arguments_and_secrets_never_come_back(live: Live) -> None:
    async with agent(live, "wanda") as client:
        for arguments in ({"log": [SECRET]}, {SECRET: SECRET}, {"log": LOG, "userId": SECRET}, {"exitCode": SECRET}):
            answer = await client.call_tool("detectProblem", arguments)
            assert answer.is_error
            assert SECRET not in answer.model_dump_json()
        read = await client.call_tool("extractContext", {"log": f"token: {SECRET}\n{LOG}"})
        assert SECRET not in read.model_dump_json()


@pytest.mark.parametrize(
    ("method", "params", "key"),
    [
        ("classifyIssue", {"text": LOG}, "category"),
        ("extractContext", {"log": LOG, "tailLines": 1}, "decisiveFailure"),
    ],
)
async def test_the_same_tools_are_json_rpc_methods(live: Live, method: str, params: dict[str, Any], key: str) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    over_rpc = (await live["wanda"].post("/rpc", json=request)).json()["result"]
    async with agent(live, "wanda") as client:
        over_mcp = (await client.call_tool(method, params)).structured_content
    assert over_rpc == over_mcp
    assert over_rpc[key]
    refused = (await live["cora"].post("/rpc", json=request)).json()
    assert refused["error"]["data"]["details"]["permission"] == "problems.report"
    wrong = {**request, "params": {SECRET: SECRET}}
    answer = await live["wanda"].post("/rpc", json=wrong)
    assert answer.json()["error"]["code"] == -32602
    assert SECRET not in answer.text
