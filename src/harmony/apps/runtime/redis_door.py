"""The door for Redis' clients: a listener beside those of HTTP. Harmony starts without it when its port is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog

from harmony.adapters.resp.server import listening
from harmony.apps.runtime import sockets
from harmony.apps.runtime.errors import PortTaken
from harmony.commons.identity.edge import House
from harmony.coordination.state.handlers import Clients

PORT = 6379

log = structlog.get_logger("redis door")


@asynccontextmanager
async def opened(
    port_offset: int, house: House, closing: asyncio.Event, say: Callable[[str], None]
) -> AsyncIterator[None]:
    """Shared state for ``redis-cli`` and its like on loopback, while the block runs."""
    port = PORT + port_offset
    try:
        [listener] = sockets.bind({"redis": port}).values()
    except PortTaken as taken:
        log.warning("the port for Redis' clients is taken", port=port)
        say(f"shared state is not reachable by redis-cli: {taken.message}")
        yield
        return
    with listener:
        async with listening(listener, Clients(house, closing).begin):
            yield
