"""A front door with its gateway on a port of its own, components behind it that do what a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from tests.coordination.orchestra import HUB, Orchestra

from harmony.adapters.db.pool import Database
from harmony.adapters.http.origins import OriginGuard
from harmony.apps.components.front_door import FrontDoor
from harmony.apps.runtime import server, sockets
from harmony.commons.identity.edge import House
from harmony.commons.identity.service import Signer
from harmony.commons.journal.service import Journal
from harmony.coordination.gateway import service
from harmony.coordination.gateway.asking import Board, Crossing
from harmony.coordination.gateway.door import Gateway
from harmony.coordination.gateway.fakes import Rehearsal
from harmony.coordination.gateway.ports import Upstream
from harmony.coordination.gateway.upstream import HttpUpstream
from harmony.kernel.clock import VirtualClock

LIMIT_SECONDS = 30
"""Never waited for when all is well."""

TICK_SECONDS = 0.005

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter, bytes], Awaitable[None]]


@dataclass
class Stranger:
    """A component that somebody else runs. ``heard`` are the heads of what it was asked."""

    talk: Talk
    port: int = 0
    heard: list[bytes] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """A connection to it has ended."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heard.append(head)
                await self.talk(reader, writer, head)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            self.ended.set()
            writer.close()

    def headers(self, number: int = -1) -> dict[str, str]:
        lines = self.heard[number].decode().split("\r\n")[1:-2]
        return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}


def saying(body: bytes = b"hello", *headers: bytes, status: bytes = b"200 OK") -> Talk:
    """Reads a body with a length and answers."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length: "):
                await reader.readexactly(int(line[16:]))
        lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *headers]
        writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + (b"" if head.startswith(b"HEAD") else body))

    return talk


def raw(answer: bytes, *, closing: bool = True) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        writer.write(answer)
        if closing:
            await writer.drain()
            raise ConnectionError

    return talk


@dataclass
class Nexus:
    """The front door of a house."""

    house: House
    board: Board
    orchestra: Orchestra
    url: str
    client: httpx.AsyncClient
    stack: AsyncExitStack
    closing: asyncio.Event
    own: FrontDoor

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    async def stranger(self, talk: Talk, actor: str = "local", **changed: Any) -> Stranger:
        """A component that listens and is registered; as ``hub`` unless it is called otherwise."""
        found = Stranger(talk)
        listening = await asyncio.start_server(found.serve, "127.0.0.1", 0)
        self.stack.callback(listening.close)
        found.port = listening.sockets[0].getsockname()[1]
        await self.register(found.port, actor, **changed)
        return found

    async def register(self, port: int, actor: str = "local", **changed: Any) -> str:
        fields: dict[str, Any] = {"component": "hub", "health_check_url": None, "port": port}
        told = type(HUB)(**{**{name: getattr(HUB, name) for name in HUB.__slots__}, **fields, **changed})
        found = await self.orchestra.join(told, actor)
        await self.refresh()
        return found

    async def refresh(self) -> None:
        await service.refresh(self.house.database, self.board.directory, self.board.traffic)

    async def say(self, data: bytes) -> bytes:
        """Raw bytes to the front door; what it answers until it closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(data)
        try:
            return await asyncio.wait_for(reader.read(), LIMIT_SECONDS)
        finally:
            writer.close()


async def page(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"the page"})


async def own(scope: Any, receive: Any, send: Any) -> None:
    """A component of this process: says which path it sees."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-raw-path", scope["raw_path"])]})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


@pytest.fixture
def upstream() -> Upstream:
    return HttpUpstream()


@pytest.fixture
def rehearsal() -> Rehearsal:
    return Rehearsal()


def tick(clock: VirtualClock, ended: asyncio.Event) -> None:
    if not ended.is_set():
        clock.advance(TICK_SECONDS)
        asyncio.get_running_loop().call_later(TICK_SECONDS, tick, clock, ended)


@asynccontextmanager
async def opened(database: Database, orchestra: Orchestra, upstream: Upstream) -> AsyncIterator[Nexus]:
    """A nexus on a port of its own; the virtual clock goes along with real time, since real servers do."""
    board = Board(upstream)
    house = House(database, Journal(database), await Signer.load(database), {Board: board})
    closing, ended = asyncio.Event(), asyncio.Event()
    tick(orchestra.clock, ended)
    door = FrontDoor(page, Gateway(Crossing(house, closing)), database.clock.now)
    door.opens_to({"own-hub": own, "conductor": own}, {"own-capability": "own-hub"})
    listener = sockets.bind({"nexus": 0})["nexus"]
    port = listener.getsockname()[1]
    board.directory.own_ports = frozenset({port})
    http = server.server({port: OriginGuard(door, [f"127.0.0.1:{port}"], database.clock.now)})
    task = await server.serving(http, [listener])
    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(
            httpx.AsyncClient(base_url=url, trust_env=False, timeout=LIMIT_SECONDS)
        )
        yield Nexus(house, board, orchestra, url, client, stack, closing, door)
    ended.set()
    closing.set()
    await upstream.close()
    http.should_exit = True
    await task


@pytest_asyncio.fixture
async def nexus(database: Database, orchestra: Orchestra, upstream: Upstream) -> AsyncIterator[Nexus]:
    async with opened(database, orchestra, upstream) as found:
        yield found


@pytest_asyncio.fixture
async def rehearsed(database: Database, orchestra: Orchestra, rehearsal: Rehearsal) -> AsyncIterator[Nexus]:
    """The same with components in memory."""
    async with opened(database, orchestra, rehearsal) as found:
        yield found


async def codes(nexus: Nexus, path: str, count: int = 1, method: str = "GET", **content: Any) -> list[str]:
    """The codes of the refusals, empty texts for answers."""
    found = []
    for _ in range(count):
        answer = await nexus.client.request(method, path, **content)
        problem = answer.headers.get("content-type", "").startswith("application/problem")
        found.append(answer.json()["code"] if problem else "")
    return found
