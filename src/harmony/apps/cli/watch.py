"""``harmony watch -- CMD``: run a command unchanged and speak up when it failed.

What looks at a failure is loaded when there is one: it starts at once and needs no server. Nothing leaves the machine
unless ``--report`` is given, and then only redacted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from harmony.adapters.terminal import relay
from harmony.apps.cli import entry, filtering
from harmony.kernel.errors import Refusal

HELP = """\
Run a command unchanged; when it fails, say what decided it, what is known about it, and after the third time the same
way, offer help.

  harmony watch -- python3 report.py
  harmony watch --report -- make test     # ask the running Harmony what is known, send redacted output only
  harmony report                          # ask about the last failure, later

What was last failing is kept, redacted, for you only. Nothing is said about a command that succeeds."""
CODES = "the command's own; 126 and 127 as a shell's; 2 also when no command is named"


def main(arguments: list[str]) -> int:
    """Watch one run; the exit code is the command's own, 2 when there is no command."""
    options = _options(arguments)
    if not options.command:
        sys.stderr.write("harmony watch: name a command after --, as in: harmony watch -- python3 report.py\n")
        return filtering.USAGE_ERROR
    finished = relay.run(options.command)
    if finished.exit_code == 0:
        return 0
    failure = entry.loaded("failure")
    seen = failure.look(tuple(options.command), finished, options.memory, options.was_on or "")
    answer, trouble = _asked(failure.report(seen, options.was_on or ""), options) if options.report else (None, None)
    if options.json:
        sys.stderr.write(json.dumps({**failure.facts(seen), "answer": answer, "trouble": trouble}) + "\n")
    else:
        _tell(failure, seen, answer, trouble, options)
    return finished.exit_code


def memory_file() -> Path:
    """Where failures are remembered; the last one is kept beside it."""
    named = os.environ.get("XDG_STATE_HOME")  # tidy: ok(settings): a filter has no settings
    state = Path(named) if named else Path.home() / ".local" / "state"
    return state / "harmony" / "watch.json"


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = filtering.parser("watch", HELP, CODES)
    parser.add_argument("--report", action="store_true", help="ask the running Harmony; sends redacted output only")
    parser.add_argument("--json", action="store_true", help="say it as one JSON object on standard error")
    parser.add_argument("--space", help="the private knowledge space to look in and report to")
    parser.add_argument("--was-on", help="the system it used to work on, such as Windows")
    parser.add_argument("--data", type=Path, default=None, help="the data folder of the running Harmony")
    parser.add_argument("--url", help="another Harmony; its token in HARMONY_TOKEN")
    parser.add_argument("--memory", type=Path, default=memory_file(), help="where failures are remembered")
    filtering.add_colour(parser)
    own, command = _divide(arguments)
    options = parser.parse_args(own)
    options.command = command
    return options


def _divide(arguments: list[str]) -> tuple[list[str], list[str]]:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1 :]


def _asked(body: dict[str, Any], options: argparse.Namespace) -> tuple[dict[str, Any] | None, str | None]:
    """What Harmony answers, or why it could not be asked."""
    if options.space:
        body["spaceId"] = options.space
    try:
        answer: dict[str, Any] = entry.loaded("asking").ask(body, options.url, options.data)
    except Refusal as refusal:
        return None, f"{refusal.message}. {refusal.hint}"
    return answer, None


def _tell(
    failure: Any, seen: Any, answer: dict[str, Any] | None, trouble: str | None, options: argparse.Namespace
) -> None:
    """A few calm lines on standard error, below what the command itself said."""
    lines = failure.told(seen)
    if answer is not None:
        lines += entry.loaded("asking").told(answer)
        if seen.hidden:
            lines.append(f"{seen.hidden} secrets or personal details were hidden before anything was sent")
    elif trouble is not None:
        lines.append(trouble)
    elif seen.times >= failure.STUCK_AFTER_TIMES:
        lines.append("stuck? `harmony report` asks what is known and who can help; it sends redacted text only")
    name = filtering.tint("1", "harmony:", colour=filtering.coloured(options.color, sys.stderr))
    sys.stderr.write("".join(f"{name} {line}\n" for line in lines))
