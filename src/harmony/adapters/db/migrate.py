"""Migrations: SQL files in one linear history, run by Alembic under an advisory lock.

A file is ``NNNN_pre_name.sql`` (before new code runs) or ``NNNN_post_name.sql`` (after); its number is its revision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import psycopg
import sqlalchemy
from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import Script, ScriptDirectory

LOCK_KEY = 0x4841524D  # "HARM": the advisory lock that keeps two migrations apart
_NAME = re.compile(r"(\d{4})_(pre|post)_[a-z0-9_]+\.sql\Z")


class SqlScripts(ScriptDirectory):
    """Alembic's script directory, read from SQL files instead of Python modules."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__(str(folder))

    def _load_revisions(self) -> Iterator[Script]:
        before: str | None = None
        for path in history(self._folder):
            module = ModuleType(path.stem)
            module.__dict__.update(revision=path.name[:4], down_revision=before, upgrade=_runner(path))
            before = path.name[:4]
            yield Script(module, before, str(path))


def history(folder: Path) -> list[Path]:
    """The SQL files in order; raises ``ValueError`` for a misnamed file or a gap in the numbers."""
    files = sorted(folder.glob("*.sql"))
    for number, path in enumerate(files, start=1):
        match = _NAME.match(path.name)
        if match is None or int(match[1]) != number:
            raise ValueError(f"{path.name}: expected {number:04d}_pre_<name>.sql or {number:04d}_post_<name>.sql")
    return files


def upgrade(dsn: str, folder: Path) -> None:
    """Bring the database at ``dsn`` to the newest revision in ``folder``; safe to run twice and side by side."""
    history(folder)
    scripts = SqlScripts(folder)
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=sqlalchemy.NullPool
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK_KEY})")
        connection.commit()

        def steps(current: Any, _context: Any) -> Any:
            return scripts._upgrade_revs("head", current)

        with EnvironmentContext(Config(), scripts, fn=steps) as environment:
            environment.configure(connection=connection, transaction_per_migration=True)
            environment.run_migrations()
        connection.commit()
    engine.dispose()


async def is_current(connection: asyncpg.Connection[Any], folder: Path) -> bool:
    """Whether the database stands at the newest revision: lets a start skip Alembic altogether."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return False
    found = await connection.fetchval("SELECT version_num FROM alembic_version")
    return bool(found == history(folder)[-1].name[:4])


def _runner(path: Path) -> Callable[[], None]:
    def run() -> None:
        # The driver's own connection: a script of several statements must not pass through parameter parsing.
        driver_connection = op.get_bind().connection.dbapi_connection
        assert driver_connection is not None
        driver_connection.execute(path.read_text(encoding="utf-8"))

    return run
