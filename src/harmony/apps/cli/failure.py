"""A command that failed under ``harmony watch``: what decided it, how often it came, what it resembles, what is known.

Loaded only when a command failed, so that one that succeeds costs nothing. Terminal sequences are taken out first, then
everything is redacted: all that is said, kept or sent knows the redacted text only.
"""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmony.adapters.terminal.plain import plain as printable
from harmony.adapters.terminal.relay import Finished
from harmony.apps.cli import known
from harmony.assist.environments.model import Answer
from harmony.assist.problems import fingerprints, reading
from harmony.assist.problems.fingerprints import Fingerprint, Step
from harmony.assist.problems.model import Failure
from harmony.assist.problems.plain import plain
from harmony.assist.problems.similarity import compare
from harmony.kernel.redaction.service import redact
from harmony.kernel.redaction.session import Session

STUCK_AFTER_TIMES = 3
REMEMBERED_FAILURES = 200
COMPARED_FAILURES = 50
STEPS_REMEMBERED = 16
MEMORY_LIMIT_BYTES = 4 * 1024**2
LOG_LIMIT_CHARS = 100_000
MESSAGE_LIMIT_CHARS = 2_000
COMMAND_LIMIT_CHARS = 4_000
SAID_LIMIT_CHARS = 300
LAST_NAME = "last-failure.json"
"""Beside the memory: the redacted failure that ``harmony report`` sends."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run came to. ``times`` is how often it failed this way, ``alike`` what it resembles and how far."""

    command: str
    exit_code: int
    log: str
    hidden: int
    failures: tuple[Failure, ...]
    fingerprint: str
    times: int
    alike: tuple[str, int] | None
    quirks: tuple[Answer, ...]

    @property
    def decisive(self) -> str | None:
        return _said(self.failures[0]) if self.failures else None


def look(command: tuple[str, ...], finished: Finished, memory: Path, was_on: str = "") -> Seen:
    """Read a failed run and remember it."""
    session = Session(restorable=False)
    output = finished.output.decode("utf-8", errors="replace")
    if finished.truncated:
        output = output.partition("\n")[2]
    redacted = redact(plain(output), session)
    line = redact(plain(shlex.join(command)), session).text[:COMMAND_LIMIT_CHARS]
    log = redacted.text[-LOG_LIMIT_CHARS:]
    failures = reading.decisive_first(reading.read_log(log))
    print_ = fingerprints.take(failures[0]) if failures else None
    fingerprint = print_.value if print_ else fingerprints.of_exit(line, finished.exit_code)
    times, alike = _remember(memory, fingerprint, print_, _said(failures[0]) if failures else "")
    lines = [line, *(failure.text for failure in failures[:3]), *([_said(failures[0])] if failures else [])]
    quirks = known.quirks(lines, known.here(), was_on)
    seen = Seen(line, finished.exit_code, log, len(redacted.spans), failures, fingerprint, times, alike, quirks)
    _write(memory.with_name(LAST_NAME), report(seen, was_on))
    return seen


def clean(text: str) -> str:
    """Words that may be sent."""
    return redact(plain(text)).text[-LOG_LIMIT_CHARS:]


def report(seen: Seen, was_on: str = "") -> dict[str, Any]:
    """The failure as ``POST /v1/detect-problem`` takes it."""
    environment = {"os": known.here(), "recentCodeChanges": False}
    if was_on:
        environment["previousEnvironment"] = redact(plain(was_on)).text
    errors = [
        {"errorType": failure.error_type, "message": failure.message[:MESSAGE_LIMIT_CHARS], "frequency": seen.times}
        for failure in seen.failures[:1]
    ]
    return {
        "activityData": {
            "recentErrors": errors,
            "environmentContext": environment,
            "userFrustrationSignals": {"repeatedAttempts": seen.times > 1},
        },
        "log": seen.log,
        "command": seen.command,
        "exitCode": seen.exit_code,
    }


