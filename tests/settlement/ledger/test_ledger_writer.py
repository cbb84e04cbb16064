"""The batching writer: many callers in one commit, each with an answer of its own, nothing lost and nothing doubled."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import asyncpg
import pytest
from tests.conftest import MIGRATIONS
from tests.postgres import reachable_folder

from harmony.adapters.db import migrate
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.errors import DatabaseUnavailable
from harmony.adapters.db.pool import Database
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.errors import Refusal
from harmony.kernel.ids import TimeOrderedIds
from harmony.kernel.money import LARGEST_MINOR, PRACTICE_USDC, Amount
from harmony.settlement.ledger import service, writer
from harmony.settlement.ledger.errors import FundsInsufficient, TransferIdReused, TransferInvalid, WriterFull
from harmony.settlement.ledger.model import Account, Move, Pending, Posted, Proof, Transfer
from harmony.settlement.ledger.writer import Writer

NAMES = ("anna", "ben", "shop")


def pay(transfer_id: str, debit: str, credit: str, minor: int) -> Transfer:
    return Transfer(transfer_id, debit, credit, Amount(minor, PRACTICE_USDC), "test")


async def opened(database: Database) -> Writer:
    async with database.begin() as uow:
        accounts = [Account("issuer", PRACTICE_USDC, "unlimited"), *(Account(name, PRACTICE_USDC) for name in NAMES)]
        await service.open_accounts(uow, accounts)
        await service.post(uow, [pay("funds", "issuer", "anna", 100)])
    return Writer(database)


async def ask(through: Writer, *moves: Move) -> list[Posted]:
    return await through.post(moves, actor="test", trace="test")


async def told(through: Writer, asked: Sequence[Sequence[Move]]) -> list[str]:
    """What everybody who asks at once is told: ``posted``, ``repeated`` or the name of the refusal."""
    answers = await asyncio.gather(*(ask(through, *moves) for moves in asked), return_exceptions=True)
    words = []
    for answer in answers:
        if isinstance(answer, BaseException):
            words.append(type(answer).__name__)
        else:
            words.append("repeated" if answer[0].repeated else "posted")
    return words


async def free(database: Database) -> dict[str, int]:
    async with database.reading() as connection:
        return {name: (await service.balances(connection, name))[0].available.minor for name in NAMES}


async def commits(database: Database) -> int:
    """How many instants transfers were posted at, one a commit: the clock is moved by hand."""
    async with database.reading() as connection:
        return int(await connection.fetchval("SELECT count(DISTINCT xmin::text) FROM ledger_transfers"))


async def proved(database: Database) -> Proof:
    async with database.reading() as connection:
        return await service.prove(connection)


async def test_callers_at_once_share_a_commit(database: Database) -> None:
    through = await opened(database)
    before = await commits(database)
    assert await told(through, [[pay(f"t{number}", "anna", "ben", 1)] for number in range(60)]) == ["posted"] * 60
    assert await commits(database) - before == 1
    assert await free(database) == {"anna": 40, "ben": 60, "shop": 0}


async def test_one_bad_transfer_fails_only_itself(database: Database) -> None:
    through = await opened(database)
    asked: list[list[Move]] = [
        [pay("t1", "anna", "ben", 10)],
        [pay("t2", "nobody", "ben", 1)],
        [pay("t3", "anna", "ben", 1_000)],
        [pay("t4", "anna", "shop", 10), pay("t5", "shop", "ben", 11)],
        [pay("funds", "issuer", "anna", 100)],
        [pay("funds", "issuer", "anna", 101)],
        [Pending("h1", "anna", "shop", Amount(20, PRACTICE_USDC), "test")],
        [pay("t6", "anna", "shop", 5), pay("t7", "shop", "ben", 5)],
    ]
    assert await told(through, asked) == [
        "posted",
        "AccountUnknown",
        "FundsInsufficient",
        "FundsInsufficient",
        "repeated",
        "TransferIdReused",
        "posted",
        "posted",
    ]
    assert await free(database) == {"anna": 65, "ben": 15, "shop": 0}
    assert (await proved(database)).ok


async def test_money_that_is_only_on_its_way_is_not_spent_in_a_circle(database: Database) -> None:
    through = await opened(database)
    assert await told(through, [[pay("t1", "ben", "shop", 50)], [pay("t2", "shop", "ben", 50)]]) == [
        "FundsInsufficient",
        "FundsInsufficient",
    ]


async def test_of_more_than_an_account_holds_as_many_are_posted_as_it_can_bear(database: Database) -> None:
    through = await opened(database)
    words = await told(through, [[pay(f"t{number}", "anna", "ben", 30)] for number in range(5)])
    assert sorted(words) == ["FundsInsufficient"] * 2 + ["posted"] * 3
    assert await free(database) == {"anna": 10, "ben": 90, "shop": 0}


async def test_twins_in_one_batch_have_one_effect(database: Database) -> None:
    through = await opened(database)
    words = await told(through, [[pay("t1", "anna", "ben", 30)] for _ in range(4)])
    assert sorted(words) == ["posted"] + ["repeated"] * 3
    assert await free(database) == {"anna": 70, "ben": 30, "shop": 0}


async def test_two_contents_under_one_id_are_one_posted_and_one_refused(database: Database) -> None:
    through = await opened(database)
    words = await told(through, [[pay("t1", "ben", "shop", 1)], [pay("t1", "issuer", "shop", 1)]])
    assert words == [FundsInsufficient.__name__, "posted"]
    words = await told(through, [[pay("t2", "issuer", "shop", 1)], [pay("t2", "issuer", "ben", 1)]])
    assert words == ["posted", TransferIdReused.__name__]


async def test_what_cannot_be_a_batch_is_refused_before_it_is_queued(database: Database) -> None:
    through = await opened(database)
    for moves in ([], [pay("t1", "anna", "ben", 0)], [pay("t\x001", "anna", "ben", 1)]):
        with pytest.raises(TransferInvalid):
            await ask(through, *moves)


@pytest.mark.parametrize("name", ["an\x00na", "an\ud800na"])
async def test_what_the_database_cannot_store_costs_nobody_else_the_answer(database: Database, name: str) -> None:
    through = await opened(database)
    asked = [[pay("t1", "anna", "ben", 1)], [pay("t2", name, "ben", 1)], [pay("t3", "anna", "ben", 1)]]
    words = await told(through, asked)
    assert words[0] == words[2] == "posted" and words[1] not in ("posted", "repeated")


async def test_an_account_that_cannot_hold_so_much_costs_nobody_else_the_answer(database: Database) -> None:
    through = await opened(database)
    asked = [[pay(f"t{number}", "issuer", "ben", LARGEST_MINOR - 5)] for number in range(2)]
    assert sorted(await told(through, [*asked, [pay("t9", "anna", "shop", 1)]])) == ["BalanceOverflow"] * 2 + ["posted"]


async def test_a_full_queue_makes_callers_wait_and_answers_all_of_them(database: Database) -> None:
    await opened(database)
    through = Writer(database, queue_limit=3)
    assert await told(through, [[pay(f"t{number}", "anna", "ben", 1)] for number in range(20)]) == ["posted"] * 20


async def test_who_comes_when_too_many_wait_is_refused(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(database)
    monkeypatch.setattr(writer, "WAITING_LIMIT_CALLERS", 2)
    words = await told(Writer(database, queue_limit=1), [[pay(f"t{n}", "anna", "ben", 1)] for n in range(5)])
    assert words == ["posted"] * 3 + [WriterFull.__name__] * 2


async def test_who_stops_waiting_gives_the_place_back(database: Database) -> None:
    await opened(database)
    through = Writer(database, queue_limit=1)
    first = asyncio.ensure_future(ask(through, pay("t1", "anna", "ben", 1)))
    await asyncio.sleep(0)
    first.cancel()
    assert await told(through, [[pay("t2", "anna", "ben", 1)]]) == ["posted"]


async def test_a_writer_that_was_idle_begins_again(database: Database) -> None:
    through = await opened(database)
    for number in range(5):
        assert await told(through, [[pay(f"t{number}", "anna", "ben", 1)]]) == ["posted"]


async def test_a_database_that_is_gone_is_said_to_everybody(database: Database) -> None:
    through = await opened(database)
    await database.close()
    words = await told(through, [[pay(f"t{number}", "anna", "ben", 1)] for number in range(3)])
    assert words == [DatabaseUnavailable.__name__] * 3
    assert issubclass(DatabaseUnavailable, Refusal)


@pytest.mark.parametrize("victim", ["the writer's process", "PostgreSQL"])
def test_a_kill_loses_nothing_that_was_answered_and_doubles_nothing(victim: str) -> None:
    with reachable_folder() as folder:
        asyncio.run(_kill(folder / "data", victim))


async def _kill(data: Path, victim: str) -> None:
    server = await EmbeddedPostgres.start(data, progress=lambda _: None, clock=SystemClock())
    try:
        migrate.upgrade(server.dsn, MIGRATIONS)
        clock, chance = SystemClock(), SystemChance()
        ids = TimeOrderedIds(clock, chance)
        database = await Database.connect(server.dsn, clock=clock, ids=ids, chance=chance, connections=2)
        await opened(database)
        await database.close()
        answered = await _answered_until_killed(server, data, victim)
        connection = await asyncpg.connect(server.dsn)
        there = [row["id"] for row in await connection.fetch("SELECT id FROM ledger_transfers WHERE purpose = 'test'")]
        balance = await connection.fetchval("SELECT credits_posted FROM ledger_accounts WHERE code = 'shop'")
        await connection.close()
    finally:
        await server.stop()
    assert len(answered) >= 300
    assert set(answered) <= set(there)
    assert len(there) == len(set(there))
    assert balance == len([one for one in there if one.startswith("kill-")])


async def _answered_until_killed(server: EmbeddedPostgres, data: Path, victim: str) -> list[str]:
    command = [sys.executable, "-m", "tests.settlement.ledger.poster", "3000"]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with await asyncio.to_thread(subprocess.Popen, command, env=environ, **pipes) as poster:
        assert poster.stdin is not None and poster.stdout is not None
        poster.stdin.write(server.dsn + "\n")
        poster.stdin.flush()
        answered = await asyncio.to_thread(_lines, poster.stdout, 300)
        if victim == "PostgreSQL":
            os.kill(int((data / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            await server.wait()
            await server.restart()
            answered += await asyncio.to_thread(_lines, poster.stdout, 10_000)
            assert len(answered) == 3_000
        else:
            poster.kill()
            answered += await asyncio.to_thread(_lines, poster.stdout, 10_000)
    return [line for line in answered if line]


def _lines(stream: IO[str], many: int) -> list[str]:
    """At most ``many`` whole lines; fewer when the stream ends."""
    found = []
    for line in stream:
        found.append(line.rstrip("\n") if line.endswith("\n") else "")
        if len(found) == many:
            break
    return found
