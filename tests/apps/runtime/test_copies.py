"""Backups: with money inside, made while it runs, restored to the same ledger, and never over anything."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tests.postgres import reachable_folder

from harmony.adapters.db import dumps, migrate, revisions
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.errors import DataFolderNewer, DiskFull
from harmony.adapters.db.pool import Database
from harmony.apps.links.signing import KEY_FILE
from harmony.apps.runtime import copies, run_file
from harmony.apps.runtime.errors import BackupDamaged, BackupNewer, ForeignDatabase, NoSpace, PlaceTaken, ProofDiffers
from harmony.apps.settings import Settings
from harmony.commons.identity import service as identity
from harmony.commons.identity.model import Principal
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.ids import TimeOrderedIds
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import available

HELD = Amount(12_345_678, PRACTICE_USDC)


@dataclass(frozen=True)
class Kept:
    """A folder, a backup in it that was made with money inside, and which log that was."""

    folder: Path
    backup: Path
    description: copies.Description
    epoch: str


@asynccontextmanager
async def opened(dsn: str) -> Any:
    clock, chance = SystemClock(), SystemChance()
    database = await Database.connect(dsn, clock=clock, ids=TimeOrderedIds(clock, chance), chance=chance)
    try:
        yield database
    finally:
        await database.close()


def quiet(_: str) -> None:
    return None


async def make(folder: Path) -> Kept:
    data = folder / "data"
    postgres = await EmbeddedPostgres.start(data, progress=quiet, clock=SystemClock())
    try:
        await asyncio.to_thread(migrate.upgrade, postgres.dsn, copies.MIGRATIONS)
        async with opened(postgres.dsn) as database:
            async with database.begin(actor="operator") as uow:
                await identity.create_principal(uow, Principal("ada", "person", "Ada", ("seeker",)))
                await ledger.grant(uow, "ada", HELD)
            epoch = await epoch_of(database)
        (data / KEY_FILE).write_bytes(b"k" * 32)
        run_file.write(data, run_file.RunFile(os.getpid(), {"global-nexus": 1}, "token"))
        description = await copies.backup(Settings(data=data), folder / "backup", quiet)
    finally:
        run_file.remove(data)
        await postgres.stop()
    return Kept(folder, folder / "backup", description, epoch)


async def epoch_of(database: Database) -> str:
    async with database.reading() as connection:
        return str(await connection.fetchval("SELECT epoch FROM journal_head"))


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    with reachable_folder() as folder:
        yield asyncio.run(make(folder))


def spoilt(kept: Kept, folder: Path, **changes: Any) -> Path:
    """A copy of the backup that says something else of itself."""
    copy = folder / "spoilt"
    shutil.copytree(kept.backup, copy)
    found = json.loads((copy / "backup.json").read_text())
    (copy / "backup.json").write_text(json.dumps(found | changes))
    return copy


def test_what_was_kept_while_it_ran_is_restored_with_the_same_ledger_as_another_log(kept: Kept) -> None:
    target = kept.folder / "restored"
    assert kept.description.proof["ok"] and kept.description.proof["transfers"] == 1
    asyncio.run(copies.restore(Settings(data=target), kept.backup, quiet))
    assert (target / KEY_FILE).read_bytes() == b"k" * 32
    assert (target / KEY_FILE).stat().st_mode & 0o077 == 0

    async def look() -> None:
        postgres = await EmbeddedPostgres.start(target, progress=quiet, clock=SystemClock())
        try:
            async with opened(postgres.dsn) as database:
                async with database.reading() as connection:
                    [balance] = await ledger.balances(connection, available("ada"))
                assert balance.available == HELD
                assert await epoch_of(database) != kept.epoch
        finally:
            await postgres.stop()

    asyncio.run(look())
    with pytest.raises(PlaceTaken):
        asyncio.run(copies.restore(Settings(data=target), kept.backup, quiet))
    assert not list(kept.folder.glob(".*restoring*"))


@pytest.mark.nightly
def test_a_restored_ledger_that_is_not_the_one_that_was_kept_is_thrown_away(kept: Kept, tmp_path: Path) -> None:
    proof = {**kept.description.proof, "transfers": 2}
    target = kept.folder / "other"
    with pytest.raises(ProofDiffers):
        asyncio.run(copies.restore(Settings(data=target), spoilt(kept, tmp_path, proof=proof), quiet))
    assert not target.exists() and not list(kept.folder.glob(".*restoring*"))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"format": copies.FORMAT + 1}, BackupNewer),
        ({"revision": "9999"}, BackupNewer),
        ({"files": {"database.dump": "0" * 64}}, BackupDamaged),
        ({"files": {"../../etc/passwd": "0" * 64}}, BackupDamaged),
        ({"files": {}}, BackupDamaged),
        ({"surprise": 1}, BackupDamaged),
        ({"database_bytes": 10**18}, NoSpace),
    ],
)
def test_a_backup_that_cannot_be_restored_is_refused_before_anything_is_made(
    kept: Kept, tmp_path: Path, changes: Any, refusal: type[Exception]
) -> None:
    target = kept.folder / "refused"
    with pytest.raises(refusal):
        asyncio.run(copies.restore(Settings(data=target), spoilt(kept, tmp_path, **changes), quiet))
    assert not target.exists()


def test_nothing_is_written_over_what_is_there(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PlaceTaken):
        asyncio.run(copies.restore(Settings(data=tmp_path), kept.backup, quiet))
    with pytest.raises(PlaceTaken):
        asyncio.run(copies.backup(Settings(data=kept.folder / "data"), tmp_path, quiet))
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(BackupDamaged):
        asyncio.run(copies.restore(Settings(data=tmp_path / "new"), tmp_path, quiet))
    elsewhere = Settings(data=tmp_path / "new", database_url="postgresql://example.org/theirs")
    with pytest.raises(ForeignDatabase):
        asyncio.run(copies.restore(elsewhere, kept.backup, quiet))


async def test_a_full_disk_is_said_where_a_copy_is_written_and_where_the_database_is(
    database: Database, dsn: str
) -> None:
    async with database.reading() as connection:
        seen = await dumps.snapshot(connection)
        with pytest.raises(DiskFull):
            await dumps.dump(dsn, seen, Path("/dev/full"), clock=SystemClock(), progress=lambda _: None)
    with pytest.raises(DiskFull) as refused:
        async with database.begin() as uow:
            await uow.connection.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$")
    assert refused.value.status == 507 and "Free space" in refused.value.hint


async def test_a_database_that_a_newer_harmony_has_worked_with_is_refused_clearly(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await revisions.refuse_newer(connection, copies.MIGRATIONS)
        await connection.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(DataFolderNewer, match="revision 9999"):
            await revisions.refuse_newer(connection, copies.MIGRATIONS)
    finally:
        await connection.close()
