"""``harmony watch -- CMD``: run a command unchanged and speak up when it is stuck.

Standard library, kernel and the pure parts of ``assist.problems`` only: it starts at once and needs no server. Nothing
leaves the machine unless ``--report`` is given, and then only redacted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from harmony.adapters.db.default_folder import default_data_folder
from harmony.adapters.terminal import relay
from harmony.adapters.terminal.plain import plain
from harmony.apps.runtime import run_file
from harmony.assist.problems import fingerprints, reading
from harmony.assist.problems.model import Failure
from harmony.kernel.clock import SystemClock
from harmony.kernel.redaction.service import redact

STUCK_AFTER_TIMES = 3
REMEMBERED_FAILURES = 200
LOG_LIMIT_CHARACTERS = 100_000
MESSAGE_LIMIT_CHARACTERS = 2_000
REPORT_TIMEOUT_SECONDS = 15.0
USAGE_ERROR = 2

HELP = """\
Run a command unchanged; when it fails, say what decided it, and after the third time the same way, offer help.

  harmony watch -- python3 report.py
  harmony watch --report -- make test     # ask the running Harmony what is known, send redacted output only

The exit code is the command's own."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What one run of the command came to: ``failures`` decisive first, ``times`` how often it failed this way."""

    command: tuple[str, ...]
    exit_code: int
    log: str
    hidden: int
    failures: tuple[Failure, ...]
    fingerprint: str
    times: int
    at: datetime


def main(arguments: list[str]) -> int:
    """Watch one run; the exit code is the command's own, 2 when there is no command."""
    options = _options(arguments)
    if not options.command:
        sys.stderr.write("harmony watch: name a command after --, as in: harmony watch -- python3 report.py\n")
        return USAGE_ERROR
    finished = relay.run(options.command)
    if finished.exit_code == 0:
        return 0
    seen = _look(tuple(options.command), finished, options.memory)
    answer, trouble = _report(seen, options) if options.report else (None, None)
    if options.json:
        sys.stderr.write(json.dumps(_facts(seen, answer, trouble)) + "\n")
    else:
        _tell(seen, answer, trouble)
    return finished.exit_code


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="harmony watch", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--report", action="store_true", help="ask the running Harmony; sends redacted output only")
    parser.add_argument("--json", action="store_true", help="say it as one JSON object on standard error")
    parser.add_argument("--space", help="the private knowledge space to look in and report to")
    parser.add_argument("--was-on", help="the system it used to work on, such as Windows")
    parser.add_argument("--data", type=Path, default=None, help="the data folder of the running Harmony")
    parser.add_argument("--url", help="another Harmony; its token in HARMONY_TOKEN")
    parser.add_argument("--memory", type=Path, default=_memory_file(), help="where failures are remembered")
    own, command = _divide(arguments)
    options = parser.parse_args(own)
    options.command = command
    return options


def _divide(arguments: list[str]) -> tuple[list[str], list[str]]:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1 :]


def _look(command: tuple[str, ...], finished: relay.Finished, memory: Path) -> Watched:
    """Redact first: everything after this line knows the redacted text only."""
    redacted = redact(finished.output.decode("utf-8", errors="replace"))
    log = redacted.text[-LOG_LIMIT_CHARACTERS:]
    failures = tuple(reading.read_log(log))
    if failures:
        fingerprint = fingerprints.of_failure(failures[0])
    else:
        fingerprint = fingerprints.of_exit(shlex.join(command), finished.exit_code)
    times = _remember(memory, fingerprint)
    now = SystemClock().now()
    return Watched(command, finished.exit_code, log, len(redacted.spans), failures, fingerprint, times, now)


def _remember(memory: Path, fingerprint: str) -> int:
    """How often this failure was seen, this time included; what cannot be remembered was seen once."""
    try:
        counts: dict[str, int] = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        counts = {}
    times = int(counts.pop(fingerprint, 0)) + 1
    counts[fingerprint] = times
    kept = dict(list(counts.items())[-REMEMBERED_FAILURES:])
    try:
        memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = memory.with_name(f".{memory.name}.{os.getpid()}")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(memory)
    except OSError:
        return times
    return times


def _memory_file() -> Path:
    named = os.environ.get("XDG_STATE_HOME")  # tidy: ok(settings): a filter has no settings
    state = Path(named) if named else Path.home() / ".local" / "state"
    return state / "harmony" / "watch.json"


