"""Sealing and proving: everything committed is chained once, and whatever is tampered with is found and named."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.service import Journal
from harmony.kernel.clock import VirtualClock
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.ledger import jobs, service
from harmony.settlement.ledger.model import SEAL_LIMIT_TRANSFERS, Account, Pending, Proof, Row, Transfer, digest

ISSUER, ANNA, BEN = "issuer:practice-USDC", "principal:anna:available", "principal:ben:available"


def pay(transfer_id: str, minor: int = 1) -> Transfer:
    return Transfer(transfer_id, ISSUER, ANNA, Amount(minor, PRACTICE_USDC), "test")


async def post(database: Database, *moves: Transfer | Pending) -> None:
    async with database.begin() as uow:
        await service.post(uow, moves)


async def prove(database: Database) -> Proof:
    async with database.reading() as connection:
        return await service.prove(connection)


@pytest_asyncio.fixture
async def ledger(database: Database) -> Database:
    """Three blocks of two transfers each, sealed, among them one that is pending; nothing unsealed."""
    async with database.begin() as uow:
        opened = [Account(ISSUER, PRACTICE_USDC, "unlimited"), *(Account(code, PRACTICE_USDC) for code in (ANNA, BEN))]
        await service.open_accounts(uow, opened)
    for block in range(3):
        await post(database, pay(f"t{block}a", 10), Pending(f"t{block}b", ANNA, BEN, pay("_", 3).amount, "test"))
        await jobs.seal(database)
    return database


UNGUARDED = """
DO $$
DECLARE
    guard record;
BEGIN
    FOR guard IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE contype = 'f' AND conrelid::regclass::text LIKE 'ledger\\_%' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guard.place, guard.conname);
    END LOOP;
    FOR guard IN SELECT DISTINCT tgrelid::regclass AS place FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'ledger\\_%' LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', guard.place);
    END LOOP;
END
$$
"""
"""Takes every trigger and foreign key of the ledger away, as the owner of its tables can."""


async def tamper(dsn: str, *statements: str) -> None:
    """What somebody with Harmony's own rights on the database can do."""
    connection = await asyncpg.connect(dsn)
    for statement in (UNGUARDED, *statements):
        await connection.execute(statement)
    await connection.close()


def named(proof: Proof) -> set[tuple[str, str]]:
    return {(fault.kind, fault.subject) for fault in proof.faults}


async def test_an_untouched_ledger_is_proved_up_to_its_last_seal(ledger: Database) -> None:
    proof = await prove(ledger)
    assert proof.ok and proof.faults == ()
    assert (proof.accounts, proof.transfers, proof.unsealed, proof.last_seal) == (3, 6, 0, 6)
    assert len(proof.last_hash) == 64
    [total] = proof.totals
    assert (total.debits_posted, total.credits_posted, total.debits_pending, total.credits_pending) == (30, 30, 9, 9)


async def test_an_empty_ledger_is_proved(database: Database) -> None:
    proof = await prove(database)
    assert (proof.ok, proof.last_seal, proof.last_hash) == (True, 0, "")


async def test_what_is_not_sealed_yet_is_counted_and_sealed_once(ledger: Database) -> None:
    before = await prove(ledger)
    await post(ledger, pay("late"))
    waiting = await prove(ledger)
    assert (waiting.ok, waiting.unsealed, waiting.last_hash) == (True, 1, before.last_hash)
    assert [await jobs.seal(ledger), await jobs.seal(ledger)] == [1, 0]
    sealed = await prove(ledger)
    assert (sealed.ok, sealed.unsealed, sealed.last_seal) == (True, 0, 7)
    assert sealed.last_hash != before.last_hash


async def test_transfers_that_commit_in_inverse_order_are_both_sealed(ledger: Database) -> None:
    posted_first, sealed_second = asyncio.Event(), asyncio.Event()
    async with ledger.begin() as uow:
        await service.open_accounts(
            uow, [Account("slow", PRACTICE_USDC, "unlimited"), Account("quick", PRACTICE_USDC, "unlimited")]
        )

    async def slow() -> None:
        async with ledger.begin() as uow:
            await service.post(uow, [Transfer("slow", "slow", ANNA, Amount(1, PRACTICE_USDC), "test")])
            posted_first.set()
            await sealed_second.wait()

    async def quick() -> None:
        await posted_first.wait()
        await post(ledger, Transfer("quick", "quick", BEN, Amount(1, PRACTICE_USDC), "test"))
        assert await jobs.seal(ledger) == 1
        sealed_second.set()

    await asyncio.gather(slow(), quick())
    assert await jobs.seal(ledger) == 1
    proof = await prove(ledger)
    assert (proof.ok, proof.last_seal, proof.unsealed) == (True, 8, 0)


async def test_concurrent_sealers_build_one_chain(ledger: Database) -> None:
    for number in range(20):
        await post(ledger, pay(f"more{number}"))
    counts = await asyncio.gather(*(jobs.seal(ledger) for _ in range(4)))
    assert sum(counts) == 20
    assert (await prove(ledger)).ok


async def test_a_block_holds_no_more_than_its_limit(database: Database) -> None:
    async with database.begin() as uow:
        opened = [Account(ISSUER, PRACTICE_USDC, "unlimited"), Account(ANNA, PRACTICE_USDC)]
        await service.open_accounts(uow, opened)
        for first in range(0, SEAL_LIMIT_TRANSFERS + 100, 100):
            await service.post(uow, [pay(f"t{first + number}") for number in range(100)])
    assert await jobs.seal(database) == SEAL_LIMIT_TRANSFERS + 100
    async with database.reading() as connection:
        sizes = await connection.fetch("SELECT last_seal - first_seal + 1 AS n FROM ledger_blocks ORDER BY number")
    assert [row["n"] for row in sizes] == [SEAL_LIMIT_TRANSFERS, 100]
    assert (await prove(database)).ok


