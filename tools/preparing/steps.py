"""One calm line a step: progress for a person at a terminal, everything else in ``.build/setup.log``."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

LOG_NAME = "setup.log"
ERROR_LINES = 8
ERROR_LEAST_WORDS = 3
TAIL_LINES = 15
"""How much of the output a failure shows."""

TITLE_COLUMNS = 20
LINE_COLUMNS = 100


class StepFailed(Exception):
    """A step that could not be done; the message is complete and meant for a person."""


def say(title: str, text: str) -> None:
    sys.stdout.write(f"{title:<{TITLE_COLUMNS}}{text}\n")
    sys.stdout.flush()


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the checkout's set-up lock, so that two set-ups at once do not write over each other."""
    build = root / ".build"
    build.mkdir(exist_ok=True)
    with (build / "setup.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting", "another set-up of this checkout is at work")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run(
    root: Path,
    title: str,
    command: Sequence[str],
    *,
    doing: str,
    done: str,
    environment: Mapping[str, str],
    folder: Path | None = None,
    progress: Callable[[str], str | None] = lambda line: None,
) -> None:
    """Run ``command`` as one step; its output goes to the log. Raises ``StepFailed`` when it does not end well.

    ``progress`` turns a line of output into what a person at a terminal should read meanwhile, or None.
    """
    begun = time.monotonic()
    _show(title, doing)
    log = root / ".build" / LOG_NAME
    output: list[str] = []
    with log.open("a", encoding="utf-8") as record:
        record.write(f"\n== {title}: {' '.join(command)}\n")
        with subprocess.Popen(
            command,
            cwd=folder or root,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                record.write(line)
                output.append(line.rstrip())
                said = progress(line)
                if said is not None:
                    _show(title, said, only_terminal=True)
            code = process.wait()
    if code != 0:
        _end_of_progress()
        raise StepFailed(_failure(title, code, output, log))
    _end_of_progress()
    say(title, f"{done} ({time.monotonic() - begun:.0f} s)")


def isolated(**extra: str) -> dict[str, str]:
    """This process's environment without what would turn a child's Python or pip away from our own."""
    turned = ("PYTHON", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE", "VIRTUAL_ENV", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(turned)}
    return kept | extra


def _failure(title: str, code: int, output: Sequence[str], log: Path) -> str:
    """The first errors, since tools tend to explain themselves at length afterwards; without any, the end."""
    errors = [line for line in output if "error" in line.lower() and len(line.split()) > ERROR_LEAST_WORDS]
    shown = "\n".join("    " + line for line in errors[:ERROR_LINES] or output[-TAIL_LINES:])
    return (
        f"{title} failed (exit code {code}):\n{shown}\n"
        f"All of it is in {log}. Mend what it names and run the same again."
    )


def _show(title: str, text: str, *, only_terminal: bool = False) -> None:
    if sys.stdout.isatty():
        line = f"{title:<{TITLE_COLUMNS}}{text}"
        sys.stdout.write(f"\r\x1b[K{line[:LINE_COLUMNS]}")
        sys.stdout.flush()
    elif not only_terminal:
        say(title, text)


def _end_of_progress() -> None:
    if sys.stdout.isatty():
        sys.stdout.write("\r\x1b[K")
