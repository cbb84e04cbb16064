"""What only a real Conductor and a real network can show."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from tests.coordination.sdk.conftest import RealWorld
from tests.coordination.sdk.test_member_contract import reached
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.service import members
from harmony.coordination.registry.model import Component
from harmony.coordination.requests.carrier import HttpCarrier
from harmony.coordination.requests.errors import ReplyUnfit
from harmony.coordination.requests.model import REPLY_LIMIT_BYTES, Message
from harmony.coordination.requests.ports import NotSent, Unanswered
from harmony.kernel.chance import SeededChance
from harmony.kernel.clock import VirtualClock
from harmony.sdk.errors import Refused
from harmony.sdk.member import METRICS_FAILED, Member
from harmony.sdk.shell import SyncMember

NOON = VirtualClock().now()


async def test_a_refused_registration_is_said_at_once(real: RealWorld) -> None:
    with pytest.raises(Refused) as refused:
        async with Member("conductor", conductor=real.door()):
            raise AssertionError("it was let in")
    assert refused.value.refusal_code == "registry.name_reserved"


async def test_a_member_whose_metrics_fail_lives_and_says_so(real: RealWorld) -> None:
    def broken() -> dict[str, float]:
        raise ZeroDivisionError

    async with Member("hub", conductor=real.door(), metrics=broken) as hub:
        await reached(hub, "hub")
        (found,) = (await hub.services()).services
        assert (found["status"], found["reported_status"]) == ("degraded", METRICS_FAILED)


async def test_a_crash_is_seen_at_once_and_confirmed_by_a_probe(real: RealWorld) -> None:
    async with httpx.AsyncClient(base_url=real.url, trust_env=False) as client:
        body = {"component": "hub", "version": "1", "port": 1, "health_check_url": "http://127.0.0.1:1/health"}
        await client.post("/register", json=body)
    address = real.url.replace("http", "ws") + "/heartbeat/stream"
    async with connect(address, proxy=None) as socket:
        await socket.send(json.dumps({"type": "beat", "component_id": "hub-001"}))
        assert json.loads(await socket.recv())["type"] == "acknowledged"
        socket.transport.abort()
    async with asyncio.timeout(20):
        await real.pulse.wanted.wait()
    assert await jobs.watch(real.database, real.pulse) == 1
    async with real.database.reading() as connection:
        lease, changes = await members.why(connection, "hub-001", real.pulse)
    assert (lease.status, changes[0].cause) == ("degraded", "crashed")


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ("no json", "requests.frame_invalid", "type"),
        ('{"type": "dance"}', "requests.frame_invalid", "type"),
        ('{"type": "beat"}', "requests.frame_invalid", "component_id"),
        ('{"type": "beat", "component_id": "hub-001", "metrics": {"a": "b"}}', "requests.frame_invalid", "metrics.a"),
        ('{"type": "beat", "component_id": "nobody-001"}', "heartbeats.component_unknown", "component_id"),
        ('{"type": "reply", "request_id": "x"}', "requests.frame_invalid", "request_id"),
    ],
)
async def test_a_bad_frame_is_refused_and_the_stream_goes_on(
    real: RealWorld, frame: str, code: str, field: str
) -> None:
    async with connect(real.url.replace("http", "ws") + "/heartbeat/stream", proxy=None) as socket:
        for _ in range(2):
            await socket.send(frame)
            told = json.loads(await socket.recv())
            assert (told["type"], told["code"], told["details"]["field"]) == ("refused", code, field)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": "Bearer hmy_forged"}, 401),
        ({"Origin": "http://evil.example"}, 403),
        ({"Host": "evil.example"}, 403),
    ],
)
async def test_a_stream_is_for_whom_it_is_for(real: RealWorld, headers: dict[str, str], status: int) -> None:
    address = real.url.replace("http", "ws") + "/heartbeat/stream"
    with pytest.raises(InvalidStatus) as refused:
        async with connect(address, additional_headers=headers, proxy=None):
            raise AssertionError("it was let in")
    assert refused.value.response.status_code == status


async def test_a_script_without_a_loop_is_a_member_too(real: RealWorld) -> None:
    async with Member("hub", conductor=real.door()) as hub:
        seen: list[object] = []

        def script() -> None:
            with SyncMember("sync", conductor=real.url) as member:
                member.on("status")(lambda request: {"asked_by": request.sender})
                seen.append(member.component_id)
                seen.append(len(member.services().services))
                seen.append(member.ask("hub", "ping"))

        await reached(hub, "hub")
        await asyncio.to_thread(script)
        assert seen == ["sync-001", 2, "pong"]
        assert not [thread for thread in threading.enumerate() if thread.name == "member sync"]


@asynccontextmanager
async def answering(head: str, body: bytes = b"") -> AsyncIterator[Component]:
    """A component whose HTTP server always says the same; ``head`` empty: it says nothing."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if head:
            writer.write(f"HTTP/1.1 {head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
            writer.close()
        else:
            await reader.read()
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield component(port)
    server.close()


def component(port: int) -> Component:
    url = f"http://localhost:{port}/health"
    return Component("hub-001", "hub", "1", "127.0.0.1", port, (), url, 5, "local", True, 1, NOON)


def message(request_type: str = "get-status") -> Message:
    return Message("request-1", "a", "hub", request_type, None, "k", NOON, (), "0" * 32)


@pytest.fixture
async def carrier() -> AsyncIterator[HttpCarrier]:
    found = HttpCarrier(SeededChance(1))
    yield found
    await found.close()


async def test_a_request_is_carried_over_http_and_a_ping_asks_how_it_is(carrier: HttpCarrier) -> None:
    async with answering("200 OK", b'{"status": "well"}') as hub:
        assert (await carrier.carry(hub, message(), 5)).body == {"status": "well"}
        assert (await carrier.carry(hub, message("ping"), 5)).body == "pong"
        assert await carrier.probe(hub, 5) is True
    async with answering("409 Conflict", b"") as hub:
        reply = await carrier.carry(hub, message(), 5)
        assert (reply.status, reply.body, reply.ok) == (409, None, False)


async def test_a_redirect_is_an_answer_and_never_followed(carrier: HttpCarrier) -> None:
    async with answering("302 Found\r\nLocation: http://127.0.0.1:1/secret", b"") as hub:
        assert (await carrier.carry(hub, message(), 5)).status == 302
        assert await carrier.probe(hub, 5) is True


async def test_what_is_no_reply_is_refused(carrier: HttpCarrier) -> None:
    async with answering("200 OK", b"x" * (REPLY_LIMIT_BYTES + 1)) as hub:
        with pytest.raises(ReplyUnfit):
            await carrier.carry(hub, message(), 5)
    async with answering("200 OK", b"<html>") as hub:
        with pytest.raises(ReplyUnfit):
            await carrier.carry(hub, message(), 5)


async def test_who_listens_nowhere_was_not_reached_and_who_says_nothing_may_have_been(carrier: HttpCarrier) -> None:
    with pytest.raises(NotSent):
        await carrier.carry(component(1), message(), 5)
    with pytest.raises(NotSent):
        await carrier.carry(replace(component(0), health_check_url=None), message(), 5)
    assert await carrier.probe(component(1), 5) is False
    async with answering("") as hub:
        with pytest.raises(Unanswered):
            await carrier.carry(hub, message(), 0.05)
        assert await carrier.probe(hub, 0.05) is False


async def test_nobody_is_probed_at_an_address_of_somebody_else(carrier: HttpCarrier) -> None:
    async with answering("200 OK") as hub:
        assert await carrier.probe(replace(hub, host="10.0.0.7"), 5) is None
        assert await carrier.probe(replace(hub, health_check_url=None), 5) is None
