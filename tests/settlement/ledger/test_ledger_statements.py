"""Looking back: statements, balances as of a revision, exports and signed proofs say the same, for ever."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from harmony.adapters.db.pool import Database
from harmony.apps.cli import inspect
from harmony.apps.links.signing import KEY_FILE, FileSigner, SigningKeyDamaged
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.service import Journal
from harmony.kernel.chance import SeededChance
from harmony.kernel.clock import VirtualClock
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.ledger import jobs, service, signed, statements
from harmony.settlement.ledger.errors import PeriodInvalid, ProofUnknown, RevisionUnknown
from harmony.settlement.ledger.fakes import InMemorySigner
from harmony.settlement.ledger.model import EXPORT_CHUNK_TRANSFERS, Account, Move, Part, Pending, Statement, Transfer

ISSUER, ANNA, BEN = "issuer:practice-USDC", "principal:anna:available", "principal:ben:available"
SIGNER = InMemorySigner()


def pay(transfer_id: str, debit: str, credit: str, minor: int, purpose: str = "test") -> Transfer:
    return Transfer(transfer_id, debit, credit, Amount(minor, PRACTICE_USDC), purpose)


async def post(database: Database, *moves: Move) -> None:
    async with database.begin() as uow:
        await service.post(uow, moves)


@pytest_asyncio.fixture
async def ledger(database: Database, clock: VirtualClock) -> Database:
    """Seven sealed moves of Anna's, an hour apart: 100 in, then 1 to 4 out, 20 reserved and 5 of it paid."""
    async with database.begin() as uow:
        opened = [
            Account(ISSUER, PRACTICE_USDC, "unlimited"),
            Account(ANNA, PRACTICE_USDC),
            Account(BEN, PRACTICE_USDC),
        ]
        await service.open_accounts(uow, opened)
    moves: list[Move] = [pay("t0", ISSUER, ANNA, 100), *(pay(f"t{n}", ANNA, BEN, n) for n in range(1, 5))]
    moves += [Pending("h1", ANNA, BEN, Amount(20, PRACTICE_USDC), "hold")]
    moves += [Part("p1", "h1", "part", Amount(5, PRACTICE_USDC))]
    for move in moves:
        await post(database, move)
        await jobs.seal(database)
        clock.advance(3_600)
    return database


async def statement(database: Database, **asked: Any) -> Statement:
    async with database.reading() as connection:
        return await statements.statement(connection, ANNA, PRACTICE_USDC, **{"limit": 50, **asked})


async def exported(database: Database, form: statements.Format = "jsonl") -> str:
    async with database.reading() as connection:
        last = await statements.revision(connection, None)
    return "".join([chunk async for chunk in statements.export(database, form, 1, last)])


def verified(text: str, key: str | None = None) -> signed.Verdict:
    return signed.verify(text.encode().splitlines(keepends=True), key)


async def test_a_statement_leads_from_its_opening_to_its_closing_balance(ledger: Database) -> None:
    found = await statement(ledger)
    assert (found.revision, found.opening.minor, found.closing.minor, found.following) == (7, 0, 85, None)
    assert [(entry.moved, entry.held, entry.balance) for entry in found.entries] == [
        (100, 0, 100), (-1, 0, 99), (-2, 0, 97), (-3, 0, 94), (-4, 0, 90), (0, 20, 90), (-5, -5, 85)
    ]  # fmt: skip


async def test_pages_join_without_a_gap_and_later_moves_do_not_disturb_them(ledger: Database) -> None:
    whole = await statement(ledger)
    first = await statement(ledger, limit=3)
    await post(ledger, pay("late", ANNA, BEN, 7))
    await jobs.seal(ledger)
    second = await statement(ledger, limit=3, asked=first.revision, after=first.following)
    third = await statement(ledger, limit=3, asked=first.revision, after=second.following)
    assert first.entries + second.entries + third.entries == whole.entries
    assert {(page.opening, page.closing) for page in (first, second, third)} == {(whole.opening, whole.closing)}
    assert third.following is None


