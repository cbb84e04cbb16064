"""Backup and restore: a folder with a dump of one snapshot, the files beside the database, and the ledger's proof.

A backup appears whole or not at all, and so does a restored data folder. What is in a backup: ``backup.json`` (written
last), ``database.dump``, ``files/``. The caches of mirrors and repositories below ``remotes`` are not in it.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import harmony.apps
from harmony.adapters.db import cluster, dumps, migrate, revisions
from harmony.adapters.db.data_folder import CLUSTER_FOLDER, inspect, sync_folder
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.errors import DataFolderDamaged, DiskFull
from harmony.adapters.db.pool import Database
from harmony.apps.components.application import VERSION
from harmony.apps.links.keeping import KEPT_FILES, proof_of_money
from harmony.apps.runtime import run_file
from harmony.apps.runtime.errors import (
    BackupDamaged,
    BackupNewer,
    ForeignDatabase,
    NoSpace,
    PlaceTaken,
    ProofDiffers,
)
from harmony.apps.settings import Settings
from harmony.commons.journal import service as journal
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.errors import Refusal
from harmony.kernel.ids import TimeOrderedIds

FORMAT = 1
CLUSTER_PARTS = frozenset({CLUSTER_FOLDER})
"""PostgreSQL has made its own files durable when it stopped."""
DESCRIPTION_FILE = "backup.json"
DUMP_FILE = "database.dump"
FILES_FOLDER = "files"
DESCRIPTION_LIMIT_BYTES = 1024**2
SPACE_NEEDED_SHARE = 1.3
"""Of the database's size, for its files and its log while it is filled."""
MIGRATIONS = Path(harmony.apps.__path__[0]) / "migrations"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Description:
    """What a backup says of itself. ``proof`` is the ledger's, made in the snapshot that was dumped."""

    format: int
    harmony: str
    made_at: str
    revision: str
    database_bytes: int
    proof: dict[str, Any]
    files: dict[str, str]
    """Path in the backup -> SHA-256."""


async def backup(settings: Settings, target: Path, say: Say) -> Description:
    """A whole copy at ``target``, also while Harmony runs.

    Raises ``PlaceTaken``, ``NoSpace``, and the refusals of the data folder.
    """
    target = target.expanduser().absolute()
    _refuse_taken(target)
    coming = target.with_name(f".{target.name}.coming-{os.getpid()}")
    try:
        coming.mkdir(mode=0o700, parents=True)
        async with _server(settings, say) as dsn, _database(dsn) as database:
            description = await _write(settings.data, dsn, database, coming, say)
        _private(coming / DESCRIPTION_FILE, json.dumps(asdict(description), indent=2))
        _appear(coming, target)
    except DiskFull as error:
        raise NoSpace(f"there is no space left at {target.parent}") from error
    except OSError as error:
        raise _of(error, target) from error
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    return description


async def restore(settings: Settings, source: Path, say: Say) -> Description:
    """A new data folder at ``settings.data`` from a backup, its ledger proven to be the same.

    Raises ``PlaceTaken``, ``BackupDamaged``, ``BackupNewer``, ``NoSpace``, ``ProofDiffers``.
    """
    if settings.database_url is not None:
        raise ForeignDatabase("HARMONY_DATABASE_URL names a server that is not Harmony's own")
    _refuse_taken(settings.data)
    say("checking the backup …")
    description = await asyncio.to_thread(described, source)
    standing = _standing(settings.data)
    if shutil.disk_usage(standing).free < description.database_bytes * SPACE_NEEDED_SHARE:
        needed = int(description.database_bytes * SPACE_NEEDED_SHARE)
        raise NoSpace(f"{needed} bytes are needed at {standing}", details={"needed_bytes": needed})
    coming = settings.data.with_name(f".{settings.data.name}.restoring-{os.getpid()}")
    try:
        await _fill(coming, source, description, say)
        _appear(coming, settings.data)
    except DiskFull as error:
        raise NoSpace(f"there is no space left at {standing}") from error
    except OSError as error:
        raise _of(error, settings.data) from error
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    return description


def described(source: Path) -> Description:
    """What the backup at ``source`` says of itself, each of its files checked against its hash.

    Raises ``BackupDamaged`` and ``BackupNewer``.
    """
    try:
        with (source / DESCRIPTION_FILE).open("rb") as file:
            found = json.loads(file.read(DESCRIPTION_LIMIT_BYTES))
        if isinstance(found["format"], int) and found["format"] > FORMAT:
            raise BackupNewer(f"this backup has format {found['format']}; this Harmony knows up to {FORMAT}")
        description = Description(**found)
        newest = revisions.history(MIGRATIONS)[-1].name[:4]
        if description.revision > newest:
            raise BackupNewer(f"its database stands at revision {description.revision}; this Harmony knows {newest}")
        for name, digest in description.files.items():
            if name not in _allowed() or _digest(source / name) != digest:
                raise BackupDamaged(f"{name} is not what it was when the backup was made")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupDamaged(f"{source} holds no whole backup") from error
    if DUMP_FILE not in description.files:
        raise BackupDamaged(f"{source} holds no database")
    return description


