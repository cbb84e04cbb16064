"""The life of the main process: ports, store, house, server, memberships, jobs; and the same backwards."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import structlog

import harmony.apps
from harmony.adapters.bus.bells import Bells
from harmony.adapters.db import revisions
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.pool import Database
from harmony.adapters.db.server_check import check_server
from harmony.adapters.http.origins import OriginGuard
from harmony.adapters.telemetry.export import Exporter
from harmony.adapters.telemetry.spans import Sink, unrecorded
from harmony.adapters.workers.pool import Workers
from harmony.apps.components.application import VERSION, Watched, application
from harmony.apps.components.component import Component
from harmony.apps.components.front_door import FrontDoor
from harmony.apps.components.page import Page
from harmony.apps.links import wiring
from harmony.apps.runtime import membership, redis_door, run_file, schedule, server, sockets
from harmony.apps.runtime.errors import MigrationFailed
from harmony.apps.settings import Settings
from harmony.commons.identity import service as identity
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal
from harmony.commons.identity.service import Signer
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.service import Journal
from harmony.kernel.chance import Chance, SystemChance
from harmony.kernel.clock import Clock, SystemClock
from harmony.kernel.ids import TimeOrderedIds

MIGRATIONS = Path(harmony.apps.__path__[0]) / "migrations"
OPERATOR = Principal("operator", "operator", "Operator", ("admin",))
OPERATOR_TOKEN_LIFE = timedelta(days=30)
FRONT_DOOR = "global-nexus"
CONDUCTOR = "conductor"
HEALTH_WAIT_SECONDS = 0.1
LISTENER_WAIT_SECONDS = 1.0

log = structlog.get_logger("runtime")


@dataclass(frozen=True, slots=True)
class Running:
    """What has been started and where."""

    ports: Mapping[str, int]
    sign_in_link: str | None
    data: Path


async def run(
    settings: Settings,
    components: Sequence[Component],
    say: Callable[[str], None],
    started: Callable[[Running], None],
    open_logs: Callable[[], None],
) -> None:
    """Start everything, call ``started``, stay until SIGINT or SIGTERM, end everything.

    ``open_logs`` is called once the data folder is known to be ours.
    """
    clock, chance = SystemClock(), SystemChance()
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.set)
    ports = {component.name: component.port + settings.port_offset for component in components}
    listeners = sockets.bind(ports)
    registering = [component.name for component in components if component.registers]
    async with AsyncExitStack() as stack:
        stack.callback(_close_all, listeners)
        dsn = await stack.enter_async_context(_store(settings, clock, chance, say))
        open_logs()
        record = await stack.enter_async_context(_watching(settings))
        house = await stack.enter_async_context(_house(settings, dsn, clock, chance, registering, record))
        await stack.enter_async_context(_background(_listen(dsn, house), name="journal listener"))
        closing = asyncio.Event()
        hosts = [f"{host}:{port}" for host in ("127.0.0.1", "localhost") for port in ports.values()]
        applications = {one.name: application(one, house, closing, hosts, record) for one in components}
        await stack.enter_async_context(_serving(applications, ports, hosts, listeners, closing))
        if CONDUCTOR in ports:
            await stack.enter_async_context(redis_door.opened(settings.port_offset, house, closing, say))
        link, token = await _operator(house)
        run_file.write(settings.data, run_file.RunFile(os.getpid(), dict(ports), token))
        stack.callback(run_file.remove, settings.data)
        await stack.enter_async_context(_working(components, ports, house, applications))
        await _until_healthy(ports, clock, ending)
        started(Running(ports, link, settings.data))
        await ending.wait()
        say("ending …")


@asynccontextmanager
async def _store(settings: Settings, clock: Clock, chance: Chance, say: Callable[[str], None]) -> AsyncIterator[str]:
    """A PostgreSQL at the newest revision: the embedded one, restarted when it dies, or the one that is named."""
    async with AsyncExitStack() as stack:
        if settings.database_url is None:
            postgres = await EmbeddedPostgres.start(settings.data, progress=say, clock=clock, chance=chance)
            stack.push_async_callback(postgres.stop)
            await stack.enter_async_context(_background(_keep_alive(postgres), name="postgres keeper"))
            dsn = postgres.dsn
        else:
            dsn = settings.database_url
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = await asyncpg.connect(dsn)
        try:
            await check_server(connection)
            current = await revisions.is_current(connection, MIGRATIONS)
        finally:
            await connection.close()
        if not current:
            say("bringing the database up to date …")
            await _migrate(dsn)
        yield dsn


async def _keep_alive(postgres: EmbeddedPostgres) -> None:
    """Start PostgreSQL again whenever it dies: it recovers what was acknowledged, callers see 503 meanwhile."""
    while True:
        code = await postgres.wait()
        log.error("PostgreSQL ended by itself and is started again", exit_code=code)
        await postgres.restart()


async def _migrate(dsn: str) -> None:
    """In a process of its own, so that the migration library's memory goes when its work is done."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "harmony.apps.runtime.migration",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate(dsn.encode())
    if process.returncode:
        log.error("migration failed", output=output.decode(errors="replace")[-4_000:])
        raise MigrationFailed("the database could not be brought up to date")