async def test_a_period_has_the_balance_before_it_and_after_it(ledger: Database, clock: VirtualClock) -> None:
    begun = clock.now() - timedelta(hours=7)
    found = await statement(ledger, since=begun + timedelta(hours=2), until=begun + timedelta(hours=4))
    assert [entry.row.id for entry in found.entries] == ["t2", "t3"]
    assert (found.opening.minor, found.closing.minor) == (99, 94)
    assert [entry.balance for entry in found.entries] == [97, 94]
    with pytest.raises(PeriodInvalid):
        await statement(ledger, since=begun, until=begun)


async def test_a_revision_is_answered_alike_for_ever(ledger: Database) -> None:
    before = await statement(ledger, asked=4)
    await post(ledger, pay("late", ANNA, BEN, 7))
    await jobs.seal(ledger)
    assert await statement(ledger, asked=4) == before
    assert (before.closing.minor, len(before.entries)) == (94, 4)


async def test_balances_as_of_each_revision_lead_up_to_the_present_ones(ledger: Database) -> None:
    async with ledger.reading() as connection:
        then = [await statements.balances_at(connection, ANNA, revision) for revision in range(8)]
        now = await service.balances(connection, ANNA)
    assert then[0] == []
    assert [one[0].available.minor for one in then[1:]] == [100, 99, 97, 94, 90, 70, 70]
    assert [one[0].held.minor for one in then[1:]] == [0, 0, 0, 0, 0, 20, 15]
    assert then[7] == now


@pytest.mark.parametrize("asked", [-1, 8])
async def test_a_revision_that_is_not_sealed_is_refused(ledger: Database, asked: int) -> None:
    with pytest.raises(RevisionUnknown):
        await statement(ledger, asked=asked)


async def test_an_export_and_its_signed_proof_are_verified_without_the_database(ledger: Database) -> None:
    assert await jobs.sign(ledger, SIGNER)
    verdict = verified(await exported(ledger), SIGNER.public_key.hex())
    assert verdict.ok, verdict.faults
    assert (verdict.transfers, verdict.blocks, verdict.proofs, verdict.last_seal) == (7, 7, 1, 7)


async def test_one_proof_is_signed_a_day_and_told(ledger: Database, clock: VirtualClock) -> None:
    assert [await jobs.sign(ledger, SIGNER), await jobs.sign(ledger, SIGNER)] == [True, False]
    clock.advance(86_400)
    assert await jobs.sign(ledger, SIGNER)
    async with ledger.reading() as connection:
        newest = json.loads(await statements.proof_of_day(connection, None))
        with pytest.raises(ProofUnknown):
            await statements.proof_of_day(connection, clock.now().date() + timedelta(days=1))
    assert newest["proof"]["day"] == clock.now().date().isoformat()
    assert newest["proof"]["sums"] == [{"asset": "practice-USDC", "moved": 115, "reserved": 15}]
    await journal_jobs.stamp(ledger)
    told = [entry.payload["key"] for entry in await Journal(ledger).read(0)]
    assert told == [SIGNER.public_key.hex()] * 2


async def test_a_proof_alone_is_verified_by_its_signature(ledger: Database) -> None:
    await jobs.sign(ledger, SIGNER)
    async with ledger.reading() as connection:
        document = await statements.proof_of_day(connection, None)
    assert verified(document).ok and verified(document, SIGNER.public_key.hex().upper()).ok
    assert "another key" in verified(document, InMemorySigner(b"\x01" * 32).public_key.hex()).faults[0]


def _changed_amount(lines: list[dict[str, Any]]) -> None:
    lines[2]["transfer"]["amount"] += 1


def _removed_transfer(lines: list[dict[str, Any]]) -> None:
    del lines[2]


def _swapped_transfers(lines: list[dict[str, Any]]) -> None:
    lines[0], lines[2] = lines[2], lines[0]


def _removed_end(lines: list[dict[str, Any]]) -> None:
    del lines[-2:]


def _changed_hash(lines: list[dict[str, Any]]) -> None:
    lines[1]["block"]["hash"] = "00" * 32


def _changed_sum(lines: list[dict[str, Any]]) -> None:
    lines[-1]["proof"]["sums"][0]["moved"] += 1


