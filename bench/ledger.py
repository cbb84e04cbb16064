"""How many durable transfers a second does the ledger take from 100 concurrent callers, beside pgbench?

pgbench's own transaction (TPC-B-like: three updates, one insert, one read) on the same server and socket, with 16
clients, is the peer. The callers are tasks of one Python process that each wait for the durable answer before they ask
again; the sealer runs beside them. Accounts spread: each transfer moves between two of 1,000 accounts. Hot: every
transfer is paid to one account. Aims: 5 and 4 times pgbench, at least 3 and 2. After each run debits equal credits, and
everything that was answered is there once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import uvloop

import harmony.apps
from harmony.adapters.db import migrate
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.pool import Database
from harmony.adapters.db.programs import installed
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.ids import TimeOrderedIds
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.ledger import jobs, service
from harmony.settlement.ledger.model import Account, Transfer, issuer
from harmony.settlement.ledger.writer import Writer

CALLERS = 100
ACCOUNTS = 1_000
FUNDS_MINOR = 10**12
ROUNDS = 3
SECONDS = 30
SEAL_EVERY_SECONDS = 0.5
PGBENCH = ("-c", "16", "-j", "2", "-M", "prepared")
LEAST = {"spread": 3.0, "hot": 2.0}
AIM = {"spread": 5.0, "hot": 4.0}


def main() -> None:
    wished = argparse.ArgumentParser()
    wished.add_argument("--seconds", type=int, default=SECONDS)
    wished.add_argument("--rounds", type=int, default=ROUNDS)
    asked = wished.parse_args()
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        uvloop.run(_measure(Path(folder) / "data", asked.seconds, asked.rounds))  # the loop that `harmony up` runs on


async def _measure(data: Path, seconds: int, rounds: int) -> None:
    server = await EmbeddedPostgres.start(data, progress=lambda _: None, clock=SystemClock())
    try:
        migrate.upgrade(server.dsn, Path(harmony.apps.__path__[0]) / "migrations")
        environ = _environ(server.dsn)
        await _pgbench(environ, "-i", "-s", "10", "-q")
        clock, chance = SystemClock(), SystemChance()
        database = await Database.connect(
            server.dsn, clock=clock, ids=TimeOrderedIds(clock, chance), chance=chance, connections=8
        )
        await _open(database)
        rates: dict[str, list[float]] = {"pgbench": [], "spread": [], "hot": []}
        for number in range(1, rounds + 1):
            rates["pgbench"].append(await _tps(environ, seconds))
            rates["spread"].append(await _writer(database, seconds, _spread))
            rates["hot"].append(await _writer(database, seconds, _hot))
            last = "   ".join(f"{name} {found[-1]:8,.0f}/s" for name, found in rates.items())
            print(f"round {number}   {last}   load {os.getloadavg()[0]:.1f}", flush=True)
        await database.close()
    finally:
        await server.stop()
    _tell(rates)


def _tell(rates: dict[str, list[float]]) -> None:
    peer = rates["pgbench"]
    for name, words in (("spread", "batching writer, 1,000 accounts"), ("hot", "batching writer, one hot account")):
        ratios = [ours / theirs for ours, theirs in zip(rates[name], peer, strict=True)]
        found = statistics.median(ratios)
        print(f"{words:34} {found:5.2f} × pgbench   (median; at least {LEAST[name]:g}, aim {AIM[name]:g})")
        if found < LEAST[name]:
            raise SystemExit(f"{words}: below {LEAST[name]:g} × pgbench")


async def _writer(database: Database, seconds: int, pick: Callable[[random.Random], tuple[str, str]]) -> float:
    """Durable transfers a second; checks the sums afterwards."""
    writer = Writer(database)
    before = await _counts(database)
    ends = time.monotonic() + seconds
    answered = 0

    async def caller(number: int) -> None:
        nonlocal answered
        choice = random.Random(number)
        while time.monotonic() < ends:
            debit, credit = pick(choice)
            move = Transfer(database.ids.new("bench"), debit, credit, Amount(1, PRACTICE_USDC), "bench")
            await writer.post([move], actor="bench", trace="bench")
            answered += 1

    sealing = asyncio.create_task(_seal(database))
    begun = time.monotonic()
    await asyncio.gather(*(caller(number) for number in range(CALLERS)))
    took = time.monotonic() - begun
    sealing.cancel()
    await asyncio.gather(sealing, return_exceptions=True)
    await jobs.seal(database)
    after = await _counts(database)
    if after != before + answered:
        raise SystemExit(f"{answered} were answered, {after - before} are there")
    return answered / took


async def _seal(database: Database) -> None:
    while True:
        await jobs.seal(database)
        await asyncio.sleep(SEAL_EVERY_SECONDS)


async def _counts(database: Database) -> int:
    """How many transfers there are; ends the run when debits and credits differ or something is not sealed."""
    async with database.reading() as connection:
        sums = await connection.fetchrow(
            "SELECT sum(debits_posted) AS debits, sum(credits_posted) AS credits FROM ledger_accounts"
        )
        counts = await connection.fetchrow(
            "SELECT (SELECT count(*) FROM ledger_transfers) AS transfers, (SELECT sum(amount) FROM ledger_transfers)"
            " AS moved, (SELECT count(*) FROM ledger_unsealed) AS unsealed"
        )
    if not sums["debits"] == sums["credits"] == counts["moved"] or counts["unsealed"]:
        raise SystemExit(f"the sums differ: {dict(sums)} {dict(counts)}")
    return int(counts["transfers"])


async def _open(database: Database) -> None:
    source = Account(issuer(PRACTICE_USDC), PRACTICE_USDC, "unlimited")
    accounts = [Account(_code(number), PRACTICE_USDC) for number in range(ACCOUNTS)]
    async with database.begin() as uow:
        await service.open_accounts(uow, [source, *accounts])
    for first in range(0, ACCOUNTS, 100):
        moves = [
            Transfer(f"funds-{account.code}", source.code, account.code, Amount(FUNDS_MINOR, PRACTICE_USDC), "funds")
            for account in accounts[first : first + 100]
        ]
        async with database.begin() as uow:
            await service.post(uow, moves)
    await jobs.seal(database)


def _code(number: int) -> str:
    return f"principal:bench-{number:04}:available"


def _spread(choice: random.Random) -> tuple[str, str]:
    first, second = choice.sample(range(ACCOUNTS), 2)
    return _code(first), _code(second)


def _hot(choice: random.Random) -> tuple[str, str]:
    return _code(choice.randrange(1, ACCOUNTS)), _code(0)


async def _tps(environ: dict[str, str], seconds: int) -> float:
    output = await _pgbench(environ, *PGBENCH, "-T", str(seconds))
    line = next(line for line in output.splitlines() if line.startswith("tps"))
    return float(line.split()[2])


async def _pgbench(environ: dict[str, str], *arguments: str) -> str:
    program = installed().postgres.with_name("pgbench")
    process = await asyncio.create_subprocess_exec(
        str(program), *arguments, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    output, errors = await process.communicate()
    if process.returncode:
        raise SystemExit(f"pgbench failed: {errors.decode()}")
    return output.decode()


def _environ(dsn: str) -> dict[str, str]:
    """How libpq's programs are told where the server is; the password is not on a command line."""
    parts = urlsplit(dsn)
    query = parse_qs(parts.query)
    return {
        **os.environ,
        "PGHOST": query["host"][0],
        "PGPORT": query["port"][0],
        "PGUSER": parts.username or "",
        "PGPASSWORD": parts.password or "",
        "PGDATABASE": parts.path.lstrip("/"),
    }


if __name__ == "__main__":
    main()
