"""``python -m harmony.apps.runtime.migration``: bring the database whose DSN stands on standard input up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import harmony.apps
from harmony.adapters.db.migrate import upgrade

if __name__ == "__main__":
    upgrade(sys.stdin.read(), Path(harmony.apps.__path__[0]) / "migrations")
