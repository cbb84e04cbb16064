"""A program that posts through the batching writer until it is killed, and prints each id once it is answered.

Its one argument is how many transfers to make; standard input names the database. A lost database is asked again with
the same ids, as any caller would.
"""

from __future__ import annotations

import asyncio
import itertools
import sys

from harmony.adapters.db.errors import DatabaseUnavailable
from harmony.adapters.db.pool import Database
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.ids import TimeOrderedIds
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.ledger.model import Transfer
from harmony.settlement.ledger.writer import Writer

CALLERS = 20
AGAIN_SECONDS = 0.05


async def main(wanted: int) -> None:
    clock, chance = SystemClock(), SystemChance()
    ids = TimeOrderedIds(clock, chance)
    database = await Database.connect(sys.stdin.readline().strip(), clock=clock, ids=ids, chance=chance, connections=2)
    writer, numbers = Writer(database), itertools.count()

    async def caller() -> None:
        while next(numbers) < wanted:
            move = Transfer(ids.new("kill"), "issuer", "shop", Amount(1, PRACTICE_USDC), "test")
            while True:
                try:
                    await writer.post([move], actor="poster", trace="poster")
                    break
                except DatabaseUnavailable:
                    await clock.sleep(AGAIN_SECONDS)
            sys.stdout.write(move.id + "\n")
            sys.stdout.flush()

    await asyncio.gather(*(caller() for _ in range(CALLERS)))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
