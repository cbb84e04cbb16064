"""Agents at the door: the SDK's client over standard input and output, and over HTTP against a running Harmony."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import anyio
import httpx
import httpx2
import jsonschema
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import PARSE_ERROR
from tests import harmony as houses
from tests.harmony import COMMAND, Harmony
from tests.postgres import reachable_folder

Era = Literal["legacy", "auto"]
ERAS: tuple[Era, ...] = ("legacy", "auto")
GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "agents.md"
SECRET = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"
LOG = f"""export GITHUB_TOKEN={SECRET}
Traceback (most recent call last):
  File "/home/rowan/kiln.py", line 7, in fire
    raise OverflowError("cone 10 is too hot")
OverflowError: cone 10 is too hot
"""
ARGUMENTS: dict[str, dict[str, Any]] = {
    "detectProblem": {"log": LOG, "exitCode": 1},
    "classifyIssue": {"text": LOG},
    "extractContext": {"log": LOG},
}
OVER_HTTP = {
    **ARGUMENTS,
    "reportActivity": {"runId": "an agent's", "events": [{"eventId": "1", "role": "tool", "text": LOG, "error": True}]},
}
BODY_LIMIT_BYTES = 1024 * 1024
HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@asynccontextmanager
async def over_stdio(
    *options: str, era: Era = "auto", errors: Any = None, token: str | None = None
) -> AsyncIterator[Client]:
    """An agent whose client started `harmony mcp`; without ``options`` no Harmony runs in the data folder."""
    given = options or ("--data", "/nonexistent/harmony")
    environment = {**os.environ, **({"HARMONY_TOKEN": token} if token else {})}
    server = StdioServerParameters(command=COMMAND[0], args=["mcp", *given], env=environment)
    with tempfile.TemporaryFile("w") as unread:
        async with Client(stdio_client(server, errors or unread), mode=era) as client:
            yield client


@asynccontextmanager
async def over_http(harmony: Harmony, era: Era = "auto", token: str | None = None) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {token or harmony.operator_token}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60, trust_env=False) as http,
        Client(streamable_http_client(f"{harmony.url}/mcp", http_client=http), mode=era) as client,
    ):
        yield client


async def listed_and_called(client: Client) -> dict[str, dict[str, Any]]:
    """Every tool called once, its result held against the schema that was listed for it."""
    found = {}
    for tool in (await client.list_tools()).tools:
        assert tool.output_schema is not None
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is (tool.name not in ("detectProblem", "reportActivity"))
        answer = await client.call_tool(tool.name, OVER_HTTP[tool.name])
        assert not answer.is_error, answer.content
        jsonschema.validate(answer.structured_content, tool.output_schema)
        assert SECRET not in answer.model_dump_json()
        found[tool.name] = answer.structured_content
    return found


async def refusals_quote_nothing(client: Client) -> None:
    for arguments in (
        {"log": {SECRET: SECRET}},
        {SECRET: SECRET},
        {"log": "x" * 300_000 + SECRET},
        {"exitCode": SECRET},
    ):
        answer = await client.call_tool("detectProblem", arguments)
        assert answer.is_error
        assert SECRET not in answer.model_dump_json()


@pytest.mark.parametrize("era", ERAS)
async def test_over_stdio_without_a_server_all_three_answer(era: Era) -> None:
    async with over_stdio(era=era) as client:
        found = await listed_and_called(client)
        await refusals_quote_nothing(client)
    assert set(found) == set(ARGUMENTS)
    assert found["detectProblem"]["harmonyAsked"] is False
    assert found["detectProblem"]["contextId"] is None
    assert found["extractContext"]["decisiveFailure"]["errorType"] == "OverflowError"


@pytest.mark.parametrize("era", ERAS)
async def test_over_http_all_answer(running_harmony: Harmony, era: Era) -> None:
    async with over_http(running_harmony, era) as client:
        found = await listed_and_called(client)
        await refusals_quote_nothing(client)
    assert set(found) == set(OVER_HTTP)
    assert found["detectProblem"]["contextId"].startswith("context-")


async def test_over_stdio_a_running_harmony_is_asked_and_hears_no_secret(running_harmony: Harmony) -> None:
    async with over_stdio("--data", str(running_harmony.data)) as client:
        found = (await client.call_tool("detectProblem", ARGUMENTS["detectProblem"])).structured_content
    assert found["harmonyAsked"] is True
    kept = running_harmony.ask("GET", f"/v1/problems/{found['contextId']}")
    assert kept.json()["fingerprint"] == found["fingerprint"]
    assert "OverflowError" in kept.json()["log"]
    assert SECRET not in kept.text


async def test_over_stdio_a_named_harmony_is_asked_with_the_token_of_the_environment(running_harmony: Harmony) -> None:
    async with over_stdio("--url", running_harmony.url + "/", token=running_harmony.operator_token) as client:
        found = await client.call_tool("detectProblem", ARGUMENTS["detectProblem"])
        assert found.structured_content["harmonyAsked"] is True
    async with over_stdio("--url", running_harmony.url, token="hmy_forged") as client:
        refused = await client.call_tool("detectProblem", ARGUMENTS["detectProblem"])
        assert refused.is_error
        assert refused.content[0].type == "text"
        assert "harmony token create" in refused.content[0].text
        assert not (await client.call_tool("classifyIssue", ARGUMENTS["classifyIssue"])).is_error


async def test_a_named_harmony_that_does_not_answer_is_an_error_and_not_a_silent_guess() -> None:
    port = houses.free_offset()
    async with over_stdio("--url", f"http://127.0.0.1:{port}") as client:
        answer = await client.call_tool("detectProblem", ARGUMENTS["detectProblem"])
    assert answer.is_error
    assert answer.content[0].type == "text"
    assert "runtime.not_running" in answer.content[0].text


@pytest.mark.parametrize(
    "url", ["http://harmony.example", "https://me:pass@harmony.example", "ftp://127.0.0.1", "here"]
)
def test_a_token_never_travels_in_the_open(url: str) -> None:
    ended = subprocess.run(
        [*COMMAND, "mcp", "--url", url], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "--url" in ended.stderr


@pytest.mark.parametrize("era", ERAS)
async def test_a_call_that_is_given_up_leaves_the_others_alone(running_harmony: Harmony, era: Era) -> None:
    heavy = {"log": LOG * 1_100}
    assert len(heavy["log"]) < 262_144
    for opened in (over_stdio(era=era), over_http(running_harmony, era)):
        async with opened as client:
            async with anyio.create_task_group() as group:
                group.start_soon(client.call_tool, "extractContext", heavy)
                await client.call_tool("classifyIssue", ARGUMENTS["classifyIssue"])
                group.cancel_scope.cancel()
            answer = await client.call_tool("classifyIssue", ARGUMENTS["classifyIssue"])
            assert not answer.is_error


async def test_two_agents_at_once_get_their_own_answers(running_harmony: Harmony) -> None:
    async with over_http(running_harmony) as one, over_http(running_harmony, "legacy") as two, over_stdio() as three:
        calls = [
            client.call_tool("extractContext", {"log": f"ValueError: agent {number} call {turn}\n"})
            for turn in range(4)
            for number, client in enumerate((one, two, three))
        ]
        answers = await asyncio.gather(*calls)
    said = [answer.structured_content["decisiveFailure"]["message"] for answer in answers]
    assert said == [f"agent {number} call {turn}" for turn in range(4) for number in range(3)]


def spoken_to(lines: list[bytes], last: int) -> tuple[list[Any], bytes]:
    """What `harmony mcp` answers to ``lines`` up to the answer with the id ``last``, and its standard error."""
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [*COMMAND, "mcp", "--data", "/nonexistent/harmony"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.writelines(lines)
        process.stdin.flush()
        answers = []
        for line in process.stdout:
            answers.append(json.loads(line))
            if answers[-1]["id"] == last:
                break
        process.stdin.close()
        answers += [json.loads(line) for line in process.stdout]
        assert process.wait(houses.STOP_LIMIT_SECONDS) == 0
        errors.seek(0)
        return answers, errors.read()


HELLO = (
    b'{"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"protocolVersion": "2025-06-18", '
    b'"capabilities": {}, "clientInfo": {"name": "by hand", "version": "1"}}}\n'
    b'{"jsonrpc": "2.0", "method": "notifications/initialized"}\n'
)


def test_whatever_comes_over_stdio_standard_output_holds_nothing_but_the_protocol() -> None:
    huge = {"name": "classifyIssue", "arguments": {"text": "x" * 5_000_000 + SECRET}}
    unreadable = [
        f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": "{SECRET}"}}\n'.encode(),
        f"{SECRET} is no JSON\n".encode(),
        bytes(range(128, 256)) + b"\n",
        b"\n",
        b"[" * 200_000 + b"\n",
    ]
    readable = [
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": huge}).encode() + b"\n",
        b'{"jsonrpc": "2.0", "id": 3, "method": "tools/list"}\n',
        b'{"jsonrpc": "2.0", "id": 4, "method": "ping"}\n',
    ]
    answers, errors = spoken_to([HELLO, *unreadable, *readable], last=4)
    assert [answer["error"]["code"] for answer in answers if answer["id"] is None] == [PARSE_ERROR] * len(unreadable)
    assert {answer["id"] for answer in answers} >= {0, None, 4}
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)
    assert SECRET not in json.dumps(answers) + errors.decode()


def post(harmony: Harmony, body: bytes, **headers: str) -> httpx.Response:
    given = {**HEADERS, "Authorization": f"Bearer {harmony.operator_token}", **headers}
    return httpx.post(f"{harmony.url}/mcp", content=body, headers=given, timeout=60, trust_env=False)


LIST = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'


def test_the_door_has_its_guards_in_front(running_harmony: Harmony) -> None:
    assert post(running_harmony, LIST).status_code == 200
    for headers, status, code in (
        ({"Authorization": "Bearer hmy_forged"}, 401, "identity.token_refused"),
        ({"Authorization": ""}, 401, "identity.sign_in_needed"),
        ({"Origin": "https://elsewhere.example"}, 403, "http.origin_refused"),
        ({"Host": "elsewhere.example"}, 421, "http.host_refused"),
    ):
        refused = post(running_harmony, LIST, **headers)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
        assert refused.headers["content-type"] == "application/problem+json"
    large = post(running_harmony, b'"' + SECRET.encode() + b"x" * BODY_LIMIT_BYTES + b'"')
    assert (large.status_code, large.json()["code"]) == (413, "http.body_too_large")
    assert httpx.get(f"{running_harmony.url}/mcp", trust_env=False).status_code == 405


async def test_harmony_ends_with_its_agents_connected() -> None:
    with reachable_folder() as folder:
        async with over_http_of_its_own(folder / "data") as (harmony, client):
            await client.call_tool("classifyIssue", ARGUMENTS["classifyIssue"])
            harmony.process.terminate()
            assert await asyncio.to_thread(harmony.process.wait, houses.STOP_LIMIT_SECONDS) == 0


@asynccontextmanager
async def over_http_of_its_own(data: Path) -> AsyncIterator[tuple[Harmony, Client]]:
    with houses.running_harmony(data, "harmony-live", "global-nexus") as harmony:
        async with over_http(harmony, "legacy") as client:
            yield harmony, client


def snippets(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


async def test_the_guide_s_configuration_starts_a_server_that_an_agent_can_use() -> None:
    (configuration,) = [json.loads(text) for text in snippets("json")]
    server = configuration["mcpServers"]["harmony"]
    assert server["command"] == "harmony"
    async with over_stdio(*server["args"][1:]) as client:
        assert len((await client.list_tools()).tools) == 3


def test_the_guide_s_program_runs_as_printed(running_harmony: Harmony) -> None:
    (program,) = snippets("python")
    environment = {**os.environ, "HARMONY_URL": running_harmony.url, "HARMONY_TOKEN": running_harmony.operator_token}
    python = str(Path(COMMAND[0]).with_name("python"))
    ended = subprocess.run([python, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "KeyError" in ended.stdout


def test_the_guide_s_request_by_hand_is_answered(running_harmony: Harmony) -> None:
    (command,) = [text for text in snippets("sh") if "curl" in text]
    environment = {**os.environ, "HARMONY_URL": running_harmony.url, "HARMONY_TOKEN": running_harmony.operator_token}
    ended = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    data = next(line.removeprefix("data: ") for line in ended.stdout.splitlines() if line.startswith("data: "))
    assert json.loads(data)["result"]["structuredContent"]["category"]


def test_every_command_of_the_guide_is_one_that_exists() -> None:
    commands = [line for text in snippets("sh") for line in text.splitlines() if line.startswith("harmony ")]
    assert commands
    for line in commands:
        name = shlex.split(line)[1]
        assert subprocess.run([*COMMAND, name, "--help"], capture_output=True, check=False).returncode == 0
