"""Posting: whole or not at all, once per id, within every account's rule, never mixing assets, never undone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import asyncpg
import pytest

from harmony.adapters.db.pool import Database
from harmony.kernel.clock import VirtualClock
from harmony.kernel.errors import Refusal
from harmony.kernel.money import ETHIK, LARGEST_MINOR, PRACTICE_USDC, USDC, Amount
from harmony.settlement.ledger import jobs, service
from harmony.settlement.ledger.errors import (
    AccountDiffers,
    AccountUnknown,
    BalanceOverflow,
    FundsInsufficient,
    PendingCurrent,
    PendingExceeded,
    PendingExpired,
    PendingResolved,
    PendingUnknown,
    TransferIdReused,
    TransferInvalid,
)
from harmony.settlement.ledger.model import (
    BATCH_LIMIT_TRANSFERS,
    ID_LIMIT_CHARS,
    Account,
    Balance,
    Move,
    Part,
    Pending,
    Post,
    Posted,
    Transfer,
    Void,
)
from harmony.settlement.ledger.writer import Writer

ISSUER, ANNA, BEN, SHOP = "issuer:practice-USDC", "principal:anna:available", "principal:ben:available", "shop"


def money(minor: int) -> Amount:
    return Amount(minor, PRACTICE_USDC)


def pay(transfer_id: str, debit: str, credit: str, minor: int) -> Transfer:
    return Transfer(transfer_id, debit, credit, money(minor), "test")


def hold(transfer_id: str, debit: str, credit: str, minor: int) -> Pending:
    return Pending(transfer_id, debit, credit, money(minor), "test")


async def opened(database: Database, funds: int = 100) -> None:
    async with database.begin() as uow:
        await service.open_accounts(
            uow,
            [
                Account(ISSUER, PRACTICE_USDC, "unlimited"),
                *(Account(code, PRACTICE_USDC) for code in (ANNA, BEN, SHOP)),
            ],
        )
        await service.post(uow, [pay("funds", ISSUER, ANNA, funds)])


DOOR = ["caller"]
"""Which door the running test posts through."""


@pytest.fixture(params=["in the caller's transaction", "through the writer"], autouse=True)
def door(request: pytest.FixtureRequest) -> None:
    """Every test here is a promise of both doors."""
    DOOR[:] = [request.param]


async def post(database: Database, *moves: Move) -> list[Posted]:
    if DOOR == ["through the writer"]:
        return await Writer(database).post(moves, actor="system", trace="0" * 32)
    async with database.begin() as uow:
        return await service.post(uow, moves)


async def refused(database: Database, refusal: type[Refusal], *moves: Move) -> Refusal:
    """The batch is refused so; in the caller's transaction, that stays usable and commits."""
    if DOOR == ["through the writer"]:
        with pytest.raises(refusal) as told:
            await post(database, *moves)
        return told.value
    async with database.begin() as uow:
        with pytest.raises(refusal) as caught:
            await service.post(uow, moves)
        assert await uow.connection.fetchval("SELECT 1") == 1
    return caught.value


async def balance(database: Database, code: str) -> Balance:
    async with database.reading() as connection:
        [found] = await service.balances(connection, code)
    return found


async def free(database: Database, *codes: str) -> list[int]:
    return [(await balance(database, code)).available.minor for code in codes]


async def test_a_transfer_moves_money_from_the_debited_to_the_credited_account(database: Database) -> None:
    await opened(database)
    assert await post(database, pay("t1", ANNA, BEN, 30)) == [Posted("t1", 30, False)]
    assert await free(database, ISSUER, ANNA, BEN) == [-100, 70, 30]


async def test_an_account_that_holds_money_never_goes_below_zero(database: Database) -> None:
    await opened(database)
    refusal = await refused(database, FundsInsufficient, pay("t1", ANNA, BEN, 101))
    assert refusal.status == 402 and refusal.details["transfer_id"] == "t1"
    await post(database, pay("t2", ANNA, BEN, 100))
    assert await free(database, ANNA, BEN) == [0, 100]