async def _write(data: Path, dsn: str, database: Database, coming: Path, say: Say) -> Description:
    async with database.reading() as connection:
        seen = await dumps.snapshot(connection)
        size = await dumps.size_bytes(connection)
        revision = await revisions.standing(connection)
        say("proving the ledger …")
        proof = await proof_of_money(connection)
        say(f"copying the database, {_megabytes(size)} …")
        await dumps.dump(
            dsn,
            seen,
            coming / DUMP_FILE,
            clock=database.clock,
            progress=lambda done: say(f"copying the database, {_megabytes(done)} written …"),
        )
    (coming / FILES_FOLDER).mkdir(mode=0o700)
    for name in KEPT_FILES:
        if (data / name).is_file():
            shutil.copyfile(data / name, coming / FILES_FOLDER / name)
            (coming / FILES_FOLDER / name).chmod(0o600)
    files = {name: _digest(coming / name) for name in _allowed() if (coming / name).is_file()}
    made_at = database.clock.now().isoformat()
    return Description(FORMAT, VERSION, made_at, revision or "", size, proof, files)


async def _fill(coming: Path, source: Path, description: Description, say: Say) -> None:
    postgres = await EmbeddedPostgres.start(coming, progress=say, clock=SystemClock())
    try:
        say(f"filling the database, {_megabytes(description.database_bytes)} …")
        await dumps.restore(postgres.dsn, source / DUMP_FILE)
        say("bringing the database up to date …")
        await asyncio.to_thread(migrate.upgrade, postgres.dsn, MIGRATIONS)
        async with _database(postgres.dsn) as database:
            say("proving the ledger …")
            async with database.reading() as connection:
                proof = await proof_of_money(connection)
            if proof != description.proof:
                raise ProofDiffers("the ledger is not what it was", details={"was": description.proof, "is": proof})
            async with database.begin() as uow:
                await journal.begin_epoch(uow)
    finally:
        await postgres.stop()
    for name in KEPT_FILES:
        kept = source / FILES_FOLDER / name
        if f"{FILES_FOLDER}/{name}" in description.files:
            shutil.copyfile(kept, coming / name)
            (coming / name).chmod(0o600)


@asynccontextmanager
async def _server(settings: Settings, say: Say) -> AsyncIterator[str]:
    """Where the database of ``settings`` answers: where it runs, or started for as long as it is needed."""
    if settings.database_url is not None:
        yield settings.database_url
    elif run_file.read(settings.data) is not None:
        yield cluster.address_of(settings.data.resolve(), os.environ)
    else:
        if inspect(settings.data) is None:
            raise DataFolderDamaged(f"there is no database in {settings.data}")
        postgres = await EmbeddedPostgres.start(settings.data, progress=say, clock=SystemClock())
        try:
            yield postgres.dsn
        finally:
            await postgres.stop()


@asynccontextmanager
async def _database(dsn: str) -> AsyncIterator[Database]:
    clock, chance = SystemClock(), SystemChance()
    ids = TimeOrderedIds(clock, chance)
    database = await Database.connect(dsn, clock=clock, ids=ids, chance=chance, connections=2)
    try:
        yield database
    finally:
        await database.close()


def _refuse_taken(place: Path) -> None:
    """Raises ``PlaceTaken`` unless there is nothing, or an empty folder."""
    try:
        if place.is_symlink() or (place.exists() and (not place.is_dir() or any(place.iterdir()))):
            raise PlaceTaken(f"{place} is not empty")
    except OSError as error:
        raise PlaceTaken(f"{place} cannot be looked into: {error.strerror}") from error


def _standing(place: Path) -> Path:
    """The nearest folder above ``place`` that there is."""
    return next(folder for folder in place.parents if folder.is_dir())


def _appear(coming: Path, place: Path) -> None:
    """Move a whole folder to its place in one step, and make that durable."""
    for folder, _, files in os.walk(coming):
        if CLUSTER_PARTS.isdisjoint(Path(folder).relative_to(coming).parts):
            for name in files:
                _sync(Path(folder, name))
            sync_folder(Path(folder))
    if place.exists():
        place.rmdir()
    coming.rename(place)
    sync_folder(place.parent)


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _private(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


def _of(error: OSError, place: Path) -> Refusal:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoSpace(f"there is no space left at {place.parent}")
    return PlaceTaken(f"{place} cannot be written: {error.strerror}")


def _allowed() -> tuple[str, ...]:
    """The files that a backup may hold; nothing else is read, whatever its description says."""
    return (DUMP_FILE, *(f"{FILES_FOLDER}/{name}" for name in KEPT_FILES))


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
