"""``harmony report``: ask a Harmony about the failure that ``harmony watch`` kept last."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from harmony.apps.cli import asking, failure, filtering, watch
from harmony.kernel.errors import NotFound

NAME = "report"
KEPT_LIMIT_BYTES = 4 * 1024**2

HELP = """\
Ask a running Harmony what is known about the command that failed last under `harmony watch`, and report it there.
What is sent was redacted when it was kept; --show prints it and sends nothing.

  harmony report
  harmony report --show | less
  harmony report --space spc_… --url https://harmony.example    # its token in HARMONY_TOKEN"""
CODES = "0 answered, 3 nothing was kept, or nobody answers"


class NothingKept(NotFound):
    code = "cli.nothing_kept"
    hint = "Run the command under `harmony watch -- …` first; it keeps the last one that failed."


def main(arguments: list[str]) -> int:
    """The exit code; see ``--help``."""
    parser = filtering.parser(NAME, HELP, CODES)
    parser.add_argument("--show", action="store_true", help="print what would be sent, and send nothing")
    parser.add_argument("--json", action="store_true", help="print the answer as it came")
    parser.add_argument("--space", help="the private knowledge space to look in and report to")
    parser.add_argument("--data", type=Path, default=None, help="the data folder of the running Harmony")
    parser.add_argument("--url", help="another Harmony; its token in HARMONY_TOKEN")
    parser.add_argument("--memory", type=Path, default=watch.memory_file(), help="where failures are remembered")
    options = parser.parse_args(arguments)
    return filtering.run(NAME, lambda: _act(options))


def _act(options: argparse.Namespace) -> int:
    body = _kept(options.memory.with_name(failure.LAST_NAME))
    if options.space:
        body["spaceId"] = options.space
    if options.show:
        sys.stdout.write(json.dumps(body, indent=2) + "\n")
        return filtering.FINE
    answer = asking.ask(body, options.url, options.data)
    if options.json:
        sys.stdout.write(json.dumps(answer) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in asking.told(answer)) or "nothing is known about it yet\n")
    return filtering.FINE


def _kept(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(KEPT_LIMIT_BYTES))
    except FileNotFoundError:
        raise NothingKept("no failure was kept") from None
    except (ValueError, RecursionError):
        raise NothingKept("the failure that was kept cannot be read") from None
    if not isinstance(found, dict):
        raise NothingKept("the failure that was kept cannot be read")
    return found
