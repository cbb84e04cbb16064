"""``harmony digest``: what failed in a CI log, where and why. Standard library, kernel and the digest only."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from harmony.assist.problems.digest import several, sources, telling, wire
from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.errors import BadCase
from harmony.assist.problems.digest.model import BROKEN, OK, Digest
from harmony.kernel.errors import Refusal

FINE, FAILED, USAGE_ERROR, UNREADABLE, STOPPED = 0, 1, 2, 3, 4
LOGS_TOLD_LIMIT = 5
"""Of many logs, the broken ones are told one by one up to this many."""
PROGRESS_EVERY_BYTES = 8 * 1024**2
CASE_LIMIT_CHARACTERS = 512 * 1024**2
WIDTH_LIMIT = 160

HELP = """\
Read CI logs and say what failed, where and why. Nothing leaves this machine.

  harmony digest build.log                 # also .gz, folders, CI archives (.zip)
  make test 2>&1 | harmony digest
  harmony digest --json build.log | jq .decisive
  harmony digest --batch < cases.jsonl     # {"id": …, "log_path": … or "text": …} a line

exit codes: 0 the log is of a run that went well, 1 it failed, 2 wrong usage, 3 a log could not be read,
4 the run was cancelled; with --batch 0 when every line was answered"""


def main(arguments: list[str]) -> int:
    """The exit code; see ``HELP``."""
    parser = argparse.ArgumentParser(
        prog="harmony digest", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILES", help="logs, .gz, folders, archives; - or none: standard input"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--decisive", action="store_true", help="put the decisive lines under `lines`")
    parser.add_argument(
        "--batch", action="store_true", help="one JSON case a line from standard input, one answer a line"
    )
    options = parser.parse_args(arguments)
    if options.batch:
        if options.files:
            parser.error("--batch reads its cases from standard input; leave the files out")
        return _batch(options.decisive)
    if not options.files and sys.stdin.isatty():
        parser.error("give a log, or pipe one in")
    try:
        digests = [(log.name, digest_of(log.chunks, _progress())) for log in _logs(options.files or ["-"])]
    except Refusal as refusal:
        return _refused(refusal)
    except OSError as trouble:
        sys.stderr.write(f"harmony digest: {wire.printable(str(trouble))}\n")
        return UNREADABLE
    finally:
        _wipe_progress()
    _answer(digests, options)
    return {OK: FINE, BROKEN: FAILED}.get(several.worst(digests)[1].status, STOPPED)


def _logs(names: list[str]) -> Iterator[sources.Log]:
    for name in names:
        if name == "-":
            yield sources.log_of_stream(sys.stdin.buffer)
        else:
            yield from sources.logs_at(Path(name))


def _answer(digests: list[tuple[str, Digest]], options: argparse.Namespace) -> None:
    if options.json:
        one = len(digests) == 1
        answer = (
            wire.wired(digests[0][1], decisive=options.decisive)
            if one
            else several.joined(digests, decisive=options.decisive)
        )
        _write(json.dumps(answer, ensure_ascii=False))
        return
    colour = sys.stdout.isatty() and not _plain_wished()
    width = min(shutil.get_terminal_size((100, 24)).columns, WIDTH_LIMIT)
    broken = [pair for pair in digests if pair[1].status != OK] or [several.worst(digests)]
    for name, digest in broken[:LOGS_TOLD_LIMIT]:
        for line in telling.told(digest, name, colour=colour, width=width):
            _write(line)
    if len(digests) > 1:
        _write(f"{len(digests)} logs, {sum(1 for _, digest in digests if digest.status != OK)} of them not ok")


def _plain_wished() -> bool:
    wishes = os.environ  # tidy: ok(settings): a filter has no settings
    return bool(wishes.get("NO_COLOR")) or wishes.get("TERM") == "dumb"


def _refused(refusal: Refusal) -> int:
    sys.stderr.write(f"harmony digest: {wire.printable(refusal.message)} ({refusal.code})\n  {refusal.hint}\n")
    return UNREADABLE


def _batch(decisive: bool) -> int:
    """One answer for each line, flushed at once, so that a program may talk with it in lockstep."""
    code = FINE
    for raw in iter(lambda: sys.stdin.buffer.readline(CASE_LIMIT_CHARACTERS), b""):
        if not raw.strip():
            continue
        begun = time.process_time()
        case_id: Any = None
        try:
            case = _case(raw)
            case_id = case["id"]
            digest = digest_of(_chunks(case))
            answer = wire.wired(digest, decisive=decisive)
            answer["ms"] = round((time.process_time() - begun) * 1000, 3)
        except Refusal as refusal:
            answer = {"status": None, "error": refusal.code, "message": wire.printable(refusal.message)}
            code = code if case_id is not None else UNREADABLE
        except OSError as trouble:
            answer = {"status": None, "error": "problems.digest_no_log", "message": wire.printable(str(trouble))}
        _write(json.dumps({"id": case_id, **answer}, ensure_ascii=False))
        sys.stdout.flush()
    return code


def _case(raw: bytes) -> dict[str, Any]:
    try:
        case = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadCase("this line is not JSON") from None
    if not isinstance(case, dict) or "id" not in case:
        raise BadCase("this line is no object with an id", field="id")
    return case


def _chunks(case: dict[str, Any]) -> Iterator[bytes]:
    text, path = case.get("text"), case.get("log_path")
    if isinstance(text, str):
        return iter([text.encode("utf-8", "surrogatepass")])
    if isinstance(path, str) and path:
        return next(sources.logs_at(Path(path))).chunks
    raise BadCase('the case has neither "log_path" nor "text"', field="log_path")


def _write(line: str) -> None:
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def _progress() -> Callable[[int], None] | None:
    """Tells a person at a terminal how far it is, on standard error."""
    if not sys.stderr.isatty():
        return None
    shown = 0

    def tell(n_bytes: int) -> None:
        nonlocal shown
        if n_bytes - shown >= PROGRESS_EVERY_BYTES:
            shown = n_bytes
            sys.stderr.write(f"\rharmony digest: {n_bytes // 1024**2} MB read")
            sys.stderr.flush()

    return tell


def _wipe_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
