"""Redis' own clients at the listener: the specification's commands and sample, and what a hostile client may try."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import redis
import redis.asyncio
from fastapi import FastAPI

from harmony.adapters.db.pool import Database
from harmony.adapters.resp import server
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal
from harmony.commons.journal import jobs as journal_jobs
from harmony.coordination.state import jobs
from harmony.coordination.state.handlers import SUBSCRIPTIONS_LIMIT, Clients
from harmony.kernel.clock import VirtualClock

ENOUGH_SECONDS = 10.0
STATE = '{"status": "operational", "mode": "production"}'
REDIS_CLI = shutil.which("redis-cli")


@pytest_asyncio.fixture
async def clients(conductor: FastAPI) -> Clients:
    return Clients(conductor.state.house, conductor.state.closing)


@pytest_asyncio.fixture
async def port(clients: Clients) -> AsyncIterator[int]:
    """A listener with short patience, on a port of its own, and a stamper."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        house = clients.house
        stamping = asyncio.create_task(journal_jobs.keep_stamping(house.database, house.journal))
        async with server.listening(listener, clients.begin, connections=4, command_seconds=0.3, send_seconds=0.3):
            yield listener.getsockname()[1]
        stamping.cancel()
        await asyncio.gather(stamping, return_exceptions=True)


@pytest_asyncio.fixture(params=[2, 3])
async def client(port: int, request: pytest.FixtureRequest) -> AsyncIterator[redis.asyncio.Redis]:
    found = redis.asyncio.Redis(port=port, protocol=request.param, decode_responses=True)
    yield found
    await found.aclose()


async def listens(channel: redis.asyncio.client.PubSub, many: int = 1) -> None:
    """Until so many subscriptions are confirmed: the package only sends them."""
    async with asyncio.timeout(ENOUGH_SECONDS):
        while many:
            message = await channel.get_message(timeout=1)
            many -= message is not None and message["type"] in ("subscribe", "psubscribe")


async def heard(channel: redis.asyncio.client.PubSub) -> tuple[str, str, str]:
    """The next message that is no confirmation."""
    async with asyncio.timeout(ENOUGH_SECONDS):
        while True:
            message = await channel.get_message(timeout=1)
            if message is not None and message["type"] in ("message", "pmessage"):
                return message["type"], message["channel"], message["data"]


async def test_the_printed_commands_work_with_the_clients_of_both_versions(client: redis.asyncio.Redis) -> None:
    channel = client.pubsub()
    await channel.subscribe("echo:global:*")
    await listens(channel)
    assert await client.set("echo:global:state", STATE)
    assert await client.get("echo:global:state") == STATE
    assert await heard(channel) == ("message", "echo:global:state", STATE)
    assert await client.get("echo:global:nothing") is None
    assert await client.ping()
    await channel.unsubscribe()
    await channel.aclose()


async def test_the_printed_sample_keeps_everybody_in_step(port: int) -> None:
    """In lower case, as the package has it; in a thread, as the sample blocks."""

    def sample() -> object:
        redis_client = redis.Redis(host="localhost", port=port)
        redis_client.set("echo:mode", json.dumps("production"))
        redis_client.publish("echo:mode", json.dumps("production"))
        found = redis_client.get("echo:mode")
        redis_client.close()
        assert isinstance(found, bytes)
        return json.loads(found)

    listening = redis.asyncio.Redis(port=port, decode_responses=True)
    channel = listening.pubsub()
    await channel.psubscribe("echo:m?[d]e", "echo:m*")
    await listens(channel, 2)
    assert await asyncio.to_thread(sample) == "production"
    said = [await heard(channel) for _ in range(4)]
    assert said == [("pmessage", "echo:mode", '"production"')] * 4, "set and published, each heard by both patterns"
    await channel.aclose()
    await listening.aclose()


async def test_set_takes_lives_and_conditions(
    client: redis.asyncio.Redis, clock: VirtualClock, database: Database
) -> None:
    assert await client.set("echo:a", "1", nx=True)
    assert await client.set("echo:a", "2", nx=True) is None
    assert await client.set("echo:b", "2", xx=True) is None
    assert await client.set("echo:a", "3", xx=True, ex=10)
    channel = client.pubsub()
    await channel.subscribe("echo:a")
    await listens(channel)
    clock.advance(10)
    assert await client.get("echo:a") is None
    await jobs.tend(database)
    assert await heard(channel) == ("message", "echo:a", "")
    await channel.aclose()


async def test_refusals_are_errors_and_the_connection_goes_on(client: redis.asyncio.Redis) -> None:
    for command in (
        ("FLUSHALL",),
        ("GET", "other:key"),
        ("GET", "echo:a", "echo:b"),
        ("SET", "echo:a"),
        ("SET", "echo:a", "1", "EX", "0"),
        ("SET", "echo:a", "1", "KEEPTTL"),
        ("SET", "echo:a", b"\xff"),
        ("SET", "echo:a", "nul\x00"),
        ("SET", "echo:a", "x" * 70_000),
        ("PUBLISH", "other", "1"),
        ("SELECT", "1"),
        ("CLIENT", "KILL"),
        ("HELLO", "4"),
        ("SUBSCRIBE",),
    ):
        with pytest.raises((redis.ResponseError, redis.AuthenticationError)):
            await client.execute_command(*command)
    assert await client.ping()


