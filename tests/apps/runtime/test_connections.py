"""Connections are bounded before there is a request: in how much of a head they bring, and in how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from harmony.apps.runtime import connections, server, sockets
from harmony.apps.runtime.connections import HEAD_LIMIT_BYTES

LIMIT_SECONDS = 30
"""Never waited for when all is well: a line that is not closed would wait for ever."""


async def hello(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


@asynccontextmanager
async def line() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server that says hello."""
    listener = sockets.bind({"here": 0})["here"]
    port = listener.getsockname()[1]
    http = server.server({port: hello})
    task = await server.serving(http, [listener])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        http.should_exit = True
        await task


async def everything(reader: asyncio.StreamReader) -> bytes:
    """What comes until the server closes."""
    return await asyncio.wait_for(reader.read(), LIMIT_SECONDS)


@pytest.mark.parametrize(
    "beginning",
    [b"", b"G", b"GET / HTTP/1.1\r\nHost: ", b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET", b"GET / HTTP/1.1\r\n\r\n\r\n"],
    ids=["nothing", "a letter", "half a head", "half a head behind a request", "line breaks behind a request"],
)
async def test_a_line_on_which_no_head_arrives_is_closed(monkeypatch: pytest.MonkeyPatch, beginning: bytes) -> None:
    monkeypatch.setattr(connections, "HEAD_LIMIT_SECONDS", 0.05)
    async with line() as (reader, writer):
        whole = beginning.count(b"\r\n\r\n") > 0
        if whole:
            request, rest = beginning.split(b"\r\n\r\n", 1)
            writer.write(request + b"\r\n\r\n")
            assert b"200" in await asyncio.wait_for(reader.readuntil(b"hello"), LIMIT_SECONDS)
            writer.write(rest)
        else:
            writer.write(beginning)
        assert await everything(reader) == b""


async def test_a_head_is_taken_up_to_its_limit_and_refused_beyond() -> None:
    async def answer(size: int) -> bytes:
        async with line() as (reader, writer):
            # The address, a name of one letter and its value are what counts.
            writer.write(b"GET / HTTP/1.1\r\nX: " + b"a" * (size - 2 - len("connectionclose")))
            writer.write(b"\r\nConnection: close\r\n\r\n")
            return await everything(reader)

    assert (await answer(HEAD_LIMIT_BYTES)).startswith(b"HTTP/1.1 200")
    beyond = await answer(HEAD_LIMIT_BYTES + 1)
    assert beyond.startswith(b"HTTP/1.1 431")
    assert str(HEAD_LIMIT_BYTES).encode() in beyond


async def test_a_head_without_an_end_is_refused_while_it_comes() -> None:
    async with line() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nX: " + b"a" * HEAD_LIMIT_BYTES)
        assert (await everything(reader)).startswith(b"HTTP/1.1 431")


async def test_a_large_body_counts_as_no_head_even_after_it_was_answered() -> None:
    async with line() as (reader, writer):
        body = b"x" * 4 * HEAD_LIMIT_BYTES
        writer.write(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body))
        await asyncio.wait_for(reader.readuntil(b"hello"), LIMIT_SECONDS)
        writer.write(body + b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        answer = await everything(reader)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"hello")
