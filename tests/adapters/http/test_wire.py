"""The wire: limits, origins and problem documents, whatever is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from pydantic import BaseModel

from harmony.adapters.http import problems
from harmony.adapters.http.bodies import BodyLimit
from harmony.adapters.http.origins import OriginGuard
from harmony.adapters.http.traces import trace_of, traceparent

HOSTS = ("127.0.0.1:9001", "localhost:9001")


def now() -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC)


class Note(BaseModel):
    text: str


def application() -> Any:
    app = FastAPI()
    problems.install(app, now)

    @app.post("/note")
    async def note(body: Note) -> int:
        return len(body.text)

    @app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("the secret is hunter2")

    return OriginGuard(BodyLimit(app, now, 100, {"/raw": 200}), HOSTS, now)


def client(**options: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=application(), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:9001", **options)


async def pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 10):
        yield b"x" * 10


@pytest.mark.parametrize(("path", "limit"), [("/note", 100), ("/raw", 200)])
@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_is_taken_up_to_its_limit_and_refused_beyond(path: str, limit: int, announced: bool) -> None:
    async with client() as http:
        within = await http.post(path, content=b"x" * limit if announced else pieces(limit))
        beyond = await http.post(path, content=b"x" * (limit + 10) if announced else pieces(limit + 10))
    assert within.status_code != 413
    assert beyond.status_code == 413
    assert beyond.json()["code"] == "http.body_too_large"
    assert beyond.json()["details"]["limit_bytes"] == limit


@pytest.mark.parametrize("path", ["/note", "/raw"])
async def test_a_body_that_does_not_arrive_is_given_up(path: str) -> None:
    """Whatever the reader makes of the broken body, its caller is told why."""
    app = FastAPI()
    problems.install(app, now)

    @app.post("/note")
    async def note(body: Note) -> int:
        return len(body.text)

    @app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    kind = (b"content-type", b"application/json")
    scope = {"type": "http", "method": "POST", "path": path, "headers": [kind], "query_string": b"", "state": {}}
    await BodyLimit(app, now, limit_seconds=0)(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["code"] == "http.body_too_slow"


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999", "abc"])
async def test_a_nonsense_content_length_is_refused(length: str) -> None:
    async with client() as http:
        answer = await http.post("/note", content=b"{}", headers={"Content-Length": length})
    assert answer.status_code == 413


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9002", "127.0.0.1", "localhost:9001.evil.example"])
async def test_a_foreign_host_is_refused(host: str) -> None:
    async with client(headers={"Host": host}) as http:
        assert (await http.post("/note", json={"text": "a"})).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9001.evil.example", "file://"])
async def test_a_foreign_origin_is_refused(origin: str) -> None:
    async with client(headers={"Origin": origin}) as http:
        assert (await http.post("/note", json={"text": "a"})).status_code == 403


@pytest.mark.parametrize("name", ["Host", "Origin"])
async def test_a_header_that_says_who_calls_twice_is_refused_in_either_order(name: str) -> None:
    own, foreign = ("127.0.0.1:9001", "evil.example") if name == "Host" else ("http://127.0.0.1:9001", "http://evil")
    for first, second in ((own, foreign), (foreign, own), (own, own)):
        async with client() as http:
            headers = [(name, first), (name, second)] + ([("Host", "127.0.0.1:9001")] if name == "Origin" else [])
            assert (await http.post("/note", json={"text": "a"}, headers=headers)).status_code in (403, 421)


async def test_the_page_s_own_origin_is_let_in() -> None:
    async with client(headers={"Origin": "http://localhost:9001"}) as http:
        assert (await http.post("/note", json={"text": "abc"})).json() == 3


async def test_an_unexpected_error_is_a_problem_without_its_text() -> None:
    async with client() as http:
        answer = await http.get("/broken")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert answer.json()["code"] == "http.unexpected"


async def test_every_problem_carries_the_fields_of_all_specifications() -> None:
    async with client() as http:
        answers = [await http.get("/nowhere"), await http.get("/note"), await http.post("/note", content=b"{")]
    assert [answer.status_code for answer in answers] == [404, 405, 422]
    for answer in answers:
        wanted = {"type", "title", "status", "detail", "instance", "timestamp", "error", "message", "path", "code"}
        assert wanted | {"details", "hint"} <= answer.json().keys()


def test_a_trace_context_is_read_and_written() -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    assert trace_of(traceparent(trace, "00f067aa0ba902b7")) == trace
    for bad in (None, "", "00-xyz", f"00-{'0' * 32}-00f067aa0ba902b7-01", f"00-{trace}-00f067aa0ba902b7-01x"):
        assert trace_of(bad) is None
