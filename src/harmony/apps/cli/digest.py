"""``harmony digest``: what failed in a CI log, where and why. Standard library, kernel and the digest only."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from harmony.apps.cli import entry, filtering
from harmony.assist.problems.digest import several, sources, telling, wire
from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.errors import BadCase
from harmony.assist.problems.digest.model import BROKEN, NAMES_A_TEST, OK, Digest
from harmony.kernel.errors import Refusal

NAME = "digest"
LOGS_TOLD_LIMIT = 5
"""Of many logs, the broken ones are told one by one up to this many."""
LINES_ASKED = 40
"""Of the decisive lines and of the failed tests, at most so many are sent with --ask."""

HELP = """\
Read CI logs and say what failed, where and why, and what is known about it. Nothing leaves this machine, but for
--ask: the decisive lines, redacted.

  harmony digest build.log                 # also .gz, folders, CI archives (.zip)
  make test 2>&1 | harmony digest
  harmony digest --json build.log | jq .decisive
  harmony digest --ask build.log           # ask the Harmony that runs here for known solutions
  harmony digest --batch < cases.jsonl     # {"id": …, "log_path": … or "text": …} a line"""
CODES = (
    "0 the log is of a run that went well, 1 it failed, 3 a log cannot be read (with --batch: a line is\n"
    "no case), 4 the run was cancelled; with --batch 0 when every line was answered"
)


def main(arguments: list[str]) -> int:
    """The exit code; see ``--help``."""
    parser = filtering.parser(NAME, HELP, CODES)
    parser.add_argument(
        "files", nargs="*", metavar="FILES", help="logs, .gz, folders, archives; - or none: standard input"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--decisive", action="store_true", help="put the decisive lines under `lines`")
    parser.add_argument(
        "--batch", action="store_true", help="one JSON case a line from standard input, one answer a line"
    )
    parser.add_argument(
        "--ask", action="store_true", help="ask the running Harmony what is known; sends redacted lines"
    )
    parser.add_argument("--data", type=Path, default=None, help="with --ask: the data folder of the running Harmony")
    parser.add_argument("--url", help="with --ask: another Harmony; its token in HARMONY_TOKEN")
    filtering.add_colour(parser)
    options = parser.parse_args(arguments)
    if options.batch and (options.files or options.ask):
        parser.error("--batch reads its cases from standard input; leave the files and --ask out")
    if not options.files and sys.stdin.isatty():
        parser.error("give a log, or pipe one in")
    return filtering.run(NAME, lambda: _batch(options.decisive) if options.batch else _act(options))


def _act(options: argparse.Namespace) -> int:
    progress = filtering.Progress(NAME)
    try:
        digests = [(log.name, _digest(log.chunks, progress)) for log in _logs(options.files or ["-"])]
    finally:
        progress.wipe()
    leading = several.worst(digests)[1]
    asked = _asked(leading, options) if options.ask and leading.status != OK else None
    _answer(digests, asked, options)
    return {OK: filtering.FINE, BROKEN: filtering.FOUND}.get(leading.status, filtering.STOPPED)


def _digest(chunks: Iterable[bytes], progress: Callable[[int], None] | None = None) -> Digest:
    """The digest of a log, redacted; what redacts is loaded when there are words to look through."""
    digest = digest_of(chunks, progress)
    if not (digest.decisive_lines or digest.failed_tests or digest.failing_command or digest.environment):
        return digest
    cleaned: Digest = entry.loaded("cleaning").cleaned(digest)
    return cleaned


def _logs(names: list[str]) -> Iterator[sources.Log]:
    for name in names:
        if name == "-":
            yield sources.log_of_stream(sys.stdin.buffer)
        else:
            yield from sources.logs_at(Path(name), pipes=True)


def _answer(digests: list[tuple[str, Digest]], asked: dict[str, Any] | None, options: argparse.Namespace) -> None:
    if options.json:
        one = len(digests) == 1
        answer = (
            wire.wired(digests[0][1], decisive=options.decisive)
            if one
            else several.joined(digests, decisive=options.decisive)
        )
        if options.ask:
            answer["answer"] = asked
        _write(json.dumps(answer, ensure_ascii=False))
        return
    colour = filtering.coloured(options.color, sys.stdout)
    width = filtering.width()
    broken = [pair for pair in digests if pair[1].status != OK] or [several.worst(digests)]
    for name, digest in broken[:LOGS_TOLD_LIMIT]:
        for line in telling.told(digest, name, colour=colour, width=width):
            _write(line)
        if digest.status != OK:
            _tell_known(digest, colour=colour)
    if asked is not None:
        for line in entry.loaded("asking").told(asked):
            _write(f"  harmony  {line}")
    if len(digests) > 1:
        _write(f"{len(digests)} logs, {sum(1 for _, digest in digests if digest.status != OK)} of them not ok")


def _tell_known(digest: Digest, *, colour: bool) -> None:
    """The differences between systems that may explain it. Loaded when something failed."""
    known = entry.loaded("known")
    lines = [one.text for one in digest.decisive_lines if one.reason != NAMES_A_TEST]
    for line in known.told(known.quirks(lines, " ".join(digest.environment.values()))):
        _write(filtering.tint("36", f"  {line}", colour=colour))


def _asked(digest: Digest, options: argparse.Namespace) -> dict[str, Any] | None:
    """What a Harmony answers to the decisive lines, redacted; None with a word on standard error when none answers."""
    lines = [digest.failing_command or "", *(one.text for one in digest.decisive_lines[:LINES_ASKED])]
    lines += [test.name for test in digest.failed_tests[:LINES_ASKED]]
    asking, failure = entry.loaded("asking"), entry.loaded("failure")
    log = failure.clean("\n".join(dict.fromkeys(line for line in lines if line)))
    try:
        answer: dict[str, Any] = asking.ask({"log": log, "exitCode": 1}, options.url, options.data)
    except Refusal as refusal:
        filtering.say_refusal(NAME, refusal)
        return None
    return answer


def _batch(decisive: bool) -> int:
    """One answer for each line, flushed at once, so that a program may talk with it in lockstep."""
    code = filtering.FINE
    for identity, case in filtering.cases(sys.stdin.buffer):
        begun = time.process_time()
        try:
            answer = wire.wired(_digest(_chunks(case)), decisive=decisive)
            answer["ms"] = round((time.process_time() - begun) * 1000, 3)
        except Refusal as refusal:
            answer = {"status": None, "error": refusal.code, "message": wire.printable(refusal.message)}
        except OSError as trouble:
            answer = {"status": None, "error": "problems.digest_no_log", "message": wire.printable(str(trouble))}
        code = filtering.UNREADABLE if identity is None else code
        _write(json.dumps({"id": identity, **answer}, ensure_ascii=False))
        sys.stdout.flush()
    return code


def _chunks(case: dict[str, Any] | filtering.BadCase) -> Iterator[bytes]:
    if isinstance(case, filtering.BadCase):
        raise BadCase(case.message)
    text, path = case.get("text"), case.get("log_path")
    if isinstance(text, str):
        return iter([text.encode("utf-8", "surrogatepass")])
    if isinstance(path, str) and path and "\0" not in path:
        return next(sources.logs_at(Path(path))).chunks
    raise BadCase('the case has neither "log_path" nor "text"', field="log_path")


def _write(line: str) -> None:
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
