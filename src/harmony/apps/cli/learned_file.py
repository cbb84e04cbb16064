"""What was learned here, as a filter finds it: in the data folder, as the server does. Light, because filters ask."""

from __future__ import annotations

from pathlib import Path

from harmony.apps.cli import filtering
from harmony.apps.cli.data_folder import data_folder
from harmony.assist.problems.errors import LearnedBroken
from harmony.assist.problems.learned import kinds_at
from harmony.assist.problems.taxonomy import Kinds, shipped


def kinds_here(given: Path | None, *, shipped_only: bool = False) -> tuple[Kinds, str]:
    """The kinds to class by, and when they were learned: an empty text for the shipped ones.

    A broken file is refused by name, on standard error, and the shipped kinds answer.
    """
    if shipped_only:
        return shipped(), ""
    try:
        return kinds_at(data_folder(given))
    except LearnedBroken as refusal:
        filtering.say_refusal("classify", refusal)
        return shipped(), ""
