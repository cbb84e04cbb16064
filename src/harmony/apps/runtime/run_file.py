"""``run.json`` in the data folder: how ``demo``, ``watch`` and ``inspect`` find and may speak to a running Harmony.

Standard library only: filters read it too.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "run.json"


@dataclass(frozen=True, slots=True)
class RunFile:
    """The main process, the ports of its components by name, and the operator's token of this run."""

    process: int
    ports: dict[str, int]
    operator_token: str

    @property
    def front_door(self) -> str:
        return f"http://127.0.0.1:{self.ports['global-nexus']}"


def write(folder: Path, run: RunFile) -> None:
    """Written whole or not at all, readable by its owner only."""
    fresh = folder / f".{NAME}.{os.getpid()}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(run), file)
    fresh.replace(folder / NAME)


def read(folder: Path) -> RunFile | None:
    """The running Harmony of this data folder; None when none runs (a file of a dead process counts as none)."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        run = RunFile(found["process"], found["ports"], found["operator_token"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return run if _lives(run.process) else None


def remove(folder: Path) -> None:
    (folder / NAME).unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