async def test_off_loopback_and_where_it_is_switched_off_a_token_is_wanted(
    conductor: FastAPI, clients: Clients
) -> None:
    house: House = conductor.state.house

    async def unsent(_: bytes) -> None:
        raise AssertionError("nothing is sent to whoever listens to nothing")

    stranger = clients.begin("192.0.2.7", unsent)
    assert (await stranger.answer([b"PING"])) == b"+PONG\r\n"
    reading, telling = ([b"GET", b"echo:a"], [b"SUBSCRIBE", b"echo:a"]), [b"PUBLISH", b"echo:a", b"1"]
    for command in (*reading, telling, [b"SET", b"echo:a", b"1"]):
        assert (await stranger.answer(command) or b"").startswith(b"-NOAUTH")
    assert (await stranger.answer([b"AUTH", b"wrong"]) or b"").startswith(b"-WRONGPASS")
    member = Principal("component-hub", "component", "hub", ("component",))
    token = house.signer.sign(member, house.database.clock.now().timestamp()).encode()
    assert (await stranger.answer([b"HELLO", b"3", b"AUTH", b"default", token]) or b"").startswith(b"%")
    assert await stranger.answer([b"SET", b"echo:a", b"1"]) == b"+OK\r\n"
    seeker = Principal("person-otto", "person", "Otto", ("seeker",))
    weak = house.signer.sign(seeker, house.database.clock.now().timestamp()).encode()
    assert await stranger.answer([b"AUTH", weak]) == b"+OK\r\n"
    assert (await stranger.answer([b"GET", b"echo:a"]) or b"").startswith(b"-NOPERM")
    assert await stranger.answer([b"AUTH", token]) == b"+OK\r\n"
    many = [b"echo:%d" % number for number in range(SUBSCRIPTIONS_LIMIT + 1)]
    assert (await stranger.answer([b"SUBSCRIBE", *many]) or b"").startswith(b"-ERR a client has at most")
    assert (await stranger.answer([b"SUBSCRIBE", *many[1:]]) or b"").startswith(b">3")
    await stranger.end()
    assert not clients.talking


async def answered(port: int, data: bytes) -> bytes:
    """All that comes back until the other side hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    async with asyncio.timeout(ENOUGH_SECONDS):
        found = await reader.read()
    writer.close()
    return found


async def test_a_hostile_client_is_told_and_cut_off_and_others_are_served(port: int) -> None:
    good = redis.asyncio.Redis(port=port)
    for data in (b"GET / HTTP/1.1\r\nHost: localhost:6379\r\n\r\n", b"*1\r\n$999999999\r\n", b"*1\r\n*1\r\n*1\r\n"):
        assert (await answered(port, data)).startswith(b"-ERR Protocol error")
    assert b"did not arrive in time" in await answered(port, b"*1\r\n$4\r\nPI")
    assert await good.ping()
    await good.aclose()


async def test_a_subscriber_who_does_not_read_is_cut_off_and_others_hear_everything(
    port: int, clients: Clients
) -> None:
    deaf_reader, deaf_writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    deaf_writer.write(b"*2\r\n$9\r\nSUBSCRIBE\r\n$8\r\necho:big\r\n")
    await deaf_reader.readuntil(b":1\r\n")
    transport = deaf_writer.transport
    assert isinstance(transport, asyncio.ReadTransport)
    transport.pause_reading()
    [deaf] = clients.talking
    good = redis.asyncio.Redis(port=port, decode_responses=True)
    channel = good.pubsub()
    await channel.subscribe("echo:big")
    await listens(channel)
    many = 0
    async with asyncio.timeout(60):
        while deaf in clients.talking:
            await good.set("echo:big", "x" * 60_000)
            assert (await heard(channel))[1] == "echo:big"
            many += 1
    assert many > 2
    deaf_writer.close()
    await channel.aclose()
    await good.aclose()


async def test_there_is_a_bound_on_clients(port: int) -> None:
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
    for reader, writer in lines:
        writer.write(b"*1\r\n$4\r\nPING\r\n")
        assert await reader.readline() == b"+PONG\r\n"
    assert b"max number of clients" in await answered(port, b"")
    for _, writer in lines:
        writer.close()


@pytest.mark.skipif(REDIS_CLI is None, reason="needs redis-cli (Debian: redis-tools) on the path")
async def test_redis_cli_says_what_the_specification_prints(port: int) -> None:
    async def cli(*arguments: str) -> str:
        process = await asyncio.create_subprocess_exec(
            str(REDIS_CLI), "-p", str(port), *arguments, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await asyncio.wait_for(process.communicate(), ENOUGH_SECONDS)
        return output.decode().strip()

    listening = await asyncio.create_subprocess_exec(
        str(REDIS_CLI), "-p", str(port), "SUBSCRIBE", "echo:global:*", stdout=asyncio.subprocess.PIPE
    )
    assert listening.stdout is not None
    confirmed = [await asyncio.wait_for(listening.stdout.readline(), ENOUGH_SECONDS) for _ in range(3)]
    assert confirmed[0].strip() == b"subscribe"
    assert await cli("ping") == "PONG"
    assert await cli("SET", "echo:global:state", STATE) == "OK"
    assert await cli("GET", "echo:global:state") == STATE
    said = [await asyncio.wait_for(listening.stdout.readline(), ENOUGH_SECONDS) for _ in range(3)]
    assert [line.strip().decode() for line in said] == ["message", "echo:global:state", STATE]
    listening.terminate()
    await listening.wait()
