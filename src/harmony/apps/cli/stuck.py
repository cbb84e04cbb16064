"""``harmony stuck``: whether a run of events has come to a standstill. Standard library, kernel, one pure package."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterator
from typing import IO

from harmony.assist.problems.stuck.errors import LineTooLong, MalformedCase, MalformedEvent
from harmony.assist.problems.stuck.events import read_event
from harmony.assist.problems.stuck.model import Finding, Kind, Privacy, Remedy, Verdict
from harmony.assist.problems.stuck.monitor import Monitor
from harmony.kernel.errors import Refusal

REFUSED = 1
USAGE_ERROR = 2
STUCK = 3
INTERRUPTED = 130
LINE_LIMIT_BYTES = 64 * 1024 * 1024
PROGRESS_EVERY_EVENTS = 20_000
HELP_WIDTH = 118

HELP = """\
Say whether a run of events has come to a standstill: loops, repeated errors, talk without action, asks for help.

  harmony stuck run.jsonl                         # for a person, with the events it was read from
  harmony stuck --json < run.jsonl                # one object: alarm_at, score, stuck, nudge, kind, evidence, ...
  tail -f run.jsonl | harmony stuck --follow      # speak up while it happens
  harmony stuck --batch < cases.jsonl             # a case a line: id, events (and task); an answer a line

Events are JSON lines: {"role": "user|agent|tool", "text": ..., "tool": ..., "args": ..., "name": ..., "error": ...}.
A file may be gzipped. Nothing leaves this machine; evidence is redacted."""
EXIT_CODES = """\
exit codes: 0 answered (with --batch: every line) · 1 refused, nothing could be read (with --batch: some line could not)
· 2 wrong usage · 3 stuck, only with --exit-code · 130 interrupted"""

Stream = IO[bytes] | gzip.GzipFile

SAID = {
    Kind.REPEATED_ERROR: "the same thing failed {rounds} times",
    Kind.SAME_ACTION: "the same action came {rounds} times with the same result",
    Kind.CYCLE: "the same steps went round {rounds} times",
    Kind.DRIFT: "{rounds} attempts that hardly differ ended alike",
    Kind.MONOLOGUE: "the agent spoke {rounds} times without doing anything",
    Kind.EDIT_RUN_FAIL: "{rounds} edits later it still fails in the same way",
    Kind.ABANDONED: "{rounds} attempts were made, failed and were taken back",
    Kind.ASK: "someone asks for help",
}
ADVICE = {
    Remedy.NUDGE: "a nudge: stop, say what was expected and what came instead, change something not changed before",
    Remedy.KNOWN_SOLUTIONS: "look for what is known: harmony digest, harmony fingerprint, then Harmony's suggestions",
    Remedy.PERSON: "bring in a person; trying again will hardly get past this",
}
_COLOURS = {"alarm": "\x1b[1;31m", "nudge": "\x1b[1;33m", "calm": "\x1b[1;32m", "faint": "\x1b[2m"}


def main(arguments: list[str]) -> int:
    """Answer about one run, one run as it goes, or a batch of runs; exit codes as in ``--help``."""
    options = _options(arguments)
    if options.follow and options.batch:
        sys.stderr.write("harmony stuck: --follow watches one run, --batch answers many; choose one\n")
        return USAGE_ERROR
    try:
        with _opened(options.file) as stream:
            if options.batch:
                return _batch(stream, options)
            return _one(stream, options)
    except Refusal as refusal:
        sys.stderr.write(f"harmony stuck: {refusal.message}\n  {refusal.hint}\n")
        return REFUSED
    except BrokenPipeError:
        return _nobody_reads()
    except (OSError, EOFError, zlib.error) as error:
        sys.stderr.write(f"harmony stuck: cannot read {options.file!r}: {_reason(error)}\n")
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="harmony stuck",
        description=HELP,
        epilog=EXIT_CODES,
        formatter_class=_formatter,
    )
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="events; - or nothing is standard input")
    parser.add_argument("--json", action="store_true", help="print one object (with --follow: one a finding)")
    parser.add_argument("--batch", action="store_true", help="one case a line in, one answer a line out")
    parser.add_argument("--follow", action="store_true", help="tell each finding as it comes")
    parser.add_argument("--exit-code", action="store_true", help=f"exit with {STUCK} when the run ends stuck")
    parser.add_argument(
        "--privacy",
        choices=[str(level) for level in Privacy],
        default=str(Privacy.STANDARD),
        help="what may be looked at: high (no words at all), standard (the user's words are not quoted), open",
    )
    return parser.parse_args(arguments)


def _opened(name: str) -> Stream:
    if name == "-":
        return open(0, "rb", closefd=False)
    if name.endswith(".gz"):
        return gzip.open(name, "rb")
    return open(name, "rb")


def _nobody_reads() -> int:
    """Whoever read the answers has gone: nothing is wrong, and Python must not try to flush at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "it is damaged or cut off"


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help of a fixed width: asking for the terminal's would load archive modules at every start."""
    return argparse.RawDescriptionHelpFormatter(prog, width=HELP_WIDTH)


# --- one run -------------------------------------------------------------------------------------------------------