def told(seen: Seen) -> list[str]:
    """A few calm lines for a person."""
    lines = [f"failed ({seen.exit_code}): {_shown(seen.decisive or 'no error line found')}"]
    within = seen.failures[0].count if seen.failures else 1
    if within >= STUCK_AFTER_TIMES:
        lines.append(f"it came {within} times in this run")
    if seen.times > 1:
        lines.append(f"the same way {seen.times} times now")
    elif seen.alike is not None:
        lines.append(f"much like an earlier one: {_shown(seen.alike[0])} ({seen.alike[1]} % alike)")
    return lines + known.told(seen.quirks)


def facts(seen: Seen) -> dict[str, Any]:
    """The same for a program."""
    return {
        "exit_code": seen.exit_code,
        "fingerprint": seen.fingerprint,
        "times": seen.times,
        "stuck": seen.times >= STUCK_AFTER_TIMES,
        "hidden": seen.hidden,
        "decisive": seen.decisive,
        "alike": {"decisive": seen.alike[0], "percent": seen.alike[1]} if seen.alike else None,
        "quirks": known.facts(seen.quirks),
    }


def _said(failure: Failure) -> str:
    return f"{failure.error_type}: {failure.message}" if failure.message else failure.error_type


def _shown(text: str) -> str:
    return printable(text)[:SAID_LIMIT_CHARS]


# --- what is remembered --------------------------------------------------------------------------------------------


def _remember(
    memory: Path, fingerprint: str, print_: Fingerprint | None, said: str
) -> tuple[int, tuple[str, int] | None]:
    """How often this failure was seen, this time included, and what it resembles; both of what could be read."""
    entries = _read(memory)
    times = int(entries.pop(fingerprint, {"times": 0})["times"]) + 1
    alike = _alike(print_, list(entries.values())[-COMPARED_FAILURES:]) if print_ and times == 1 else None
    entries[fingerprint] = {"times": times, "said": said[:SAID_LIMIT_CHARS], "print": _packed(print_)}
    _write(memory, dict(list(entries.items())[-REMEMBERED_FAILURES:]))
    return times, alike


def _read(memory: Path) -> dict[str, dict[str, Any]]:
    """The memory as far as it can be read: it is a convenience, and a damaged one is begun anew."""
    try:
        if memory.stat().st_size > MEMORY_LIMIT_BYTES:
            return {}
        found = json.loads(memory.read_text(encoding="utf-8"))
        return {str(key): _entry(value) for key, value in found.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _entry(value: Any) -> dict[str, Any]:
    if isinstance(value, int):  # as versions before similarity wrote it
        return {"times": value, "said": "", "print": None}
    return {"times": int(value["times"]), "said": str(value["said"]), "print": value["print"]}


def _packed(print_: Fingerprint | None) -> dict[str, Any] | None:
    if print_ is None:
        return None
    steps = [[step.function, step.source, step.library] for step in print_.steps[-STEPS_REMEMBERED:]]
    return {
        "language": print_.language,
        "kind": print_.kind,
        "message": print_.message[:SAID_LIMIT_CHARS],
        "steps": steps,
    }


def _unpacked(packed: dict[str, Any]) -> Fingerprint:
    steps = tuple(Step(str(function), str(source), bool(library)) for function, source, library in packed["steps"])
    return Fingerprint("", "", str(packed["language"]), str(packed["kind"]), str(packed["message"]), steps)


def _alike(print_: Fingerprint, entries: list[dict[str, Any]]) -> tuple[str, int] | None:
    best: tuple[str, int] | None = None
    for entry in entries:
        try:
            found = compare(print_, _unpacked(entry["print"]))
        except (TypeError, ValueError, KeyError):
            continue
        percent = round(found.likeness * 100)
        if found.verdict == "similar" and (best is None or percent > best[1]):
            best = (str(entry["said"]), percent)
    return best


def _write(path: Path, content: object) -> None:
    """Whole or not at all, for its owner only; what cannot be written is not worth a word while something failed."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file)
        fresh.replace(path)
    except OSError:
        return
