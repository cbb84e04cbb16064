"""The history of the schema as files, and where a database stands in it. Light: the migration library stays outside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg

from harmony.adapters.db.errors import DataFolderNewer

AnyConnection: TypeAlias = "asyncpg.Connection[Any] | asyncpg.pool.PoolConnectionProxy[Any]"
_NAME = re.compile(r"(\d{4})_(pre|post)_[a-z0-9_]+\.sql\Z")


def history(folder: Path) -> list[Path]:
    """The SQL files in order; raises ``ValueError`` for a misnamed file or a gap in the numbers."""
    files = sorted(folder.glob("*.sql"))
    for number, path in enumerate(files, start=1):
        match = _NAME.match(path.name)
        if match is None or int(match[1]) != number:
            raise ValueError(f"{path.name}: expected {number:04d}_pre_<name>.sql or {number:04d}_post_<name>.sql")
    return files


async def is_current(connection: AnyConnection, folder: Path) -> bool:
    """Whether the database stands at the newest revision: lets a start skip Alembic altogether."""
    return await standing(connection) == history(folder)[-1].name[:4]


async def standing(connection: AnyConnection) -> str | None:
    """The revision that the database stands at; None before the first."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    found: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    return found


async def refuse_newer(connection: AnyConnection, folder: Path) -> None:
    """Raises ``DataFolderNewer`` when a newer Harmony than this one has worked with the database."""
    found, newest = await standing(connection), history(folder)[-1].name[:4]
    if found is not None and found > newest:
        raise DataFolderNewer(f"the database stands at revision {found}; this Harmony knows up to {newest}")