async def test_the_database_itself_refuses_a_balance_beyond_the_rule(database: Database) -> None:
    await opened(database)
    async with database.begin() as uow:
        with pytest.raises(asyncpg.CheckViolationError):
            async with uow.connection.transaction():
                await uow.connection.execute("UPDATE ledger_accounts SET debits_posted = 101 WHERE code = $1", ANNA)


async def test_an_account_with_the_reverse_rule_never_takes_more_than_it_gave(database: Database) -> None:
    await opened(database)
    async with database.begin() as uow:
        await service.open_accounts(uow, [Account("loan", PRACTICE_USDC, "credits_within_debits")])
    await refused(database, FundsInsufficient, pay("t1", ANNA, "loan", 1))
    await post(database, pay("t2", "loan", BEN, 50), pay("t3", BEN, "loan", 50))
    await refused(database, FundsInsufficient, pay("t4", ANNA, "loan", 1))


async def test_an_account_keeps_the_rule_it_was_opened_with(database: Database) -> None:
    await opened(database)
    async with database.begin() as uow:
        await service.open_accounts(uow, [Account(ANNA, PRACTICE_USDC)])
        with pytest.raises(AccountDiffers):
            await service.open_accounts(uow, [Account(ANNA, PRACTICE_USDC, "unlimited")])


async def test_a_linked_batch_that_fails_anywhere_leaves_nothing(database: Database) -> None:
    await opened(database)
    refusal = await refused(
        database, FundsInsufficient, pay("t1", ANNA, BEN, 60), pay("t2", ANNA, BEN, 60), pay("t3", ANNA, BEN, 1)
    )
    assert refusal.details["transfer_id"] == "t2"
    assert await free(database, ANNA, BEN) == [100, 0]
    await post(database, pay("t1", ANNA, BEN, 60))


async def test_a_batch_is_posted_in_its_order(database: Database) -> None:
    await opened(database)
    await post(database, pay("t1", ANNA, BEN, 100), pay("t2", BEN, SHOP, 100))
    await refused(database, FundsInsufficient, pay("t3", ANNA, BEN, 100), pay("t4", SHOP, ANNA, 100))


async def test_the_same_id_with_the_same_content_has_one_effect_and_one_answer(database: Database) -> None:
    await opened(database)
    await post(database, pay("t1", ANNA, BEN, 30))
    assert await post(database, pay("t1", ANNA, BEN, 30)) == [Posted("t1", 30, True)]
    assert await free(database, ANNA, BEN) == [70, 30]


@pytest.mark.parametrize(
    "other",
    [
        pay("t1", ANNA, BEN, 31),
        pay("t1", ANNA, SHOP, 30),
        pay("t1", BEN, ANNA, 30),
        hold("t1", ANNA, BEN, 30),
        Transfer("t1", ANNA, BEN, money(30), "another purpose"),
        Transfer("t1", ANNA, BEN, money(30), "test", "another reference"),
    ],
)
async def test_the_same_id_with_other_content_is_refused(database: Database, other: Move) -> None:
    await opened(database)
    await post(database, pay("t1", ANNA, BEN, 30))
    assert (await refused(database, TransferIdReused, other)).status == 409


async def test_a_repeat_is_answered_even_when_the_money_has_gone_since(database: Database) -> None:
    await opened(database)
    await post(database, pay("t1", ANNA, BEN, 100))
    await post(database, pay("t2", BEN, SHOP, 100))
    assert await post(database, pay("t1", ANNA, BEN, 100)) == [Posted("t1", 100, True)]


async def test_a_pending_transfer_reserves_without_moving(database: Database) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60))
    assert await free(database, ANNA, BEN) == [40, 0]
    assert (await balance(database, ANNA)).held == money(60)
    await refused(database, FundsInsufficient, pay("t1", ANNA, SHOP, 41))


