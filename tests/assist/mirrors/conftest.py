"""A world of real bare repositories."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.assist.mirrors.repositories import World

from harmony.adapters.db.pool import Database
from harmony.assist.mirrors.git import Git


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    return World(tmp_path, database, Git(tmp_path / "mirrors", tmp_path / "remotes"))
