"""The gateway before real servers: right ones, broken ones, slow ones, hostile ones."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest
from tests.coordination.gateway.conftest import LIMIT_SECONDS, Nexus, raw, saying
from tests.coordination.orchestra import HUB
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

from harmony.commons.identity import service as identity
from harmony.commons.identity.model import Principal
from harmony.commons.policy import service as policy
from harmony.coordination.gateway import exchange
from harmony.coordination.gateway import service as exchange_service
from harmony.coordination.gateway.headers import WALLS
from harmony.coordination.gateway.model import FAILURES_LIMIT, HELD_LIMIT_BYTES, REPLAY_LIMIT_BYTES
from harmony.coordination.registry import service as registry

TRACE = "0af7651916cd43dd8448eb211c80319c"


async def codes(nexus: Nexus, path: str, count: int = 1, method: str = "GET", **content: Any) -> list[str]:
    """The codes of the refusals, empty texts for answers."""
    found = []
    for _ in range(count):
        answer = await nexus.client.request(method, path, **content)
        problem = answer.headers.get("content-type", "").startswith("application/problem")
        found.append(answer.json()["code"] if problem else "")
    return found


# Whom an address leads to.


async def test_a_component_is_asked_by_its_name_and_by_what_it_can_do(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying(b"here", b"Content-Type: text/plain"), capabilities=("search", "echo/say"))
    for path in ("/hub/api/x?q=%20a", "/by-capability/search/api/x?q=%20a", "/by-capability/echo%2Fsay/api/x?q=%20a"):
        answer = await nexus.client.get(path)
        assert (answer.status_code, answer.text) == (200, "here")
        assert answer.headers["x-harmony-component"] == "hub-001"
        assert hub.heard[-1].startswith(b"GET /api/x?q=%20a HTTP/1.1\r\n")


async def test_what_runs_in_this_process_is_called_in_it_whoever_registers_the_same(nexus: Nexus) -> None:
    await nexus.stranger(saying(b"stranger"), component="own-hub", capabilities=("own-capability",))
    assert (await nexus.client.get("/own-hub/a%20b")).text == "/a b"
    assert (await nexus.client.get("/by-capability/own-capability/x")).text == "/x"
    assert (await nexus.client.get("/conductor/health")).text == "/health"
    assert await codes(nexus, "/own-hub/a%2fb") == ["gateway.path_refused"]


async def test_a_fixed_prefix_ends_with_its_word(nexus: Nexus) -> None:
    await nexus.stranger(saying(b"stranger"), component="rpc-monitor")
    assert (await nexus.client.get("/rpc-monitor/x")).text == "stranger"
    assert await codes(nexus, "/rpc") == ["front_door.component_absent"]


async def test_a_name_that_nobody_has_is_the_page_s_and_a_capability_is_refused(nexus: Nexus) -> None:
    assert (await nexus.client.get("/nobody/x")).text == "the page"
    assert await codes(nexus, "/by-capability/nothing/x") == ["gateway.capability_unknown"]


async def test_who_registers_is_found_at_once(nexus: Nexus) -> None:
    """Also when the log has not told of it yet."""
    hub = await nexus.stranger(saying())
    await nexus.orchestra.join(replace(HUB, component="newcomer", port=hub.port))
    assert (await nexus.client.get("/newcomer/x")).text == "hello"


async def test_who_drains_gets_nothing_new_and_ends_what_runs(nexus: Nexus) -> None:
    may_end = asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        await may_end.wait()
        await saying(b"ended well")(reader, writer, head)

    first = await nexus.stranger(slow)
    running = asyncio.create_task(nexus.client.get("/hub/x"))
    while not first.heard:
        await asyncio.sleep(0)
    await nexus.stranger(saying(b"the other"))
    async with nexus.house.database.begin() as uow:
        await registry.drain(uow, await registry.find(uow.connection, "hub-001"), True)
    await nexus.refresh()
    assert {(await nexus.client.get("/hub/x")).text for _ in range(10)} == {"the other"}
    may_end.set()
    assert (await running).text == "ended well"


async def test_nobody_left_is_said_so(nexus: Nexus) -> None:
    await nexus.stranger(saying())
    async with nexus.house.database.begin() as uow:
        await registry.drain(uow, await registry.find(uow.connection, "hub-001"), True)
    await nexus.refresh()
    assert await codes(nexus, "/hub/x") == ["gateway.nobody_there"]


async def test_harmony_s_own_ports_are_nobody_s(nexus: Nexus) -> None:
    """The gateway calls from loopback: whom it calls would take it for the local caller."""
    await nexus.register(nexus.port)
    assert await codes(nexus, "/hub/hub/hub/") == ["gateway.nobody_there"]


async def test_another_namespace_is_asked_by_name_only(nexus: Nexus) -> None:
    await nexus.stranger(saying(b"theirs"), namespace="blue")
    assert await codes(nexus, "/hub/x") == ["gateway.nobody_there"]
    assert (await nexus.client.get("/hub/x", headers={"X-Harmony-Namespace": "blue"})).text == "theirs"


async def test_a_zone_is_preferred(nexus: Nexus) -> None:
    await nexus.stranger(saying(b"near"), zone="a")
    await nexus.stranger(saying(b"far"), zone="b")
    found = {(await nexus.client.get("/hub/x", headers={"X-Harmony-Zone": "a"})).text for _ in range(10)}
    assert found == {"near"}
    assert (await nexus.client.get("/hub/x", headers={"X-Harmony-Zone": "nowhere"})).is_success


# Who may ask, and what a component learns of it.


async def test_a_token_is_for_harmony_and_a_component_learns_only_whose_it_was(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying())
    async with nexus.house.database.begin() as uow:
        member = Principal("component-asker", "component", "asker", ("component",))
        await identity.create_principal(uow, member)
        token, secret = await identity.create_token(uow, member.id, "test", identity.API_TOKEN_LONGEST_LIFE)
    headers = {
        "Authorization": f"Bearer {secret}",
        "Cookie": "harmony_session=abc; other=1",
        "X-Harmony-Caller": "operator",
    }
    for _ in range(2):
        assert (await nexus.client.get("/hub/x", headers=headers)).is_success
    assert hub.headers()["x-harmony-caller"] == "component-asker"
    assert b"hmy_" not in b"".join(hub.heard)
    assert b"cookie" not in b"".join(hub.heard).lower()
    async with nexus.house.database.begin() as uow:
        await identity.revoke_token(uow, token.id, None)
    nexus.board.callers.forget()  # as the log's follower does
    assert await codes(nexus, "/hub/x", headers=headers) == ["identity.token_refused"]
    assert len(hub.heard) == 2


async def test_who_may_not_send_requests_may_not_ask_here(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying())
    seeker = Principal("ada", "person", "Ada", ("seeker",))
    signed = nexus.house.signer.sign(seeker, nexus.house.database.clock.now().timestamp())
    answer = await nexus.client.get("/hub/x", headers={"Authorization": f"Bearer {signed}"})
    assert answer.status_code == 403
    assert not hub.heard


async def test_access_rules_hold_here_too(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying())
    async with nexus.house.database.begin() as uow:
        await policy.set_rule(uow, "local", ["hub"], ["read"])
    await nexus.refresh()
    assert await codes(nexus, "/hub/x") == [""]
    assert await codes(nexus, "/hub/x", method="POST") == ["policy.access_denied"]
    assert len(hub.heard) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Dest": "style"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Dest": "serviceworker"},
    ],
    ids=str,
)
async def test_a_component_is_no_part_of_anybody_s_page(nexus: Nexus, headers: dict[str, str]) -> None:
    hub = await nexus.stranger(saying(b"alert(1)", b"Content-Type: text/javascript"))
    assert await codes(nexus, "/hub/x.js", headers=headers) == ["gateway.not_for_pages"]
    assert not hub.heard


async def test_an_answer_sets_nothing_for_our_origin(nexus: Nexus) -> None:
    said = (b"Set-Cookie: harmony_session=mine", b"Clear-Site-Data: *", b"Location: /conductor/../auth", b"X-Ok: 1")
    await nexus.stranger(saying(b"<script>", *said, b"Content-Type: text/html", status=b"302 Found"))
    answer = await nexus.client.get("/hub/x")
    assert answer.headers["x-ok"] == "1"
    assert not {"set-cookie", "clear-site-data", "location"} & set(answer.headers)
    for name, value in WALLS:
        assert answer.headers[name.decode()] == value.decode()


# What is passed on.


async def test_the_trace_goes_on_and_the_time_that_is_left(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying())
    given = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "tracestate": "a=1", "X-Harmony-Timeout": "7"}
    answer = await nexus.client.get("/hub/x", headers=given)
    told = hub.headers()
    assert told["traceparent"].split("-")[1] == TRACE
    assert told["traceparent"] == answer.headers["traceparent"] != given["traceparent"]
    assert told["tracestate"] == "a=1"
    assert float(told["x-harmony-timeout"]) == 7.0
    assert told["host"] == f"127.0.0.1:{hub.port}"


@pytest.mark.parametrize("size", [0, 1, REPLAY_LIMIT_BYTES, REPLAY_LIMIT_BYTES + 1, 3 * 1024 * 1024])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_arrives_whole(nexus: Nexus, size: int, chunked: bool) -> None:
    body = bytes(range(256)) * (size // 256 + 1)
    body = body[:size]
    seen = bytearray()

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        seen.clear()
        seen.extend(await body_of(reader, head))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(seen), seen))

    await nexus.stranger(echo)

    async def parts() -> Any:
        for start in range(0, size, 50_000):
            yield body[start : start + 50_000]

    answer = await nexus.client.post("/hub/x", content=parts() if chunked else body)
    assert bytes(seen) == body
    assert answer.content == body


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
        total = HELD_LIMIT_BYTES * 0
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


@pytest.mark.parametrize(
    ("answer", "code"),
    [
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
    ],
    ids=["nothing", "half a head", "no HTTP", "two lengths", "two lengths again", "101", "799", "endless head", "zero"],
)
async def test_an_answer_that_is_none_is_refused(nexus: Nexus, answer: bytes, code: str) -> None:
    await nexus.stranger(raw(answer))
    assert await codes(nexus, "/hub/x", method="POST") == [code]
    assert (await nexus.client.get("/conductor/health")).is_success


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", b"until the end"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n", b"ok"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    ],
    ids=["to the end", "HTTP/1.0", "100", "103", "chunks", "204"],
)
async def test_every_form_of_an_answer_is_understood(nexus: Nexus, answer: bytes, body: bytes) -> None:
    await nexus.stranger(raw(answer))
    assert (await nexus.client.get("/hub/x")).content == body


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


# Smuggling, and what looks like it.


@pytest.mark.parametrize(
    "lines",
    [
        ("POST /hub/x HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked"),
        ("POST /hub/x HTTP/1.1", "Transfer-Encoding: chunked", "Content-Length: 5"),
        ("POST /hub/x HTTP/1.1", "Content-Length: 5", "Content-Length: 6"),
        ("POST /hub/x HTTP/1.1", "Transfer-Encoding : chunked"),
        ("POST /hub/x HTTP/1.1", "Transfer-Encoding: chunked, chunked"),
        ("POST /hub/x HTTP/1.1", "Transfer-Encoding:\x0bchunked"),
        ("POST /hub/x HTTP/1.1", "X-A: b", " folded: c"),
        ("POST /hub/x HTTP/1.1", "X-A\x00: b"),
        ("GET http://evil.example/hub/x HTTP/1.1",),
        ("GET http://127.0.0.1/hub/x HTTP/1.1",),
        ("GET hub/x HTTP/1.1",),
        ("TRACE /hub/x HTTP/1.1",),
        ("BREW /hub/x HTTP/1.1",),
        ("GET /hub/../conductor/health HTTP/1.1",),
        ("GET /hub/..%2fconductor HTTP/1.1",),
        ("GET /hub//x HTTP/1.1",),
        ("GET /hub/a\\b HTTP/1.1",),
        ("GET /hub/%00 HTTP/1.1",),
        ("GET /hub/%252e%252e/x HTTP/1.1",),
    ],
    ids=lambda lines: " + ".join(lines)[:60],
)
async def test_what_can_be_read_in_two_ways_reaches_nobody(nexus: Nexus, lines: tuple[str, ...]) -> None:
    hub = await nexus.stranger(saying())
    smuggled = "0\r\n\r\nGET /hub/smuggled HTTP/1.1\r\nX: "
    head = "\r\n".join([lines[0], f"Host: 127.0.0.1:{nexus.port}", *lines[1:], "Connection: close"])
    answer = await nexus.say((head + "\r\n\r\n" + smuggled).encode("latin-1"))
    assert answer.startswith(b"HTTP/1.1 4"), answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert not hub.heard


# WebSockets.


async def test_a_web_socket_is_relayed_both_ways_with_its_words_at_the_end(nexus: Nexus) -> None:
    seen: list[Any] = []

    async def echo(socket: ServerConnection) -> None:
        assert socket.request is not None
        seen.append(dict(socket.request.headers.raw_items()))
        async for message in socket:
            if message == "end":
                await socket.close(4_321)
            else:
                await socket.send(message)

    async with serve(echo, "127.0.0.1", 0, subprotocols=["chat"]) as serving:  # type: ignore[list-item]  # a plain str
        port = next(iter(serving.sockets)).getsockname()[1]
        await nexus.register(port)
        headers = {"Cookie": "harmony_session=a"}
        address = f"ws://127.0.0.1:{nexus.port}/hub/talk?x=1"
        async with connect(address, additional_headers=headers, subprotocols=["chat"], proxy=None) as socket:  # type: ignore[list-item]  # a plain str
            assert socket.subprotocol == "chat"
            for message in ("a word", b"\x00\x01", "x" * 100_000):
                await socket.send(message)
                assert await socket.recv() == message
            assert nexus.board.traffic.busy["hub-001"] == 1
            await socket.send("end")
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4_321
    [told] = seen
    assert told["x-harmony-caller"] == "local"
    assert "cookie" not in {name.lower() for name in told}


async def test_a_web_socket_that_nobody_takes_up_is_refused(nexus: Nexus) -> None:
    await nexus.stranger(saying())
    for path in ("/hub/talk", "/nobody/talk", "/by-capability/nothing/talk"):
        with pytest.raises(InvalidStatus):
            await connect(f"ws://127.0.0.1:{nexus.port}{path}", proxy=None)


async def test_a_web_socket_ends_with_the_process(nexus: Nexus) -> None:
    async def wait(socket: ServerConnection) -> None:
        await socket.wait_closed()

    async with serve(wait, "127.0.0.1", 0) as serving:
        await nexus.register(next(iter(serving.sockets)).getsockname()[1])
        async with connect(f"ws://127.0.0.1:{nexus.port}/hub/talk", proxy=None) as socket:
            nexus.closing.set()
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012
