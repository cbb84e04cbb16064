"""How many metered requests a second does one server take, one durable debit each, with the token checked?

100 agents, each on a connection of its own, ask a metered route as fast as it answers. Server (the product's: uvicorn
with its guards, logs and limits, the ledger's sealer beside it), PostgreSQL and load generator share this machine.
At least 2,000 requests/s, p95 at most 60 ms, no error in 60 s. Beside it the same route without the meter, and the
meter with tokens that are looked up in the database instead of being verified by their signature.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import uvloop
from fastapi import APIRouter

import harmony.apps
from harmony.adapters.db import migrate
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.pool import Database
from harmony.apps.components.application import application
from harmony.apps.components.component import Component
from harmony.apps.runtime import logs
from harmony.apps.runtime import server as servers
from harmony.commons.identity.edge import Edge, House, requires
from harmony.commons.identity.model import Principal
from harmony.commons.identity.service import Signer, create_principal, create_token
from harmony.commons.journal.service import Journal
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.ids import TimeOrderedIds
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.balances import service as balances
from harmony.settlement.balances.metering import Charge, Metered
from harmony.settlement.balances.model import METERING
from harmony.settlement.ledger import jobs, service
from harmony.settlement.ledger.writer import Writer

AGENTS = 100
SECONDS = 60
SHORT_SECONDS = 10
PRICE = Amount(100, PRACTICE_USDC)
FUNDS = Amount(1_000_000_000, PRACTICE_USDC)
LEAST_PER_SECOND = 2_000
P95_LIMIT_MILLISECONDS = 60.0
SEAL_EVERY_SECONDS = 0.5
TOKEN_LIFE = timedelta(hours=1)
MIGRATIONS = Path(harmony.apps.__path__[0]) / "migrations"

router = APIRouter(tags=["bench"])


@router.get("/metered", response_model=dict[str, str])
async def metered(
    edge: Annotated[Edge, requires("balances.use")], paid: Annotated[Charge, Metered(price=PRICE)]
) -> dict[str, str]:
    return {"caller": edge.caller.id, "transfer": paid.transfer_id}


@router.get("/free", response_model=dict[str, str])
async def free(edge: Annotated[Edge, requires("balances.use")]) -> dict[str, str]:
    return {"caller": edge.caller.id}


@dataclass(frozen=True)
class Load:
    """What the agents saw: how many answers of 200, how many others, and the milliseconds of each."""

    answered: int
    errors: int
    seconds: float
    milliseconds: Sequence[float]

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    @property
    def p95(self) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[int(len(ordered) * 0.95)]


def main() -> None:
    wished = argparse.ArgumentParser()
    wished.add_argument("--seconds", type=int, default=SECONDS)
    wished.add_argument("--serve", action="store_true", help="be the server: standard input names database and socket")
    asked = wished.parse_args()
    uvloop.run(_serve() if asked.serve else _measure(asked.seconds))


async def _measure(seconds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        postgres = await EmbeddedPostgres.start(Path(folder) / "data", progress=lambda _: None, clock=SystemClock())
        try:
            migrate.upgrade(postgres.dsn, MIGRATIONS)
            found = await _against(postgres.dsn, Path(folder) / "logs", seconds)
        finally:
            await postgres.stop()
    if found.errors or found.rate < LEAST_PER_SECOND or found.p95 > P95_LIMIT_MILLISECONDS:
        raise SystemExit("the bar is missed")


async def _against(dsn: str, logged: Path, seconds: int) -> Load:
    database = await _connect(dsn)
    signed, stored = await _agents(database)
    port = _free_port()
    # The server starts while this process waits for it; it ends with its standard input.
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--serve", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps({"dsn": dsn, "port": port, "logs": str(logged)}).encode() + b"\n")
    await process.stdout.readline()
    short = min(SHORT_SECONDS, seconds)
    try:
        await _load(port, "/metered", signed, min(3, seconds))
        _tell("the same route, not metered", await _load(port, "/free", signed, short))
        _tell("metered, token looked up", await _load(port, "/metered", stored, short))
        before = await _debited(database)
        found = await _load(port, "/metered", signed, seconds)
        _tell("metered, token verified", found)
        after = await _debited(database)
    finally:
        process.stdin.close()
        await process.wait()
    if after - before != found.answered * PRICE.minor:
        raise SystemExit(f"{found.answered} calls were answered, {(after - before) // PRICE.minor} were debited")
    print(f"every answer one debit: {found.answered:,}   load {os.getloadavg()[0]:.1f}")
    await database.close()
    return found


def _tell(what: str, found: Load) -> None:
    print(f"{what:28} {found.rate:8,.0f}/s   p95 {found.p95:6.1f} ms   errors {found.errors}", flush=True)


async def _load(port: int, path: str, tokens: Sequence[str], seconds: int) -> Load:
    ends = time.monotonic() + seconds
    milliseconds: list[float] = []
    errors = 0

    async def agent(token: str) -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        while time.monotonic() < ends:
            begun = time.monotonic()
            writer.write(head)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            if answer.startswith(b"HTTP/1.1 200"):
                milliseconds.append((time.monotonic() - begun) * 1000)
            else:
                errors += 1
        writer.close()

    begun = time.monotonic()
    await asyncio.gather(*(agent(token) for token in tokens))
    return Load(len(milliseconds), errors, time.monotonic() - begun, milliseconds)


async def _serve() -> None:
    asked = json.loads(sys.stdin.readline())
    logs.configure(Path(asked["logs"]), to_person=False)
    database = await _connect(asked["dsn"])
    house = House(database, Journal(database), await Signer.load(database), {Writer: Writer(database)})
    component = Component("bench", asked["port"], (), (router,))
    app: Any = application(component, house, asyncio.Event(), {f"127.0.0.1:{asked['port']}"})
    listener = socket.socket()
    listener.bind(("127.0.0.1", asked["port"]))
    http = servers.server({asked["port"]: app})
    task = await servers.serving(http, [listener])
    sealing = asyncio.create_task(_seal(database))
    print("serving", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    sealing.cancel()
    http.should_exit = True
    await task
    await database.close()


async def _seal(database: Database) -> None:
    while True:
        await jobs.seal(database)
        await asyncio.sleep(SEAL_EVERY_SECONDS)


async def _agents(database: Database) -> tuple[list[str], list[str]]:
    """A signed and a stored token of each agent, whose shadow balances are full."""
    signer = await Signer.load(database)
    signed, stored = [], []
    for number in range(AGENTS):
        agent = Principal(f"agent-{number:03}", "agent", f"Agent {number}", ("seeker",))
        async with database.begin() as uow:
            await create_principal(uow, agent)
            _, secret = await create_token(uow, agent.id, "bench", TOKEN_LIFE)
        async with database.begin() as uow:
            await service.grant(uow, agent.id, FUNDS)
        async with database.begin(actor=agent.id) as uow:
            await balances.deposit(uow, FUNDS)
        signed.append(signer.sign(agent, database.clock.now().timestamp(), TOKEN_LIFE))
        stored.append(secret)
    return signed, stored


async def _debited(database: Database) -> int:
    async with database.reading() as connection:
        [found] = await service.balances(connection, METERING)
    return found.credits_posted


async def _connect(dsn: str) -> Database:
    clock, chance = SystemClock(), SystemChance()
    return await Database.connect(dsn, clock=clock, ids=TimeOrderedIds(clock, chance), chance=chance)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