@pytest.mark.parametrize("words", ['"', "\\", "\b\f\n\r\t\x01\x1f\x7f", "ä€😀\u2028", "/<&>'", "{}[],:null"])
async def test_the_database_seals_with_the_digest_that_the_model_recomputes(ledger: Database, words: str) -> None:
    await post(ledger, Transfer(f"id {words}", ISSUER, ANNA, Amount(1, PRACTICE_USDC), f"p {words}", words))
    await jobs.seal(ledger)
    proof = await prove(ledger)
    assert (proof.ok, proof.faults, proof.last_seal) == (True, (), 7)


@pytest.mark.parametrize("microseconds", [0, 1, 120_000, 999_999])
async def test_instants_are_sealed_as_they_are_read(ledger: Database, clock: VirtualClock, microseconds: int) -> None:
    clock.advance(microseconds / 1_000_000)
    expires_at = clock.now() + timedelta(days=300, microseconds=7)
    await post(ledger, Pending("h", ANNA, BEN, pay("_", 1).amount, "test", expires_at=expires_at))
    await jobs.seal(ledger)
    assert (await prove(ledger)).ok


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["UPDATE ledger_transfers SET purpose = 'gift' WHERE id = 't1a'"], ("altered", "transfer t1a")),
        (["UPDATE ledger_transfers SET posted_at = posted_at + interval '1 microsecond' WHERE id = 't0b'"],
         ("altered", "transfer t0b")),
        (["UPDATE ledger_transfers SET amount = 11 WHERE id = 't1a'"], ("altered", "transfer t1a")),
        (["UPDATE ledger_transfers SET amount = 11 WHERE id = 't1a'"], ("balance", f"{ANNA} practice-USDC")),
        (["DELETE FROM ledger_transfers WHERE id = 't1a'"], ("removed", "position 3")),
        (["DELETE FROM ledger_transfers WHERE id = 't1a'", "DELETE FROM ledger_seals WHERE seal = 3"],
         ("removed", "seal 3")),
        (["DELETE FROM ledger_seals WHERE seal = 3"], ("unsealed", "position 3")),
        (["UPDATE ledger_seals SET seal = seal + 100 WHERE seal IN (3, 4)",
          "UPDATE ledger_seals SET seal = 107 - seal WHERE seal > 100"], ("reordered", "transfer t1a")),
        (["UPDATE ledger_seals SET position = position + 100 WHERE seal IN (3, 4)",
          "UPDATE ledger_seals SET position = 107 - position WHERE position > 100"], ("reordered", "transfer t1b")),
        (["UPDATE ledger_seals SET digest = sha256('x') WHERE seal = 3"], ("chain", "block 2")),
        (["UPDATE ledger_blocks SET hash = sha256('x') WHERE number = 2"], ("chain", "block 3")),
        (["DELETE FROM ledger_blocks WHERE number = 2"], ("chain", "block 3")),
        (["DELETE FROM ledger_blocks WHERE number = 3"], ("chain", "seal 5")),
        (["UPDATE ledger_accounts SET credits_posted = 10, debits_pending = 0 WHERE code LIKE '%anna%'"],
         ("totals", "practice-USDC")),
        (["UPDATE ledger_accounts SET credits_pending = 8 WHERE code LIKE '%ben%'"],
         ("balance", f"{BEN} practice-USDC")),
        (["UPDATE ledger_reservations SET remaining = 2 WHERE pending_id = 't1b'"],
         ("reservation", "transfer t1b")),
        (["DELETE FROM ledger_reservations WHERE pending_id = 't1b'"], ("reservation", "transfer t1b")),
        (["DELETE FROM ledger_accounts WHERE code LIKE '%ben%'"], ("balance", f"{BEN} practice-USDC")),
    ],
)  # fmt: skip
async def test_whatever_is_tampered_with_is_found_and_named(
    ledger: Database, dsn: str, statements: list[str], fault: tuple[str, str]
) -> None:
    await tamper(dsn, *statements)
    proof = await prove(ledger)
    assert not proof.ok
    assert fault in named(proof)


async def test_a_transfer_that_vanishes_before_it_is_sealed_is_named(ledger: Database, dsn: str) -> None:
    await post(ledger, pay("late"))
    await tamper(dsn, "DELETE FROM ledger_transfers WHERE id = 'late'")
    assert ("unsealed", "position 7") in named(await prove(ledger))


async def test_the_job_that_proves_journals_what_it_found(ledger: Database, dsn: str) -> None:
    assert await jobs.prove(ledger) == 0
    await tamper(dsn, "UPDATE ledger_transfers SET purpose = 'gift' WHERE id = 't1a'")
    assert await jobs.prove(ledger) == 1
    await journal_jobs.stamp(ledger)
    [entry] = await Journal(ledger).read(0)
    found: dict[str, Any] = dict(entry.payload)
    assert entry.kind == "settlement.ledger.fault_found"
    assert found == {"faults": 1, "first_kind": "altered", "first_subject": "transfer t1a", "last_seal": 6}


NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROW = Row(1, "t", "post", "a", "b", "x", 1, 2, "h", NOW, "purpose", "reference", "actor", "trace", NOW)


@pytest.mark.parametrize("field", [field.name for field in fields(Row)])
def test_every_field_of_a_transfer_and_its_place_are_part_of_its_digest(field: str) -> None:
    other = {int: 7, str: "other", datetime: NOW + timedelta(microseconds=1)}[type(getattr(ROW, field))]
    assert digest(replace(ROW, **{field: other}), 1) != digest(ROW, 1)
    assert digest(ROW, 2) != digest(ROW, 1)
