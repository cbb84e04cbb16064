"""What the story remembers: one file a run in the data folder, replaced whole after each act."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FOLDER = "demo"


@dataclass(slots=True)
class State:
    """One telling of the story. ``done`` maps each finished act to the facts it found."""

    run: str
    trace: str
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    finished: bool = False

    def fact(self, name: str) -> Any:
        """The newest fact of this name; a missing one is a programming error."""
        for facts in reversed(self.done.values()):
            if name in facts:
                return facts[name]
        raise KeyError(name)


def save(data: Path, state: State) -> None:
    """Durable before it returns; readable by its owner only, since it holds the tokens of the story's people."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    fresh = folder / f".{state.run}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / f"{state.run}.json")


def unfinished(data: Path) -> State | None:
    """The newest story that was begun and not ended; runs are named so that they sort by time."""
    for path in sorted((data / FOLDER).glob("*.json"), reverse=True):
        state = State(**json.loads(path.read_text(encoding="utf-8")))
        if not state.finished:
            return state
    return None
