"""The history of the schema as files, and where a database stands in it. Light: the migration library stays outside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import asyncpg

_NAME = re.compile(r"(\d{4})_(pre|post)_[a-z0-9_]+\.sql\Z")


def history(folder: Path) -> list[Path]:
    """The SQL files in order; raises ``ValueError`` for a misnamed file or a gap in the numbers."""
    files = sorted(folder.glob("*.sql"))
    for number, path in enumerate(files, start=1):
        match = _NAME.match(path.name)
        if match is None or int(match[1]) != number:
            raise ValueError(f"{path.name}: expected {number:04d}_pre_<name>.sql or {number:04d}_post_<name>.sql")
    return files


async def is_current(connection: asyncpg.Connection[Any], folder: Path) -> bool:
    """Whether the database stands at the newest revision: lets a start skip Alembic altogether."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return False
    found = await connection.fetchval("SELECT version_num FROM alembic_version")
    return bool(found == history(folder)[-1].name[:4])