@pytest.mark.parametrize(("part", "left"), [(None, [40, 60]), (25, [75, 25]), (60, [40, 60])])
async def test_posting_moves_all_or_part_and_frees_the_rest(
    database: Database, part: int | None, left: list[int]
) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60))
    ending = Post("p1", "h1", "test", None if part is None else money(part))
    await post(database, ending)
    assert await free(database, ANNA, BEN) == left
    assert (await balance(database, ANNA)).held == money(0)
    assert [answer.repeated for answer in await post(database, ending)] == [True]


async def test_a_pending_transfer_is_posted_in_parts_and_the_rest_is_voided(database: Database) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60))
    for number, minor in enumerate((10, 25), start=1):
        assert await post(database, Part(f"p{number}", "h1", "test", money(minor))) == [
            Posted(f"p{number}", minor, False)
        ]
    assert (await balance(database, ANNA)).held == money(25)
    assert (await post(database, Part("p1", "h1", "test", money(10))))[0].repeated
    await refused(database, PendingExceeded, Part("p3", "h1", "test", money(26)))
    assert await post(database, Void("v1", "h1", "test")) == [Posted("v1", 25, False)]
    assert await free(database, ANNA, BEN) == [65, 35]
    assert await post(database, Void("v1", "h1", "test")) == [Posted("v1", 25, True)]
    await refused(database, PendingResolved, Part("p4", "h1", "test", money(1)))


async def test_parts_that_come_to_everything_end_the_pending_transfer(database: Database) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60))
    await post(database, Part("p1", "h1", "test", money(20)), Part("p2", "h1", "test", money(40)))
    assert await free(database, ANNA, BEN) == [40, 60]
    await refused(database, PendingResolved, Post("p3", "h1", "test"))


@pytest.mark.parametrize(("rest", "moved"), [(None, 50), (5, 5)])
async def test_the_last_post_takes_what_the_parts_left_and_frees_the_rest(
    database: Database, rest: int | None, moved: int
) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60), Part("p1", "h1", "test", money(10)))
    ending = Post("p2", "h1", "test", None if rest is None else money(rest))
    assert await post(database, ending) == [Posted("p2", moved, False)]
    assert await post(database, ending) == [Posted("p2", moved, True)]
    assert await free(database, ANNA, BEN) == [90 - moved, 10 + moved]
    assert (await balance(database, ANNA)).held == money(0)


async def test_a_part_and_a_last_post_are_two_contents_under_one_id(database: Database) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60), Part("p1", "h1", "test", money(10)))
    await refused(database, TransferIdReused, Post("p1", "h1", "test", money(10)))


async def test_what_the_parts_left_times_out(database: Database, clock: VirtualClock) -> None:
    await opened(database)
    expires_at = clock.now() + timedelta(seconds=60)
    await post(database, Pending("h1", ANNA, BEN, money(60), "test", expires_at=expires_at))
    await post(database, Part("p1", "h1", "test", money(10)))
    clock.advance(60)
    await refused(database, PendingExpired, Part("p2", "h1", "test", money(10)))
    assert await jobs.expire(database) == 1
    assert await free(database, ANNA, BEN) == [90, 10]


@pytest.mark.parametrize("remaining", [-1, 61])
async def test_the_database_itself_refuses_parts_beyond_what_was_pending(database: Database, remaining: int) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60))
    async with database.begin() as uow:
        with pytest.raises(asyncpg.CheckViolationError):
            async with uow.connection.transaction():
                await uow.connection.execute("UPDATE ledger_reservations SET remaining = $1", remaining)


async def test_posting_more_than_is_pending_is_refused(database: Database) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60))
    await refused(database, PendingExceeded, Post("p1", "h1", "test", money(61)))


async def test_voiding_frees_everything(database: Database) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60))
    await post(database, Void("v1", "h1", "test"))
    assert await free(database, ANNA, BEN) == [100, 0]


@pytest.mark.parametrize("first", [Post("e1", "h1", "test"), Void("e1", "h1", "test")])
@pytest.mark.parametrize("second", [Post("e2", "h1", "test"), Void("e2", "h1", "test")])
async def test_a_pending_transfer_is_resolved_once(database: Database, first: Move, second: Move) -> None:
    await opened(database)
    await post(database, hold("h1", ANNA, BEN, 60), first)
    await refused(database, PendingResolved, second)


