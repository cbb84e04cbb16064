"""Cortex in rehearsal, and over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from tests.coordination.alerts.cortex import Cortex

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House
from harmony.commons.notifications.ports import Outlets
from harmony.commons.notifications.routes import channels
from harmony.coordination.alerts.routes import alerts
from harmony.coordination.alerts.watch import Watch
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.routes import router
from harmony.kernel.clock import VirtualClock


@pytest.fixture
def cortex(database: Database, clock: VirtualClock) -> Cortex:
    return Cortex(database, clock)


@pytest_asyncio.fixture
async def http(conductor: FastAPI, cortex: Cortex) -> AsyncIterator[httpx.AsyncClient]:
    """An unauthenticated caller of global-cortex on loopback."""
    house: House = conductor.state.house
    more = {Intake: cortex.intake, Watch: cortex.watch, Outlets: cortex.slack}
    conductor.state.house = House(
        house.database, house.journal, house.signer, {**house.ports, **more}, house.local_allowed
    )
    for one in (router, alerts, channels):
        conductor.include_router(one)
    transport = httpx.ASGITransport(app=conductor, client=("127.0.0.1", 50_000), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:9002") as found:
        yield found
