"""Requests and answers of components that are right, broken, slow or hostile, as they pass the gateway."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from tests.coordination.gateway.conftest import LIMIT_SECONDS, Nexus, codes, raw, saying

from harmony.coordination.gateway import exchange
from harmony.coordination.gateway import service as exchange_service
from harmony.coordination.gateway.model import FAILURES_LIMIT, REPLAY_LIMIT_BYTES
from harmony.coordination.registry import service as registry

TRACE = "0af7651916cd43dd8448eb211c80319c"


# What is passed on.


async def test_the_trace_goes_on_and_the_time_that_is_left(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying())
    given = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "tracestate": "a=1", "X-Harmony-Timeout": "7"}
    answer = await nexus.client.get("/hub/x", headers=given)
    told = hub.headers()
    assert told["traceparent"].split("-")[1] == TRACE
    assert told["traceparent"] == answer.headers["traceparent"] != given["traceparent"]
    assert told["tracestate"] == "a=1"
    assert 0 < float(told["x-harmony-timeout"]) <= 7
    assert told["host"] == f"127.0.0.1:{hub.port}"


SIZES = (0, 1, REPLAY_LIMIT_BYTES, REPLAY_LIMIT_BYTES + 1, 3 * 1024 * 1024)


async def test_a_body_arrives_whole_whether_its_length_is_told_or_not(nexus: Nexus) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        seen = await body_of(reader, head)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(seen), seen))

    hub = await nexus.stranger(echo)
    for size in SIZES:
        body = (bytes(range(256)) * (size // 256 + 1))[:size]
        for content in (body, _in_parts(body)):
            answer = await nexus.client.post("/hub/x", content=content)
            assert answer.content == body
            assert ("transfer-encoding" in hub.headers()) == (content is not body)


async def _in_parts(body: bytes) -> Any:
    for start in range(0, len(body), 50_000):
        yield body[start : start + 50_000]


async def body_of(reader: asyncio.StreamReader, head: bytes) -> bytes:
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        found = b""
        while size := int(await reader.readline(), 16):
            found += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
        return found
    _, _, rest = lower.partition(b"content-length: ")
    return await reader.readexactly(int(rest.split(b"\r\n")[0])) if rest else b""


async def test_both_sides_may_stream_at_once(nexus: Nexus) -> None:
    """Each part is answered before the next is sent."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while size := int(await reader.readline(), 16):
            part = await reader.readexactly(size)
            await reader.readexactly(2)
            writer.write(b"%x\r\n%b\r\n" % (len(part), part.upper()))
        writer.write(b"0\r\n\r\n")

    await nexus.stranger(echo)
    answered: asyncio.Queue[None] = asyncio.Queue()

    async def parts() -> Any:
        for word in (b"one", b"two", b"three"):
            yield word
            await asyncio.wait_for(answered.get(), LIMIT_SECONDS)

    found = []
    async with nexus.client.stream("POST", "/hub/x", content=_after_first(parts(), answered)) as answer:
        async for part in answer.aiter_raw():
            found.append(part)
            answered.put_nowait(None)
    assert b"".join(found) == b"ONETWOTHREE"


async def _after_first(parts: Any, answered: asyncio.Queue[None]) -> Any:
    """httpx reads no answer before all is sent: the first words go out together."""
    answered.put_nowait(None)
    answered.put_nowait(None)
    answered.put_nowait(None)
    async for part in parts:
        yield part


