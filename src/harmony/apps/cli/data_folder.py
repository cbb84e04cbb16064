"""The data folder as a filter finds it: the one that the server would use. Light, because filters ask."""

from __future__ import annotations

import os
from pathlib import Path

from harmony.adapters.db.default_folder import default_data_folder


def data_folder(given: Path | None) -> Path:
    """The one that was named, in the arguments or the environment, or the usual one."""
    named = os.environ.get("HARMONY_DATA")  # tidy: ok(settings): a filter has no settings
    chosen = given or (Path(named) if named else default_data_folder(os.environ, os.geteuid()))
    return chosen.expanduser().absolute()
