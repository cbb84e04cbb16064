"""What an editor sees a person do, as the events that the monitor reads. One event each, so places stay the client's.

A person who saves a file twice, runs what passes twice, or takes back ten characters is not going in circles: of such
events every one is unlike the one before. What fails is compared by what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from harmony.assist.problems.stuck.events import NAME_CHARACTERS
from harmony.assist.problems.stuck.likeness import shortened
from harmony.assist.problems.stuck.model import Event, Role

EditorKind = Literal["edit", "run", "undo", "say"]
FAILED_SILENTLY = "failed with exit code {code}"


@dataclass(frozen=True, slots=True)
class EditorEvent:
    """``subject``: the file that was edited, the command that was run; ``text``: the output, or what was said.

    ``id`` is the client's own and different for each event. ``exit_code`` None: the run was broken off.
    """

    id: str
    kind: EditorKind
    subject: str = ""
    text: str = ""
    exit_code: int | None = None


def as_event(seen: EditorEvent) -> Event:
    if seen.kind == "say":
        return Event(Role.USER, shortened(seen.text))
    name = seen.subject[:NAME_CHARACTERS]
    if seen.kind == "run" and seen.exit_code:
        said = seen.text.strip() or FAILED_SILENTLY.format(code=seen.exit_code)
        return Event(Role.TOOL, shortened(said), tool="run", name=name, error=True)
    return Event(Role.TOOL, f"done {seen.id}", tool=seen.kind, name=name, error=False)
