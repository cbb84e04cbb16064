"""An MCP server behind a route: the SDK's own client over a real socket, in both eras of the protocol."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Literal

import anyio
import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI, Request
from fastapi.responses import Response
from mcp import Client, MCPError
from mcp_types import INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR

from harmony.adapters.mcp import exchange
from harmony.adapters.mcp.server import Answer, Effects, Offer, server
from harmony.apps.runtime import server as runtime

Era = Literal["legacy", "auto"]
ERAS: tuple[Era, ...] = ("legacy", "auto")
SECRET = "hunter2-correct-horse"
PATIENCE_SECONDS = 30
ANYTHING = {"type": "object", "properties": {"said": {"type": "string"}}, "required": ["said"]}
EFFECTS = Effects(reads_only=True, destroys=False, repeatable=True, open_world=False)


class Bench:
    """Two tools: ``echo`` answers, ``wait`` never does and notes that it was begun and cancelled."""

    def __init__(self) -> None:
        self.url = ""
        self.begun = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def call(self, name: str, arguments: Mapping[str, Any], state: Mapping[str, Any]) -> Answer:
        if name == "echo":
            return Answer("echoed", {"said": f"{arguments['said']} by {state['caller']}"})
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        raise AssertionError("nobody ends the waiting")

    def application(self) -> FastAPI:
        offers = [Offer(name, name, name, ANYTHING, ANYTHING, EFFECTS) for name in ("echo", "wait")]
        served = server("bench", "1", "A bench.", offers, self.call)
        app = FastAPI()

        @app.post("/mcp")
        async def mcp(request: Request) -> Response:
            body = await request.body()
            request.state.caller = "wanda"
            return exchange.refusal(body) or exchange.Exchange(served, body)

        return app


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The address of ``app`` on a socket of its own, served and ended as the main process does."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    port = listener.getsockname()[1]
    http = runtime.server({port: app})
    task = await runtime.serving(http, [listener])
    try:
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        http.should_exit = True
        await asyncio.wait_for(task, PATIENCE_SECONDS)
        listener.close()


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    found = Bench()
    async with served(found.application()) as url:
        found.url = url
        yield found


@pytest.mark.parametrize("era", ERAS)
async def test_a_client_of_either_era_lists_and_calls(bench: Bench, era: Era) -> None:
    async with Client(bench.url, mode=era) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == ["echo", "wait"]
        answer = await client.call_tool("echo", {"said": "hello"})
        assert answer.structured_content == {"said": "hello by wanda"}
        with pytest.raises(MCPError) as refused:
            await client.call_tool(SECRET, {})
    assert refused.value.error.code == INVALID_PARAMS
    assert SECRET not in refused.value.error.model_dump_json()


@pytest.mark.parametrize("era", ERAS)
async def test_a_caller_who_leaves_cancels_the_work(bench: Bench, era: Era) -> None:
    async with Client(bench.url, mode=era) as client:
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "wait", {"said": "x"})
            await bench.begun.wait()
            group.cancel_scope.cancel()
        answer = await client.call_tool("echo", {"said": "still here"})
        assert not answer.is_error
    await asyncio.wait_for(bench.cancelled.wait(), PATIENCE_SECONDS)


@pytest.mark.parametrize("era", ERAS)
async def test_two_clients_at_once_are_answered_each_their_own(bench: Bench, era: Era) -> None:
    async with Client(bench.url, mode=era) as one, Client(bench.url, mode=era) as other:
        answers = await asyncio.gather(
            *(client.call_tool("echo", {"said": str(n)}) for n in range(10) for client in (one, other))
        )
    assert [answer.structured_content["said"] for answer in answers] == [
        f"{n} by wanda" for n in range(10) for _ in (one, other)
    ]


async def test_the_server_ends_although_a_call_is_under_way(bench: Bench) -> None:
    async with served(bench.application()) as url, httpx.AsyncClient(trust_env=False) as client:
        asked = asyncio.create_task(client.post(url, headers=HEADERS, content=call("wait")))
        await bench.begun.wait()
    await asyncio.gather(asked, return_exceptions=True)
    assert bench.cancelled.is_set()


HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


def call(name: str) -> bytes:
    params = {"name": name, "arguments": {"said": "x"}}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode()


@pytest.mark.parametrize("version", [None, "2025-11-25", "2026-07-28"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", PARSE_ERROR),
        (f'{{"{SECRET}'.encode(), PARSE_ERROR),
        (b"\xff\xfe" + SECRET.encode(), PARSE_ERROR),
        (b"[" * 100_000, PARSE_ERROR),
        (f'"{SECRET}"'.encode(), INVALID_REQUEST),
        (f'[{{"jsonrpc": "2.0", "id": 1, "method": "{SECRET}"}}]'.encode(), INVALID_REQUEST),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": "{SECRET}"}}'.encode(), INVALID_REQUEST),
        (f'{{"jsonrpc": "2.0", "id": {{"{SECRET}": 1}}, "method": "ping"}}'.encode(), INVALID_REQUEST),
    ],
)
async def test_what_is_no_message_is_refused_without_quoting_it(
    bench: Bench, body: bytes, code: int, version: str | None
) -> None:
    headers = {**HEADERS, "mcp-protocol-version": version} if version else HEADERS
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(bench.url, content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert SECRET not in answer.text


@pytest.mark.parametrize("version", ["2025-11-25", "2026-07-28"])
@pytest.mark.parametrize(
    "params", [{"name": {"x": SECRET}}, {"name": "echo", "arguments": SECRET}, {"_meta": SECRET}, {}]
)
async def test_malformed_parameters_of_the_protocol_are_not_quoted(
    bench: Bench, params: dict[str, Any], version: str
) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    headers = {**HEADERS, "mcp-protocol-version": version, "mcp-method": "tools/call"}
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(bench.url, json=body, headers=headers)
    assert "error" in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
async def test_there_is_no_session_to_listen_to_or_to_end(bench: Bench, method: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.request(method, bench.url, headers=HEADERS)).status_code == 405
