"""A Conductor of the tests' own: the orchestra's routes over a fresh database, called without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from tests.coordination.orchestra import Orchestra

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.adapters.http import problems
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal
from harmony.commons.identity.service import Signer
from harmony.commons.journal.service import Journal
from harmony.commons.policy.routes import router as policy_router
from harmony.coordination.alerts.routes import router as alerts_router
from harmony.coordination.events.fakes import Still
from harmony.coordination.events.ports import Snapshots
from harmony.coordination.events.routes import router as events_router
from harmony.coordination.heartbeats.fakes import Own, Started
from harmony.coordination.heartbeats.listing import router as listing_router
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.routes import router as heartbeats_router
from harmony.coordination.queue.routes import router as queue_router
from harmony.coordination.queue.routes import sending as sending_router
from harmony.coordination.queue.writer import Writer
from harmony.coordination.requests.fakes import Network
from harmony.coordination.requests.ports import Carrier
from harmony.coordination.requests.routes import router as requests_router
from harmony.coordination.requests.switchboard import Switchboard
from harmony.coordination.state.ports import Messages
from harmony.coordination.state.routes import router as state_router
from harmony.kernel.clock import VirtualClock

OWN_COMPONENTS = frozenset({"conductor", "global-nexus", "harmony-live", "harmony-settlement"})
EXPECTED = frozenset({"global-nexus", "harmony-live"})


@pytest.fixture
def pulse() -> Pulse:
    """What the Conductor has heard: nothing yet."""
    return Pulse()


@pytest.fixture
def switchboard() -> Switchboard:
    return Switchboard()


@pytest.fixture
def network() -> Network:
    """Nobody can be reached yet."""
    return Network()


@pytest.fixture
def orchestra(database: Database, clock: VirtualClock, pulse: Pulse) -> Orchestra:
    return Orchestra(database, clock, pulse)


@pytest_asyncio.fixture
async def conductor(database: Database, pulse: Pulse, switchboard: Switchboard, network: Network) -> FastAPI:
    """The application, as a process would assemble it."""
    app = FastAPI()
    bells = Bells()
    writer = Writer(database, bells)
    streams = (sending_router, queue_router, events_router, state_router)
    for router in (*streams, heartbeats_router, listing_router, alerts_router, requests_router, policy_router):
        app.include_router(router)
    problems.install(app, database.clock.now)
    app.state.house = House(
        database=database,
        journal=Journal(database),
        signer=await Signer.load(database),
        ports={
            BuiltIn: Own(OWN_COMPONENTS),
            Expected: Started(EXPECTED, database.clock.now()),
            Pulse: pulse,
            Switchboard: switchboard,
            Carrier: network,
            Bells: bells,
            Writer: writer,
            Messages: writer,
            Snapshots: Still({"services": "as they stand"}),
        },
    )
    app.state.closing = asyncio.Event()
    return app


@pytest_asyncio.fixture
async def client(conductor: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An unauthenticated caller on loopback, as the specification's curl is."""
    transport = httpx.ASGITransport(app=conductor, client=("127.0.0.1", 50_000), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8888") as found:
        yield found


@pytest_asyncio.fixture
async def as_operator(conductor: FastAPI, database: Database) -> Mapping[str, str]:
    """The headers of Harmony's operator."""
    house: House = conductor.state.house
    operator = Principal("operator", "operator", "Operator", ("admin",))
    return {"Authorization": "Bearer " + house.signer.sign(operator, database.clock.now().timestamp())}