def _changed_signature(lines: list[dict[str, Any]]) -> None:
    lines[-1]["signature"] = "00" + lines[-1]["signature"][2:]


def _strange_field(lines: list[dict[str, Any]]) -> None:
    lines[0]["transfer"]["more"] = 1


def _strange_line(lines: list[dict[str, Any]]) -> None:
    lines.insert(0, {"hello": "world"})


def _no_key(lines: list[dict[str, Any]]) -> None:
    lines[-1]["key"] = "zz"


CHANGES = [
    _changed_amount, _removed_transfer, _swapped_transfers, _removed_end, _changed_hash, _changed_sum,
    _changed_signature, _strange_field, _strange_line, _no_key,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
async def test_an_export_that_was_changed_is_not_verified(
    ledger: Database, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    await jobs.sign(ledger, SIGNER)
    lines = [json.loads(line) for line in (await exported(ledger)).splitlines()]
    change(lines)
    verdict = verified("".join(json.dumps(line) + "\n" for line in lines))
    assert not verdict.ok and len(verdict.faults) == 1


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", "null", '{"transfer": 1}', '{"block": {}}', '{"proof": {}}'])
def test_what_is_no_export_is_not_verified(text: str) -> None:
    assert not verified(text).ok


def test_a_line_has_a_length() -> None:
    verdict = verified('{"transfer": "' + "x" * signed.LINE_LIMIT_BYTES + '"}')
    assert "longer" in verdict.faults[0]


async def test_nobody_signs_a_ledger_with_a_fault(ledger: Database) -> None:
    async with ledger.begin() as uow:
        await uow.connection.execute(
            "UPDATE ledger_accounts SET credits_posted = credits_posted + 1 WHERE code = $1", BEN
        )
    assert not await jobs.sign(ledger, SIGNER)


async def test_an_export_comes_in_chunks(database: Database) -> None:
    async with database.begin() as uow:
        await service.open_accounts(uow, [Account(ISSUER, PRACTICE_USDC, "unlimited"), Account(ANNA, PRACTICE_USDC)])
        for first in range(0, EXPORT_CHUNK_TRANSFERS + 100, 100):
            await service.post(uow, [pay(f"t{first + n}", ISSUER, ANNA, 1) for n in range(100)])
    await jobs.seal(database)
    chunks = [chunk async for chunk in statements.export(database, "jsonl", 1, EXPORT_CHUNK_TRANSFERS + 100)]
    assert [chunk.count('"transfer"') for chunk in chunks] == [EXPORT_CHUNK_TRANSFERS * 2, 100 * 2]
    assert verified("".join(chunks)).transfers == EXPORT_CHUNK_TRANSFERS + 100


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\uff1d1"])
async def test_a_spreadsheet_runs_nothing_that_an_export_holds(ledger: Database, words: str) -> None:
    await post(ledger, pay(words, ANNA, BEN, 1, purpose=words))
    await jobs.seal(ledger)
    rows = list(csv.DictReader(io.StringIO(await exported(ledger, "csv"), newline="")))
    assert (rows[-1]["id"], rows[-1]["purpose"], rows[-1]["amount"]) == (f"'{words}", f"'{words}", "1")
    assert [row["seal"] for row in rows] == [str(n) for n in range(1, 9)]


def test_the_installations_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    first, second = FileSigner(tmp_path, SeededChance(1)), FileSigner(tmp_path, SeededChance(2))
    assert first.public_key == second.public_key
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(SigningKeyDamaged):
        second.sign(b"x")


async def test_the_command_verifies_a_file_without_a_harmony(
    ledger: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await jobs.sign(ledger, SIGNER)
    file = tmp_path / "export.jsonl"
    file.write_text(await exported(ledger), encoding="utf-8")
    assert inspect.main(["ledger", "--verify", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["key"] == SIGNER.public_key.hex()
    assert inspect.main(["ledger", "--verify", str(file), "--key", "00" * 32]) == 1
    assert inspect.main(["ledger", "--verify", str(tmp_path / "nothing")]) == 2
    assert inspect.main(["journal", "--verify", str(file)]) == 2
