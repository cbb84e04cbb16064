"""Where a filter finds what was learned here: in the data folder, as the server does. Light, because filters ask."""

from __future__ import annotations

import os
from pathlib import Path

from harmony.adapters.db.default_folder import default_data_folder
from harmony.apps.cli import filtering
from harmony.assist.problems.errors import LearnedBroken
from harmony.assist.problems.learned import kinds_at
from harmony.assist.problems.taxonomy import Kinds, shipped


def folder(given: Path | None) -> Path:
    """The data folder that was named, in the arguments or the environment, or the usual one."""
    named = os.environ.get("HARMONY_DATA")  # tidy: ok(settings): a filter has no settings
    return given or (Path(named) if named else default_data_folder(os.environ, os.geteuid()))


def kinds_here(given: Path | None, *, shipped_only: bool = False) -> tuple[Kinds, str]:
    """The kinds to class by, and when they were learned: an empty text for the shipped ones.

    A broken file is refused by name, on standard error, and the shipped kinds answer.
    """
    if shipped_only:
        return shipped(), ""
    try:
        return kinds_at(folder(given))
    except LearnedBroken as refusal:
        filtering.say_refusal("classify", refusal)
        return shipped(), ""
