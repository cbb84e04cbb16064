"""What the filters share: exit codes, help, colours, progress, quiet ends. Standard library and kernel only."""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

from harmony.adapters.terminal.plain import plain
from harmony.kernel.errors import Invalid, Refusal

FINE, FOUND, USAGE_ERROR, UNREADABLE, STOPPED, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""The exit codes of all filters; ``docs/guides/filters.md`` has the table."""
HELP_WIDTH = 110
WIDTH_LEAST, WIDTH_USUAL, WIDTH_LIMIT = 40, 100, 160
SAID_LIMIT_CHARS = 300
CASE_LIMIT_BYTES = 512 * 1024**2
PROGRESS_EVERY_BYTES = 8 * 1024**2
COLOUR_CHOICES = ("auto", "always", "never")


class BadCase(Invalid):
    code = "cli.bad_case"
    hint = "One JSON object a line, with an id and what `--help` of the command names."


def parser(name: str, help_text: str, codes: str) -> argparse.ArgumentParser:
    """The parser of a filter; ``codes`` is what its exit codes mean, beside 2 (usage) and 130 (interrupted)."""
    return argparse.ArgumentParser(
        prog=f"harmony {name}",
        description=help_text,
        epilog=f"exit codes: {codes}, 2 wrong usage, 130 interrupted",
        formatter_class=_formatter,
    )


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help of a fixed width: asking for the terminal's would load archive modules at every start."""
    return argparse.RawDescriptionHelpFormatter(prog, width=HELP_WIDTH)


def add_colour(arguments: argparse.ArgumentParser) -> None:
    arguments.add_argument(
        "--color", choices=COLOUR_CHOICES, default="auto", help="colours: on a terminal (auto, unless NO_COLOR is set)"
    )


def run(name: str, act: Callable[[], int]) -> int:
    """``act`` with quiet ends: its exit code, or that of a refusal, an unreadable input, Ctrl-C, a reader who left."""
    try:
        code = act()
        sys.stdout.flush()
        return code
    except Refusal as refusal:
        say_refusal(name, refusal)
    except BrokenPipeError:
        return nobody_reads()
    except KeyboardInterrupt:
        return _interrupted()
    except (OSError, EOFError, zlib.error) as trouble:
        say(name, _reason(trouble))
    return UNREADABLE


def nobody_reads() -> int:
    """Whoever read the answers has gone: nothing is wrong, and Python must not try to flush at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return FINE


def _interrupted() -> int:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return INTERRUPTED


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, OSError) and trouble.strerror:
        return (
            f"cannot read {os.fsdecode(trouble.filename)!r}: {trouble.strerror}" if trouble.filename else str(trouble)
        )
    return f"cannot read the input: {str(trouble) or 'it is damaged or cut off'}"


def say(name: str, text: str) -> None:
    """One line on standard error that a terminal shows and never obeys."""
    sys.stderr.write(f"harmony {name}: {shown(text)}\n")


def say_refusal(name: str, refusal: Refusal) -> None:
    say(name, f"{refusal.message} ({refusal.code})")
    sys.stderr.write(f"  {shown(refusal.hint)}\n")


def shown(text: str) -> str:
    """Words of others, fit for a terminal: one line, no control character, cut to ``SAID_LIMIT_CHARS``."""
    safe = plain(text[: SAID_LIMIT_CHARS + 1])
    return safe if len(safe) <= SAID_LIMIT_CHARS else safe[: SAID_LIMIT_CHARS - 1] + "…"


def coloured(choice: str, stream: IO[str]) -> bool:
    """Whether to colour what goes to ``stream``. The option wins over NO_COLOR, that over the terminal."""
    if choice != "auto":
        return choice == "always"
    wishes = os.environ  # tidy: ok(settings): a filter has no settings
    return stream.isatty() and not wishes.get("NO_COLOR") and wishes.get("TERM") != "dumb"


def width() -> int:
    """Columns of the screen that standard output goes to."""
    try:
        return max(WIDTH_LEAST, min(os.get_terminal_size(1).columns, WIDTH_LIMIT))
    except OSError:
        return WIDTH_USUAL


def tint(code: str, text: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


class Progress:
    """Tells a person at a terminal how far a long input was read, on standard error."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._told = sys.stderr.isatty()
        self._shown = 0

    def __call__(self, n_bytes: int) -> None:
        if self._told and n_bytes - self._shown >= PROGRESS_EVERY_BYTES:
            self._shown = n_bytes
            sys.stderr.write(f"\rharmony {self._name}: {n_bytes // 1024**2} MB read")
            sys.stderr.flush()

    def wipe(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")


def cases(stream: IO[bytes], limit_bytes: int = CASE_LIMIT_BYTES) -> Iterator[tuple[Any, dict[str, Any] | BadCase]]:
    """The cases of a batch, one a line: id and object; for a line that is none, what is wrong with it."""
    while line := stream.readline(limit_bytes + 1):
        if len(line) > limit_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit_bytes)
            yield None, BadCase(f"the line is longer than {limit_bytes} bytes")
        elif not line.isspace():
            yield _case(line)


def _case(line: bytes) -> tuple[Any, dict[str, Any] | BadCase]:
    try:
        case = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None, BadCase("the line is not JSON")
    if not isinstance(case, dict):
        return None, BadCase("the line is no JSON object")
    return case.get("id"), case