async def test_events_come_as_they_are_said_and_end_with_the_process(nexus: Nexus) -> None:
    said = asyncio.Event()

    async def events(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        await said.wait()
        writer.write(b"data: 2\n\n")
        await asyncio.Event().wait()

    await nexus.stranger(events)
    async with nexus.client.stream("GET", "/hub/events") as answer:
        parts = answer.aiter_raw()
        assert await anext(parts) == b"data: 1\n\n"
        said.set()
        assert await anext(parts) == b"data: 2\n\n"
        nexus.closing.set()
        assert [part async for part in parts] == []


async def test_who_reads_slowly_holds_up_its_component_and_nothing_else(nexus: Nexus) -> None:
    size = 64 * 1024 * 1024
    written = 0

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        nonlocal written
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(size // 65_536):
            writer.write(bytes(65_536))
            await writer.drain()
            written += 65_536

    await nexus.stranger(flood)
    async with nexus.client.stream("GET", "/hub/x") as answer:
        parts = answer.aiter_raw()
        await anext(parts)
        for _ in range(3):
            await nexus.client.get("/conductor/health")  # others are served meanwhile
        held_back = written
        assert held_back < size // 2
        total = 0
        async for part in parts:
            total += len(part)
    assert total > size // 2


# What goes wrong.


async def test_a_component_that_cannot_be_reached_is_said_so(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying(), component="other")
    free = hub.port
    await nexus.stack.aclose()
    nexus.client = httpx.AsyncClient(base_url=nexus.url, trust_env=False)
    await nexus.register(free)
    assert await codes(nexus, "/hub/x", method="POST") == ["gateway.unreachable"]
    await nexus.client.aclose()


NO_ANSWERS = [
    (b"", "gateway.broken_off"),
    (b"HTTP/1.1 200 OK\r\nContent-Le", "gateway.broken_off"),
    (b"rubbish\r\n\r\n", "gateway.answer_unfit"),
    (
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "gateway.answer_unfit",
    ),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "gateway.answer_unfit"),
    (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "gateway.answer_unfit"),
    (b"HTTP/1.1 799 What\r\nContent-Length: 0\r\n\r\n", "gateway.answer_unfit"),
    (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", "gateway.answer_unfit"),
    (b"HTTP/1.1 200 OK\r\nX-A: a\x00b\r\nContent-Length: 0\r\n\r\n", "gateway.answer_unfit"),
]


async def test_an_answer_that_is_none_is_refused(nexus: Nexus) -> None:
    for number, (answer, code) in enumerate(NO_ANSWERS):
        await nexus.stranger(raw(answer), component=f"hub-{number}")
        assert await codes(nexus, f"/hub-{number}/x", method="POST") == [code], answer[:80]
    assert (await nexus.client.get("/conductor/health")).is_success


ANSWERS = [
    (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", b"until the end"),
    (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
    (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
    (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n", b"ok"),
    (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
]


async def test_every_form_of_an_answer_is_understood(nexus: Nexus) -> None:
    for number, (answer, body) in enumerate(ANSWERS):
        await nexus.stranger(raw(answer), component=f"hub-{number}")
        assert (await nexus.client.get(f"/hub-{number}/x")).content == body, answer


async def test_what_was_not_asked_for_is_nobody_s_answer(nexus: Nexus) -> None:
    """A second answer behind the first must not become the answer to the next caller's request."""
    first = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    await nexus.stranger(raw(first + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", closing=False))
    for _ in range(5):
        assert (await nexus.client.get("/hub/x")).text == "ok"


async def test_an_answer_that_breaks_off_is_seen_to_break_off(nexus: Nexus) -> None:
    for answer in (
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ):
        hub = await nexus.stranger(raw(answer))
        with pytest.raises(httpx.RemoteProtocolError):
            await nexus.client.get("/hub/x")
        async with nexus.house.database.begin() as uow:
            [one] = [c for c in await registry.list_components(uow.connection) if c.port == hub.port]
            await registry.leave(uow, one, "done")
        await nexus.refresh()


async def test_a_silent_component_is_given_up_in_the_caller_s_time_and_not_blamed_for_hurry(nexus: Nexus) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        await asyncio.Event().wait()

    hub = await nexus.stranger(silent)
    hurried = {"X-Harmony-Timeout": "0.05"}
    assert await codes(nexus, "/hub/x", FAILURES_LIMIT + 1, headers=hurried) == ["gateway.silent"] * (
        FAILURES_LIMIT + 1
    )
    assert nexus.board.traffic.record("hub-001").failures == 0
    assert len(hub.heard) == FAILURES_LIMIT + 1, "silence is never asked twice"


async def test_who_hangs_up_is_answered_no_more_and_its_component_is_told(
    nexus: Nexus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "WATCH_AFTER_SECONDS", 0.01)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        assert await reader.read() == b""
        raise ConnectionError

    hub = await nexus.stranger(silent)
    _reader, writer = await asyncio.open_connection("127.0.0.1", nexus.port)
    writer.write(f"GET /hub/x HTTP/1.1\r\nHost: 127.0.0.1:{nexus.port}\r\n\r\n".encode())
    while not hub.heard:
        await asyncio.sleep(0)
    writer.close()
    await asyncio.wait_for(hub.ended.wait(), LIMIT_SECONDS)


async def test_who_fails_is_ejected_and_the_view_tells_why(nexus: Nexus) -> None:
    await nexus.stranger(saying(b"well"))
    await nexus.stranger(saying(b"well"))
    sick = await nexus.stranger(raw(b""))
    for _ in range(60):
        assert (await nexus.client.get("/hub/x")).text == "well"
    ejected = nexus.board.traffic.ejected(nexus.house.database.clock.monotonic())
    assert list(ejected) == ["hub-003"]
    assert len(sick.heard) == FAILURES_LIMIT
    told = {one.component_id: one for one in service_told(nexus)}["hub-003"]
    assert [kind for _, kind in told.why] == ["broken off"] * FAILURES_LIMIT
    assert told.ejected_since is not None
    assert told.outstanding == 0


def service_told(nexus: Nexus) -> Any:
    return exchange_service.told(nexus.house.database, nexus.board.directory, nexus.board.traffic)


async def test_one_of_three_that_dies_costs_no_idempotent_request(nexus: Nexus) -> None:
    dying = asyncio.Event()

    async def mortal(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        if dying.is_set():
            raise ConnectionError
        await saying()(reader, writer, head)

    for talk in (mortal, saying(), saying()):
        await nexus.stranger(talk)

    async def ask(number: int) -> int:
        if number == 100:
            dying.set()
        return (await nexus.client.get("/hub/x")).status_code

    limit = asyncio.Semaphore(16)

    async def bounded(number: int) -> int:
        async with limit:
            return await ask(number)

    assert set(await asyncio.gather(*(bounded(number) for number in range(400)))) == {200}
