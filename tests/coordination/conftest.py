"""A Conductor of the tests' own: the orchestra's routes over a fresh database, called without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from fastapi import FastAPI

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.adapters.http import problems
from harmony.commons.identity.edge import House
from harmony.commons.identity.service import Signer
from harmony.commons.journal.service import Journal
from harmony.coordination.alerts.routes import router as alerts_router
from harmony.coordination.events.fakes import Still
from harmony.coordination.events.ports import Snapshots
from harmony.coordination.events.routes import router as events_router
from harmony.coordination.heartbeats.fakes import Own, Started
from harmony.coordination.heartbeats.ports import BuiltIn, Expected
from harmony.coordination.heartbeats.routes import router as heartbeats_router
from harmony.coordination.queue.routes import router as queue_router
from harmony.coordination.queue.routes import sending as sending_router
from harmony.coordination.queue.writer import Writer
from harmony.coordination.state.ports import Messages
from harmony.coordination.state.routes import router as state_router

OWN_COMPONENTS = frozenset({"conductor", "global-nexus", "harmony-live", "harmony-settlement"})
EXPECTED = frozenset({"global-nexus", "harmony-live"})


@pytest_asyncio.fixture
async def conductor(database: Database) -> FastAPI:
    """The application, as a process would assemble it."""
    app = FastAPI()
    bells = Bells()
    writer = Writer(database, bells)
    for router in (sending_router, heartbeats_router, events_router, alerts_router, queue_router, state_router):
        app.include_router(router)
    problems.install(app, database.clock.now)
    app.state.house = House(
        database=database,
        journal=Journal(database),
        signer=await Signer.load(database),
        ports={
            BuiltIn: Own(OWN_COMPONENTS),
            Expected: Started(EXPECTED, database.clock.now()),
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
