"""``harmony stuck``: whether a run of events has come to a standstill. Standard library, kernel, one pure package."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from typing import IO

from harmony.apps.cli import filtering
from harmony.assist.problems.stuck.errors import LineTooLong, MalformedCase, MalformedEvent
from harmony.assist.problems.stuck.events import read_event
from harmony.assist.problems.stuck.model import Finding, Kind, Privacy, Remedy, Verdict
from harmony.assist.problems.stuck.monitor import Monitor
from harmony.kernel.errors import Refusal

NAME = "stuck"
LINE_LIMIT_BYTES = 64 * 1024 * 1024
PROGRESS_EVERY_EVENTS = 20_000

HELP = """\
Say whether a run of events has come to a standstill: loops, repeated errors, talk without action, asks for help.

  harmony stuck run.jsonl                         # for a person, with the events it was read from
  harmony stuck --json < run.jsonl                # one object: alarm_at, score, stuck, nudge, kind, evidence, ...
  tail -f run.jsonl | harmony stuck --follow      # speak up while it happens
  harmony stuck --batch < cases.jsonl             # a case a line: id, events (and task); an answer a line

Events are JSON lines: {"role": "user|agent|tool", "text": ..., "tool": ..., "args": ..., "name": ..., "error": ...}.
A file may be gzipped. Nothing leaves this machine; evidence is redacted."""
CODES = (
    "0 answered (with --batch: every line), 1 stuck (with --exit-code), 3 nothing can be read (with --batch: a\n"
    "line is no case)"
)

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
ALARM, NUDGE, CALM, FAINT = "1;31", "1;33", "1;32", "2"


def main(arguments: list[str]) -> int:
    """Answer about one run, one run as it goes, or a batch of runs; exit codes as in ``--help``."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.follow and options.batch:
        parser.error("--follow watches one run, --batch answers many; choose one")
    if options.file == "-" and sys.stdin.isatty():
        parser.error("give a file of events, or pipe them in")
    return filtering.run(NAME, lambda: _act(options))


def _act(options: argparse.Namespace) -> int:
    with _opened(options.file) as stream:
        return _batch(stream, options) if options.batch else _one(stream, options)


def _parser() -> argparse.ArgumentParser:
    parser = filtering.parser(NAME, HELP, CODES)
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="events; - or nothing is standard input")
    parser.add_argument("--json", action="store_true", help="print one object (with --follow: one a finding)")
    parser.add_argument("--batch", action="store_true", help="one case a line in, one answer a line out")
    parser.add_argument("--follow", action="store_true", help="tell each finding as it comes")
    parser.add_argument("--exit-code", action="store_true", help="exit with 1 when the run ends stuck")
    parser.add_argument(
        "--privacy",
        choices=[str(level) for level in Privacy],
        default=str(Privacy.STANDARD),
        help="what may be looked at: high (no words at all), standard (the user's words are not quoted), open",
    )
    filtering.add_colour(parser)
    return parser


def _opened(name: str) -> Stream:
    if name == "-":
        return open(0, "rb", closefd=False)
    if name.endswith(".gz"):
        return gzip.open(name, "rb")
    return open(name, "rb")


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
        _tell(verdict, skipped, colour=filtering.coloured(options.color, sys.stdout))
    return filtering.FOUND if options.exit_code and verdict.stuck else filtering.FINE


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
    code = filtering.FINE
    for line in _lines(stream):
        case: object = None
        try:
            case = _decoded(line)
            answer = _facts(_judged(case, Privacy(options.privacy)))
        except Refusal as refusal:
            answer = {"error": {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}}
        identity = case.get("id") if isinstance(case, dict) else None
        code = filtering.UNREADABLE if identity is None else code
        _write(json.dumps({"id": identity} | answer))
    return code


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


def _tell(verdict: Verdict, skipped: int, *, colour: bool) -> None:
    if verdict.standing is not None:
        _tell_person(verdict.standing, colour=colour)
    elif verdict.alarms:
        _write(filtering.tint(CALM, "Not stuck now", colour=colour) + ", but it was:")
        _tell_person(verdict.alarms[0], colour=colour)
    else:
        _write(filtering.tint(CALM, "Not stuck", colour=colour) + f" after {verdict.events:,} events")
    if skipped:
        _write(filtering.tint(FAINT, f"  {skipped:,} lines were no events and were skipped", colour=colour))


def _tell_finding(found: Finding, options: argparse.Namespace) -> None:
    if options.json:
        _write(json.dumps(_finding_facts(found)))
    else:
        _tell_person(found, colour=filtering.coloured(options.color, sys.stdout))


def _tell_person(found: Finding, *, colour: bool) -> None:
    alarm = found.level.name == "ALARM"
    head = filtering.tint(*((ALARM, "Stuck") if alarm else (NUDGE, "Perhaps stuck")), colour=colour)
    _write(f"{head} at event {found.at}: {SAID[found.kind].format(rounds=found.rounds)} ({found.confidence:.0%} sure)")
    for line in found.lines:
        _write(filtering.tint(FAINT, f"  {line.at:>6}  {filtering.shown(line.text)}", colour=colour))
    if found.obstacle:
        _write(f"  In the way: {filtering.shown(found.obstacle)}")
    _write(f"  Next: {ADVICE[found.remedy]}")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
