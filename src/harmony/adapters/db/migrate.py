"""Migrations: SQL files in one linear history, run by Alembic under an advisory lock.

A file is ``NNNN_pre_name.sql`` (before new code runs) or ``NNNN_post_name.sql`` (after); its number is its revision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import sqlalchemy
from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import Script, ScriptDirectory

from harmony.adapters.db.revisions import history

LOCK_KEY = 0x4841524D  # "HARM": the advisory lock that keeps two migrations apart


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


def _runner(path: Path) -> Callable[[], None]:
    def run() -> None:
        # The driver's own connection: a script of several statements must not pass through parameter parsing.
        driver_connection = op.get_bind().connection.dbapi_connection
        assert driver_connection is not None
        driver_connection.execute(path.read_text(encoding="utf-8"))

    return run
