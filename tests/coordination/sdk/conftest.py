"""Two Conductors for one suite: the real one behind a real socket, and the one in memory."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any, Protocol

import pytest
import pytest_asyncio

from harmony.adapters.db.pool import Database
from harmony.apps.components.application import application
from harmony.apps.components.conductor import CONDUCTOR
from harmony.apps.runtime import server, sockets
from harmony.commons.identity.edge import House
from harmony.commons.identity.service import Signer
from harmony.commons.journal.service import Journal
from harmony.coordination.heartbeats.fakes import Own, Started
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service import beat as beats
from harmony.coordination.heartbeats.service import watch
from harmony.coordination.requests.carrier import HttpCarrier
from harmony.coordination.requests.ports import Carrier
from harmony.coordination.requests.switchboard import Switchboard
from harmony.sdk.conductor import HttpConductor
from harmony.sdk.fakes import InMemoryConductor
from harmony.sdk.ports import Conductor


class World(Protocol):
    """A Conductor, and what may happen to it."""

    def door(self) -> Conductor:
        """A way in for one member."""
        ...

    async def command(self, component_id: str, command: str, arguments: Mapping[str, Any]) -> str: ...

    async def open_commands(self, component_id: str) -> list[str]: ...

    async def restart(self) -> None: ...

    async def stop(self) -> None: ...

    async def start(self) -> None: ...


class RealWorld:
    """The Conductor's application served on a port of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.pulse = Pulse()
        self.switchboard = Switchboard()
        self.carrier = HttpCarrier(database.chance)
        self._port = 0
        self._closing = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        self._port = self._port or _free_port()
        self._closing = asyncio.Event()
        self.pulse, self.switchboard = Pulse(), Switchboard()
        async with self.database.begin() as uow:
            await watch.resume(uow, self.pulse)
        house = House(
            database=self.database,
            journal=Journal(self.database),
            signer=await Signer.load(self.database),
            ports={
                BuiltIn: Own(frozenset()),
                Expected: Started(frozenset(), self.database.clock.now()),
                Pulse: self.pulse,
                Switchboard: self.switchboard,
                Carrier: self.carrier,
            },
        )
        app = application(CONDUCTOR, house, self._closing, [f"127.0.0.1:{self._port}"])
        self._http = server.server({self._port: app})
        listeners = sockets.bind({"conductor": self._port})
        self._task = await server.serving(self._http, list(listeners.values()))

    async def stop(self) -> None:
        self._closing.set()
        self._http.should_exit = True
        await self._task

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def door(self) -> Conductor:
        return HttpConductor(self.url)

    async def command(self, component_id: str, command: str, arguments: Mapping[str, Any]) -> str:
        async with self.database.begin(actor="operator") as uow:
            issued = await beats.command(uow, self.pulse, component_id, command, arguments, timedelta(hours=1))
        return issued.id

    async def open_commands(self, component_id: str) -> list[str]:
        return [one.id for one in self.pulse.commands(component_id, self.database.clock.now())]


class MemoryWorld:
    """The Conductor of users' own tests."""

    def __init__(self) -> None:
        self.conductor = InMemoryConductor()

    async def start(self) -> None:
        self.conductor.away = False

    async def stop(self) -> None:
        self.conductor.away = True
        self.conductor.restart()

    async def restart(self) -> None:
        self.conductor.restart()

    def door(self) -> Conductor:
        return self.conductor

    async def command(self, component_id: str, command: str, arguments: Mapping[str, Any]) -> str:
        return self.conductor.command(component_id, command, arguments)

    async def open_commands(self, component_id: str) -> list[str]:
        return [one["command_id"] for one in self.conductor.open_commands(component_id)]


@pytest_asyncio.fixture
async def real(database: Database) -> AsyncIterator[RealWorld]:
    found = RealWorld(database)
    await found.start()
    yield found
    await found.stop()
    await found.carrier.close()


@pytest.fixture(params=["memory", "real"])
def world(request: pytest.FixtureRequest) -> World:
    if request.param == "memory":
        return MemoryWorld()
    found: RealWorld = request.getfixturevalue("real")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