@asynccontextmanager
async def _watching(settings: Settings) -> AsyncIterator[Sink]:
    """Where spans go: nowhere unless a collector is named."""
    if settings.otlp_endpoint is None:
        yield unrecorded
        return
    exporter = Exporter(str(settings.otlp_endpoint), VERSION)
    try:
        yield exporter
    finally:
        await asyncio.to_thread(exporter.close)


@asynccontextmanager
async def _house(
    settings: Settings, dsn: str, clock: Clock, chance: Chance, started: Sequence[str], record: Sink
) -> AsyncIterator[House]:
    ids = TimeOrderedIds(clock, chance)
    database = await Database.connect(dsn, clock=clock, ids=ids, chance=chance, record=record)
    workers = Workers()
    try:
        house = House(
            database=database,
            journal=Journal(database),
            signer=await Signer.load(database),
            ports=wiring.ports(database, started, workers, settings.data),
            local_allowed=settings.local_allowed,
        )
        yield house
    finally:
        workers.close()
        await database.close()


@asynccontextmanager
async def _serving(
    applications: Mapping[str, Watched],
    ports: Mapping[str, int],
    hosts: Collection[str],
    listeners: Mapping[str, socket.socket],
    closing: asyncio.Event,
) -> AsyncIterator[None]:
    """Serve every component on its port; the front door's port serves the route table.

    The door has a guard of its own: the page, too, is shown under our own names only.
    """
    by_port: dict[int, Any] = {ports[name]: app for name, app in applications.items()}
    if FRONT_DOOR in applications:
        now = SystemClock().now
        door = FrontDoor(Page(), now)
        door.opens_to(applications)
        by_port[ports[FRONT_DOOR]] = OriginGuard(door, hosts, now)
    http = server.server(by_port)
    task = await server.serving(http, list(listeners.values()))
    try:
        yield
    finally:
        closing.set()
        http.should_exit = True
        await task


@asynccontextmanager
async def _working(
    components: Sequence[Component], ports: Mapping[str, int], house: House, applications: Mapping[str, Watched]
) -> AsyncIterator[None]:
    """Jobs and memberships, cancelled at the end."""
    tasks = [asyncio.create_task(journal_jobs.keep_stamping(house.database, house.journal), name="stamper")]
    if CONDUCTOR in ports:
        await wiring.resume(house)
    for component in components:
        tasks += schedule.start(component.jobs, house)
    if CONDUCTOR in ports:
        tasks += membership.join_all(
            components,
            ports,
            f"http://127.0.0.1:{ports[CONDUCTOR]}",
            house,
            lambda name: {"requests_total": applications[name].requests, "errors": applications[name].errors},
        )
    try:
        yield
    finally:
        await _cancelled(tasks)


async def _operator(house: House) -> tuple[str, str]:
    """A one-time sign-in link and this run's token for Harmony's own operator; earlier runs' tokens end."""
    async with house.database.begin() as uow:
        await identity.ensure_principal(uow, OPERATOR)
        for token in await identity.list_tokens(uow.connection, OPERATOR.id):
            if token.label == run_file.NAME and token.revoked_at is None:
                await identity.revoke_token(uow, token.id, OPERATOR.id)
        _, secret = await identity.create_token(uow, OPERATOR.id, run_file.NAME, OPERATOR_TOKEN_LIFE)
        return await identity.create_link(uow, OPERATOR.id), secret


async def _until_healthy(ports: Mapping[str, int], clock: Clock, ending: asyncio.Event) -> None:
    """Wait until the conductor has heard from every component that was started."""
    if CONDUCTOR not in ports:
        return
    async with httpx.AsyncClient(trust_env=False) as client:
        while not ending.is_set():
            with contextlib.suppress(httpx.HTTPError):
                if (await client.get(f"http://127.0.0.1:{ports[CONDUCTOR]}/health")).is_success:
                    return
            await clock.sleep(HEALTH_WAIT_SECONDS)


async def _listen(dsn: str, house: House) -> None:
    """Follow other processes' stamps over a connection of its own, made again when it is lost."""
    while True:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(dsn)
            try:
                await house.port(Bells).listen(connection)
                await journal_jobs.keep_listening(house.journal, connection)
            finally:
                await connection.close(timeout=1)
        await house.database.clock.sleep(LISTENER_WAIT_SECONDS)


@asynccontextmanager
async def _background(work: Any, *, name: str) -> AsyncIterator[None]:
    task = asyncio.create_task(work, name=name)
    try:
        yield
    finally:
        await _cancelled([task])


async def _cancelled(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _close_all(listeners: Mapping[str, socket.socket]) -> None:
    for listener in listeners.values():
        listener.close()
