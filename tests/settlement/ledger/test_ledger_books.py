"""Books that never mix: the money of each chain and ETHIK, by the words of the ledger and by those of the database."""

from __future__ import annotations

import asyncpg
import pytest

from harmony.adapters.db.pool import Database
from harmony.kernel.errors import Refusal
from harmony.kernel.money import ETHIK, PRACTICE_USDC, Amount
from harmony.settlement.ledger import service
from harmony.settlement.ledger.errors import AccountUnknown, BooksMixed, TransferInvalid
from harmony.settlement.ledger.model import Account, Move, Transfer, usdc_on

ISSUER, ANNA, BEN = "issuer:practice-USDC", "principal:anna:available", "principal:ben:available"


def pay(transfer_id: str, debit: str, credit: str, minor: int) -> Transfer:
    return Transfer(transfer_id, debit, credit, Amount(minor, PRACTICE_USDC), "test")


async def post(database: Database, *moves: Move) -> None:
    async with database.begin() as uow:
        await service.post(uow, moves)


async def refused(database: Database, refusal: type[Refusal], *moves: Move) -> Refusal:
    with pytest.raises(refusal) as told:
        await post(database, *moves)
    return told.value


async def opened(database: Database) -> None:
    accounts = [Account(ISSUER, PRACTICE_USDC, "unlimited"), Account(ANNA, PRACTICE_USDC), Account(BEN, PRACTICE_USDC)]
    async with database.begin() as uow:
        await service.open_accounts(uow, accounts)
        await service.post(uow, [pay("funds", ISSUER, ANNA, 100)])


async def free(database: Database, code: str) -> list[int]:
    async with database.reading() as connection:
        return [one.available.minor for one in await service.balances(connection, code)]


async def test_a_chain_stays_in_one_book(database: Database) -> None:
    await opened(database)
    async with database.begin() as uow:
        await service.open_accounts(uow, [Account("issuer:ETHIK", ETHIK, "unlimited"), Account(BEN, ETHIK)])
    swap = [pay("t1", ANNA, BEN, 1), Transfer("t2", "issuer:ETHIK", BEN, Amount(1, ETHIK), "test")]
    refusal = await refused(database, BooksMixed, *swap)
    assert refusal.details["transfer_id"] == "t2"
    assert await free(database, ANNA) == [100]


async def test_the_database_itself_refuses_to_mix_books(database: Database) -> None:
    """Whoever goes around every function finds that a transfer's two accounts have its asset, or do not exist."""
    await opened(database)
    async with database.begin() as uow:
        await service.open_accounts(uow, [Account("fund", ETHIK)])
        for asset in ("practice-USDC", "ETHIK"):
            statement = (
                "INSERT INTO ledger_transfers (id, kind, debit, credit, asset, amount, released, purpose, reference,"
                f" actor, trace, posted_at) VALUES ('x', 'transfer', '{ANNA}', 'fund', '{asset}', 1, 0, 'x', '', '',"
                " '', $1)"
            )
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                async with uow.connection.transaction():
                    await uow.connection.execute(statement, uow.now)
        for statement in (
            "INSERT INTO ledger_assets (code, scale, book) VALUES ('USDC:eip155:8453', 6, 'ethik')",
            "INSERT INTO ledger_assets (code, scale, book) VALUES ('ETHIK2', 6, 'money')",
        ):
            with pytest.raises(asyncpg.CheckViolationError):
                async with uow.connection.transaction():
                    await uow.connection.execute(statement)


async def test_the_money_of_each_chain_is_a_book_of_its_own(database: Database) -> None:
    await opened(database)
    on_base, on_solana = usdc_on("eip155:8453"), usdc_on("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp")
    async with database.begin() as uow:
        await service.open_accounts(
            uow,
            [Account("vault", on_base, "unlimited"), Account(ANNA, on_base), Account("vault", on_solana, "unlimited")],
        )
    await post(database, Transfer("t1", "vault", ANNA, Amount(7, on_base), "test"))
    await refused(database, AccountUnknown, Transfer("t2", "vault", ANNA, Amount(7, on_solana), "test"))
    async with database.reading() as connection:
        found = {one.asset: one.available.minor for one in await service.balances(connection, ANNA)}
    assert found == {on_base: 7, PRACTICE_USDC: 100}


@pytest.mark.parametrize("chain", ["", "base", "eip155:", "eip155:8453;", "EIP155:1", "eip155:" + "1" * 33])
def test_a_chain_has_a_name_of_caip_2(chain: str) -> None:
    with pytest.raises(TransferInvalid):
        usdc_on(chain)