@pytest.mark.parametrize("ending", [Post("e1", "t1", "test"), Void("e1", "nothing", "test")])
async def test_only_a_pending_transfer_can_be_resolved(database: Database, ending: Move) -> None:
    await opened(database)
    await post(database, pay("t1", ANNA, BEN, 1))
    await refused(database, PendingUnknown, ending)


async def test_a_pending_transfer_times_out_by_the_job_and_not_before(database: Database, clock: VirtualClock) -> None:
    await opened(database)
    expires_at = clock.now() + timedelta(seconds=60)
    await post(database, Pending("h1", ANNA, BEN, money(60), "test", expires_at=expires_at))
    await refused(database, PendingCurrent, Void("early", "h1", "time-out", timed_out=True))
    clock.advance(59.999)
    assert await jobs.expire(database) == 0
    clock.advance(0.001)
    await refused(database, PendingExpired, Post("late", "h1", "test"))
    assert await jobs.expire(database) == 1
    assert await free(database, ANNA, BEN) == [100, 0]
    assert await jobs.expire(database) == 0


async def test_a_time_out_that_is_past_is_refused_and_a_repeat_of_it_is_not(
    database: Database, clock: VirtualClock
) -> None:
    await opened(database)
    await refused(database, TransferInvalid, Pending("h0", ANNA, BEN, money(1), "test", expires_at=clock.now()))
    soon = Pending("h1", ANNA, BEN, money(1), "test", expires_at=clock.now() + timedelta(seconds=1))
    await post(database, soon)
    clock.advance(2)
    assert (await post(database, soon))[0].repeated


async def test_assets_never_mix_even_under_one_account_code(database: Database) -> None:
    await opened(database)
    async with database.begin() as uow:
        await service.open_accounts(uow, [Account("issuer:ETHIK", ETHIK, "unlimited"), Account(BEN, ETHIK)])
    await refused(database, AccountUnknown, Transfer("t1", "issuer:ETHIK", BEN, money(1), "test"))
    await refused(database, AccountUnknown, Transfer("t2", ANNA, BEN, Amount(1, ETHIK), "test"))
    await refused(database, AccountUnknown, Transfer("t3", ANNA, BEN, Amount(1, USDC), "test"))
    await post(database, Transfer("t4", "issuer:ETHIK", BEN, Amount(5, ETHIK), "test"))
    async with database.reading() as connection:
        found = {one.asset.code: one.available.minor for one in await service.balances(connection, BEN)}
    assert found == {"practice-USDC": 0, "ETHIK": 5}


async def test_a_balance_beyond_64_bits_is_refused(database: Database) -> None:
    await opened(database)
    await refused(database, BalanceOverflow, pay("t1", ISSUER, ANNA, LARGEST_MINOR))


@pytest.mark.parametrize(
    "moves",
    [
        [],
        [pay(f"t{number}", ANNA, BEN, 1) for number in range(BATCH_LIMIT_TRANSFERS + 1)],
        [pay("t1", ANNA, BEN, 0)],
        [pay("t1", ANNA, BEN, -1)],
        [pay("t1", ANNA, ANNA, 1)],
        [pay("t" * (ID_LIMIT_CHARS + 1), ANNA, BEN, 1)],
        [Transfer("t1", ANNA, BEN, money(1), "")],
    ],
)
async def test_what_cannot_be_a_batch_is_refused(database: Database, moves: Sequence[Move]) -> None:
    await opened(database)
    await refused(database, TransferInvalid, *moves)