def _one(stream: Stream, options: argparse.Namespace) -> int:
    """Take in a run and say where it stands; lines that are no events are skipped and counted."""
    monitor = Monitor(Privacy(options.privacy))
    lines = skipped = 0
    for line in _lines(stream):
        lines += 1
        try:
            for data in _events(_decoded(line)):
                found = monitor.observe(read_event(data))
                if found is not None and options.follow:
                    _tell_finding(found, options)
        except Refusal:
            skipped += 1
        if lines % PROGRESS_EVERY_EVENTS == 0 and sys.stderr.isatty() and not options.follow:
            sys.stderr.write(f"\r{lines:,} events …")
    if lines >= PROGRESS_EVERY_EVENTS and sys.stderr.isatty() and not options.follow:
        sys.stderr.write("\r\x1b[K")
    verdict = monitor.verdict()
    if lines and skipped == lines and not verdict.events:
        raise MalformedEvent(f"none of the {lines} lines is an event")
    if options.json and not options.follow:
        _write(json.dumps(_facts(verdict) | {"skipped": skipped}))
    elif not options.follow:
        _tell(verdict, skipped)
    return STUCK if options.exit_code and verdict.stuck else 0


def _lines(stream: Stream) -> Iterator[bytes | None]:
    """Lines that are not blank, as they come; None for one beyond the limit, whose rest is passed over."""
    while line := stream.readline(LINE_LIMIT_BYTES + 1):
        if len(line) > LINE_LIMIT_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LINE_LIMIT_BYTES)
            yield None
        elif not line.isspace():
            yield line


def _decoded(line: bytes | None) -> object:
    if line is None:
        raise LineTooLong(f"a line is longer than {LINE_LIMIT_BYTES:,} bytes")
    try:
        return json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise MalformedEvent("a line is not JSON") from None


def _events(data: object) -> list[object]:
    """The events of one line: one event, a list of them, or a case that holds them."""
    if isinstance(data, dict) and isinstance(data.get("events"), list):
        return list(data["events"])
    return list(data) if isinstance(data, list) else [data]


# --- many runs -----------------------------------------------------------------------------------------------------


def _batch(stream: Stream, options: argparse.Namespace) -> int:
    """One answer a line, in order; a case that cannot be read is answered with the refusal's code and hint."""
    every = True
    for line in _lines(stream):
        case: object = None
        try:
            case = _decoded(line)
            answer = _facts(_judged(case, Privacy(options.privacy)))
        except Refusal as refusal:
            every = False
            answer = {"error": {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}}
        identity = case.get("id") if isinstance(case, dict) else None
        _write(json.dumps({"id": identity} | answer))
    return 0 if every else REFUSED


def _judged(case: object, privacy: Privacy) -> Verdict:
    if not isinstance(case, dict) or not isinstance(case.get("events"), list):
        raise MalformedCase("a case is not an object with a list of events", field="events")
    monitor = Monitor(privacy)
    for data in case["events"]:
        monitor.observe(read_event(data))
    return monitor.verdict()


# --- what is said --------------------------------------------------------------------------------------------------


def _facts(verdict: Verdict) -> dict[str, object]:
    """The verdict for programs. ``kind`` and ``evidence`` are of what stands, else of the first alarm."""
    told = verdict.standing or (verdict.alarms[0] if verdict.alarms else None)
    return {
        "alarm_at": verdict.alarm_at,
        "score": verdict.score,
        "stuck": verdict.stuck,
        "nudge": verdict.nudge,
        "events": verdict.events,
        "outlook": verdict.outlook,
        **_finding_facts(told),
        "alarms": [_finding_facts(alarm) for alarm in verdict.alarms],
    }


def _finding_facts(found: Finding | None) -> dict[str, object]:
    if found is None:
        return {"kind": None, "confidence": None, "remedy": None, "surmountable": None, "evidence": []}
    return {
        "at": found.at,
        "kind": str(found.kind),
        "level": found.level.name.lower(),
        "rounds": found.rounds,
        "confidence": found.confidence,
        "remedy": str(found.remedy),
        "surmountable": found.surmountable,
        "obstacle": found.obstacle or None,
        "hints": list(found.hints),
        "evidence": [{"event": line.at, "line": line.text} for line in found.lines],
    }


def _tell(verdict: Verdict, skipped: int) -> None:
    if verdict.standing is not None:
        _tell_person(verdict.standing)
    elif verdict.alarms:
        _write(_coloured("calm", "Not stuck now") + ", but it was:")
        _tell_person(verdict.alarms[0])
    else:
        _write(_coloured("calm", "Not stuck") + f" after {verdict.events:,} events")
    if skipped:
        _write(_coloured("faint", f"  {skipped:,} lines were no events and were skipped"))


def _tell_finding(found: Finding, options: argparse.Namespace) -> None:
    if options.json:
        _write(json.dumps(_finding_facts(found)))
    else:
        _tell_person(found)


def _tell_person(found: Finding) -> None:
    alarm = found.level.name == "ALARM"
    head = _coloured("alarm", "Stuck") if alarm else _coloured("nudge", "Perhaps stuck")
    _write(f"{head} at event {found.at}: {SAID[found.kind].format(rounds=found.rounds)} ({found.confidence:.0%} sure)")
    for line in found.lines:
        _write(_coloured("faint", f"  {line.at:>6}  {line.text}"))
    if found.obstacle:
        _write(f"  In the way: {found.obstacle}")
    _write(f"  Next: {ADVICE[found.remedy]}")


def _coloured(shade: str, text: str) -> str:
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        return text
    return f"{_COLOURS[shade]}{text}\x1b[0m"


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
