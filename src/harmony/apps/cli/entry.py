"""``harmony COMMAND``: the table of commands, loaded on use."""

from __future__ import annotations

import gc
import importlib
import sys
from types import ModuleType
from typing import TextIO

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("harmony.apps.cli.up", "start Harmony here and stay in the foreground"),
    "demo": ("harmony.apps.cli.demo", "tell the whole story once, from a failing program to a remembered solution"),
    "watch": ("harmony.apps.cli.watch", "run a command unchanged and speak up when it is stuck"),
    "report": ("harmony.apps.cli.report", "ask a running Harmony about the failure that watch kept last"),
    "digest": ("harmony.apps.cli.digest", "say what failed in a CI log, where and why"),
    "classify": ("harmony.apps.cli.classify", "say what kind of failure a log shows, how sure that is, and why"),
    "learn": ("harmony.apps.cli.learn", "learn the classes of failures from problems resolved here; say what drifts"),
    "redact": ("harmony.apps.cli.redact", "hide secrets and personal data in text from standard input"),
    "stuck": ("harmony.apps.cli.stuck", "say whether a person's or an agent's run of events has come to a standstill"),
    "fingerprint": ("harmony.apps.cli.fingerprint", "say what makes a failure the same as another"),
    "mcp": ("harmony.apps.cli.mcp", "give an agent Harmony's tools over standard input and output"),
    "translate": ("harmony.apps.cli.translate", "rewrite a path or a command for another system"),
    "doctor": ("harmony.apps.cli.doctor", "check what this machine offers and whether Harmony runs well"),
    "inspect": ("harmony.apps.cli.inspect", "look into a room without touching it"),
    "simulate": ("harmony.apps.cli.simulate", "put a plane under seeded misfortune and check that its rules hold"),
    "token": ("harmony.apps.cli.token", "create, list and revoke tokens; make a sign-in link"),
}
USAGE_ERROR = 2
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code. Unknown commands and no command print the table."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in ("-h", "--help", "help"):
        _print_table(sys.stdout)
        return 0 if given else USAGE_ERROR
    if given[0] not in COMMANDS:
        sys.stderr.write(f"harmony: there is no command {given[0]!r}\n\n")
        _print_table(sys.stderr)
        return USAGE_ERROR
    gc.disable()  # While modules are loaded everything made is kept: collecting then is time for nothing.
    try:
        module = importlib.import_module(COMMANDS[given[0]][0])
        gc.enable()
        return int(module.main(given[1:]))
    except KeyboardInterrupt:
        return INTERRUPTED


def loaded(part: str) -> ModuleType:
    """A module of the command line that a command needs only sometimes."""
    return importlib.import_module(f"harmony.apps.cli.{part}")


def _print_table(stream: TextIO) -> None:
    width = max(map(len, COMMANDS))
    stream.write("usage: harmony COMMAND [OPTIONS]\n\n")
    stream.writelines(f"  {name.ljust(width)}  {purpose}\n" for name, (_, purpose) in COMMANDS.items())
    stream.write("\nharmony COMMAND --help says more.\n")
