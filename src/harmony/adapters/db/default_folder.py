"""Where Harmony keeps its data unless told otherwise. Light, because filters ask too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOTS_DATA_FOLDER = Path("/var/lib/harmony")


def default_data_folder(environ: Mapping[str, str], uid: int) -> Path:
    """Root's lies below /var/lib, a user's below XDG_DATA_HOME."""
    if uid == 0:
        return ROOTS_DATA_FOLDER
    named = environ.get("XDG_DATA_HOME", "")
    base = Path(named) if named.startswith("/") else Path(environ.get("HOME") or "~").expanduser() / ".local/share"
    return base / "harmony"