async def test_a_batch_at_its_limits_is_posted(database: Database) -> None:
    await opened(database, funds=BATCH_LIMIT_TRANSFERS)
    names = [f"{number}".rjust(ID_LIMIT_CHARS, "t") for number in range(BATCH_LIMIT_TRANSFERS)]
    await post(database, *(pay(name, ANNA, BEN, 1) for name in names))
    assert await free(database, ANNA, BEN) == [0, BATCH_LIMIT_TRANSFERS]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_transfers SET amount = 1",
        "DELETE FROM ledger_transfers",
        "TRUNCATE ledger_transfers CASCADE",
        "DELETE FROM ledger_accounts",
        "UPDATE ledger_accounts SET rule = 'unlimited'",
        "UPDATE ledger_blocks SET hash = previous_hash",
        "DELETE FROM ledger_seals",
        "UPDATE ledger_assets SET book = 'money'",
        "DELETE FROM ledger_reservations",
        "UPDATE ledger_reservations SET amount = 1",
    ],
)
async def test_nothing_that_was_written_is_changed_or_deleted(database: Database, statement: str) -> None:
    await opened(database)
    await jobs.seal(database)
    async with database.begin() as uow:
        with pytest.raises(asyncpg.RestrictViolationError):
            async with uow.connection.transaction():
                await uow.connection.execute(statement)


async def test_the_callers_rollback_takes_the_batch_with_it(database: Database) -> None:
    await opened(database)
    with pytest.raises(RuntimeError):
        async with database.begin() as uow:
            await service.post(uow, [pay("t1", ANNA, BEN, 30)])
            raise RuntimeError("the change failed")
    assert await free(database, ANNA, BEN) == [100, 0]


async def test_many_tasks_on_few_accounts_neither_wait_for_ever_nor_lose_a_unit(database: Database) -> None:
    await opened(database, funds=1_000)
    codes = [ANNA, BEN, SHOP]

    async def shuffle(task: int) -> int:
        done = 0
        for step in range(15):
            first, second = (codes[(task + step + offset) % 3] for offset in (0, 1 + task % 2))
            batch = [pay(f"{task}-{step}-a", first, second, 7), pay(f"{task}-{step}-b", second, first, 3)]
            try:
                await post(database, *batch)
                done += 1
            except FundsInsufficient:
                continue
        return done

    done = await asyncio.gather(*(shuffle(task) for task in range(8)))
    assert sum(done) > 0
    assert sum(await free(database, *codes)) == 1_000
    async with database.reading() as connection:
        assert (await service.prove(connection)).ok


async def test_twins_in_flight_have_one_effect(database: Database) -> None:
    await opened(database)
    answers = await asyncio.gather(*(post(database, pay("t1", ANNA, BEN, 30)) for _ in range(6)))
    assert sorted(answer.repeated for [answer] in answers) == [False] + [True] * 5
    assert await free(database, ANNA, BEN) == [70, 30]


async def test_twins_in_flight_on_other_accounts_are_one_posted_and_one_refused(database: Database) -> None:
    await opened(database)
    await post(database, pay("t0", ANNA, BEN, 50))
    answers = await asyncio.gather(
        post(database, pay("t1", ANNA, ISSUER, 5)), post(database, pay("t1", BEN, SHOP, 5)), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(TransferIdReused) == 1
    assert sum(await free(database, ANNA, BEN, SHOP, ISSUER)) == 0


async def test_a_distribution_pays_every_part_once(database: Database) -> None:
    source = Account("issuer:ETHIK", ETHIK, "unlimited")
    parts = [
        (Account(BEN, ETHIK), Amount(70, ETHIK)),
        (Account("fund:maintenance", ETHIK), Amount(20, ETHIK)),
        (Account("fund:governance", ETHIK), Amount(0, ETHIK)),
    ]
    for repeated in (False, True):
        async with database.begin() as uow:
            posted = await service.distribute(uow, "contribution-1", source, parts, purpose="reward")
        assert [(one.amount_minor, one.repeated) for one in posted] == [(70, repeated), (20, repeated)]
    async with database.begin() as uow:
        with pytest.raises(TransferIdReused):
            await service.distribute(uow, "contribution-1", source, parts[:2], purpose="reward")
        with pytest.raises(TransferInvalid):
            await service.distribute(uow, "c-2", source, [(Account(BEN, PRACTICE_USDC), money(1))], purpose="reward")
