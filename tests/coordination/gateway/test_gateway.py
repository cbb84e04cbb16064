"""The gateway before real servers: right ones, broken ones, slow ones, hostile ones."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from tests.coordination.gateway.conftest import Nexus, codes, saying
from tests.coordination.orchestra import HUB
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from harmony.commons.identity import service as identity
from harmony.commons.identity.model import API_TOKEN_LONGEST_LIFE, Principal
from harmony.commons.policy import service as policy
from harmony.coordination.gateway.headers import WALLS
from harmony.coordination.registry import service as registry

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
        token, secret = await identity.create_token(uow, member.id, "test", API_TOKEN_LONGEST_LIFE)
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


FOR_PAGES = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Dest": "script"},
    {"Sec-Fetch-Dest": "style"},
    {"Sec-Fetch-Dest": "iframe"},
    {"Sec-Fetch-Dest": "serviceworker"},
]


async def test_a_component_is_no_part_of_anybody_s_page(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying(b"alert(1)", b"Content-Type: text/javascript"))
    for headers in FOR_PAGES:
        assert await codes(nexus, "/hub/x.js", headers=headers) == ["gateway.not_for_pages"], headers
    assert not hub.heard


async def test_an_answer_sets_nothing_for_our_origin(nexus: Nexus) -> None:
    said = (b"Set-Cookie: harmony_session=mine", b"Clear-Site-Data: *", b"Location: /conductor/../auth", b"X-Ok: 1")
    await nexus.stranger(saying(b"<script>", *said, b"Content-Type: text/html", status=b"302 Found"))
    answer = await nexus.client.get("/hub/x")
    assert answer.headers["x-ok"] == "1"
    assert not {"set-cookie", "clear-site-data", "location"} & set(answer.headers)
    for name, value in WALLS:
        assert answer.headers[name.decode()] == value.decode()


# Smuggling, and what looks like it.


TWO_READINGS = [
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
]


async def test_what_can_be_read_in_two_ways_reaches_nobody(nexus: Nexus) -> None:
    hub = await nexus.stranger(saying())
    smuggled = "0\r\n\r\nGET /hub/smuggled HTTP/1.1\r\nX: "
    for lines in TWO_READINGS:
        head = "\r\n".join([lines[0], f"Host: 127.0.0.1:{nexus.port}", *lines[1:], "Connection: close"])
        answer = await nexus.say((head + "\r\n\r\n" + smuggled).encode("latin-1"))
        assert answer.startswith(b"HTTP/1.1 4"), lines
        assert answer.count(b"HTTP/1.1 ") == 1, lines
        assert not hub.heard, lines


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

    async with serve(echo, "127.0.0.1", 0, subprotocols=[Subprotocol("chat")]) as serving:
        port = next(iter(serving.sockets)).getsockname()[1]
        await nexus.register(port)
        headers = {"Cookie": "harmony_session=a"}
        address = f"ws://127.0.0.1:{nexus.port}/hub/talk?x=1"
        async with connect(
            address, additional_headers=headers, subprotocols=[Subprotocol("chat")], proxy=None
        ) as socket:
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