def _report(seen: Watched, options: argparse.Namespace) -> tuple[dict[str, Any] | None, str | None]:
    """What Harmony answers, or why it could not be asked."""
    token = os.environ.get("HARMONY_TOKEN")  # tidy: ok(settings): a filter has no settings
    url = options.url
    if url is None:
        run = run_file.read(options.data or _default_data())
        if run is None:
            return None, "no Harmony runs here; start it with `make up`"
        url, token = run.front_door, token or run.operator_token
    request = urllib.request.Request(
        url.rstrip("/") + "/v1/detect-problem",
        data=json.dumps(_body(seen, options)).encode(),
        headers={"Content-Type": "application/json", **_credentials(token)},
        method="POST",
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=REPORT_TIMEOUT_SECONDS) as answer:
            found: dict[str, Any] = json.load(answer)
            return found, None
    except urllib.error.HTTPError as error:
        return None, f"Harmony refused the report ({error.code})"
    except (OSError, ValueError):
        return None, "Harmony could not be reached"


def _credentials(token: str | None) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    trace = os.environ.get("TRACEPARENT")  # tidy: ok(settings): how a parent hands its trace on
    return {**headers, "traceparent": trace} if trace else headers


def _body(seen: Watched, options: argparse.Namespace) -> dict[str, Any]:
    """The report as ``POST /v1/detect-problem`` takes it."""
    errors = [
        {
            "timestamp": seen.at.isoformat(),
            "errorType": failure.error_type,
            "message": failure.message[:MESSAGE_LIMIT_CHARACTERS],
            "frequency": seen.times,
        }
        for failure in seen.failures[:1]
    ]
    environment = {"os": platform.system(), "recentCodeChanges": False}
    if options.was_on:
        environment["previousEnvironment"] = options.was_on
    body: dict[str, Any] = {
        "activityData": {
            "recentErrors": errors,
            "environmentContext": environment,
            "userFrustrationSignals": {"repeatedAttempts": seen.times > 1},
        },
        "log": seen.log,
        "command": redact(shlex.join(seen.command)).text,
        "exitCode": seen.exit_code,
    }
    return {**body, "spaceId": options.space} if options.space else body


def _default_data() -> Path:
    named = os.environ.get("HARMONY_DATA")  # tidy: ok(settings): a filter has no settings
    return Path(named) if named else default_data_folder(os.environ, os.geteuid())  # tidy: ok(settings): as above


def _facts(seen: Watched, answer: dict[str, Any] | None, trouble: str | None) -> dict[str, Any]:
    return {
        "exit_code": seen.exit_code,
        "fingerprint": seen.fingerprint,
        "times": seen.times,
        "stuck": seen.times >= STUCK_AFTER_TIMES,
        "hidden": seen.hidden,
        "decisive": _decisive(seen),
        "answer": answer,
        "trouble": trouble,
    }


def _decisive(seen: Watched) -> str | None:
    if not seen.failures:
        return None
    failure = seen.failures[0]
    return f"{failure.error_type}: {failure.message}" if failure.message else failure.error_type


def _tell(seen: Watched, answer: dict[str, Any] | None, trouble: str | None) -> None:
    """A few calm lines on standard error, below what the command itself said."""
    lines = [f"failed ({seen.exit_code}): {_printable(_decisive(seen) or 'no error line found')}"]
    if seen.times > 1:
        lines.append(f"the same way {seen.times} times now")
    if answer is not None:
        lines += _known(answer)
    elif trouble is not None:
        lines.append(trouble)
    elif seen.times >= STUCK_AFTER_TIMES:
        lines.append(
            "stuck? `harmony watch --report -- …` asks what is known and who can help; it sends redacted text only"
        )
    if answer is not None and seen.hidden:
        lines.append(f"{seen.hidden} secrets or personal details were hidden before anything was sent")
    sys.stderr.write("".join(f"harmony: {line}\n" for line in lines))


def _known(answer: dict[str, Any]) -> list[str]:
    found = answer.get("classification") or {}
    lines = [f"looks like {_printable(str(found.get('category')))} / {_printable(str(found.get('subcategory')))}"]
    for solution in answer.get("knownSolutions", [])[:3]:
        lines.append(f"known: {_printable(str(solution.get('title')))}")
    return lines


def _printable(text: str) -> str:
    """Never let a log's escape sequences reach the person's terminal a second time."""
    return plain(text)[:300]
