"""The Conductor of the tests with Cortex beside it: one process, one intake."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from harmony.adapters.bus.bells import Bells
from harmony.commons.identity.edge import House
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.routes import router
from harmony.kernel.clock import VirtualClock


@pytest.fixture
def intake(clock: VirtualClock, pulse: Pulse) -> Intake:
    """What has been measured: nothing yet; beats hand on to it."""
    found = Intake(Bells(), clock.monotonic)
    pulse.samples = found.take
    return found


@pytest_asyncio.fixture
async def cortex(conductor: FastAPI, intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    """An unauthenticated caller of global-cortex on loopback."""
    house: House = conductor.state.house
    conductor.state.house = House(
        house.database, house.journal, house.signer, {**house.ports, Intake: intake}, house.local_allowed
    )
    conductor.include_router(router)
    transport = httpx.ASGITransport(app=conductor, client=("127.0.0.1", 50_000), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:9002") as found:
        yield found
