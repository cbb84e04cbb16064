"""One HTTP server object with several sockets: a request belongs to the component whose port it reached."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn

from harmony.apps.runtime.connections import BoundedConnection

GRACEFUL_SHUTDOWN_SECONDS = 2
KEEP_ALIVE_SECONDS = 15
CONCURRENCY_LIMIT = 1_000
FRAME_LIMIT_BYTES = 1024 * 1024


class ByPort:
    """ASGI: dispatches by the local port of the connection."""

    def __init__(self, applications: Mapping[int, Any]) -> None:
        self._applications = dict(applications)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await self._applications[scope["server"][1]](scope, receive, send)


class Server(uvicorn.Server):
    """uvicorn without its signal handlers: the main process decides when it ends."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server(applications: Mapping[int, Any]) -> Server:
    """A server for ``applications`` by port; run it with ``serve(sockets=…)``, end it with ``should_exit``."""
    return Server(
        uvicorn.Config(
            ByPort(applications),
            http=BoundedConnection,
            ws="websockets-sansio",
            ws_max_size=FRAME_LIMIT_BYTES,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACEFUL_SHUTDOWN_SECONDS,
            limit_concurrency=CONCURRENCY_LIMIT,
        )
    )


async def serving(http: Server, sockets: list[socket.socket]) -> asyncio.Task[None]:
    """The task that serves; returns once the first request can be answered."""
    task = asyncio.create_task(http.serve(sockets=sockets), name="http server")
    while not http.started and not task.done():
        await asyncio.sleep(0)
    return task
