"""``harmony fingerprint``: what makes a failure the same as another, as a filter.

Standard library, kernel and the pure parts of ``assist.problems`` only; needs no server. What is hidden by
``harmony redact`` never counts and is never printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from harmony.apps.cli import entry, filtering
from harmony.assist.problems import fingerprints
from harmony.assist.problems.digest import sources
from harmony.assist.problems.digest.lines import CHUNK_BYTES
from harmony.assist.problems.fingerprints import Fingerprint
from harmony.assist.problems.model import Failure
from harmony.assist.problems.plain import plain
from harmony.assist.problems.reading import decisive_first, read_log
from harmony.kernel.errors import Refusal, TooLarge
from harmony.kernel.redaction.service import redact

TRACE_LIMIT_BYTES = 512 * 1024
"""Of a longer trace its first and its last half of this are read: where it began, and where it ended."""
INPUT_LIMIT_BYTES = 256 * 1024 * 1024
CASE_LIMIT_BYTES = 16 * 1024 * 1024
FRAMES_PRINTED = 200
NAME = "fingerprint"

HELP = """\
Print the fingerprint of a stack trace: equal for the same failure, whatever its folder, line, record and version.

  python3 shop.py 2>&1 | harmony fingerprint
  harmony fingerprint crash.txt other.txt.gz
  harmony fingerprint --explain crash.txt other.txt   # exit 0 when they are grouped, 1 when not
  harmony fingerprint --batch < cases.jsonl           # a JSON case a line (id, traceback or text), a line back"""
CODES = "0 answered, or grouped, 1 not grouped (--explain), 3 an input cannot be read (with --batch: a line is no case)"


class TooMuch(TooLarge):
    code = "cli.input_too_large"
    hint = "Give the part in which it failed."


def main(arguments: list[str]) -> int:
    """The exit code; see ``--help``."""
    parser = filtering.parser(NAME, HELP, CODES)
    parser.add_argument("files", nargs="*", metavar="FILE", help="traces (also .gz); standard input when none, or as -")
    parser.add_argument("--json", action="store_true", help="print one object a trace")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--batch", action="store_true", help="answer JSON cases from standard input")
    only.add_argument("--explain", nargs=2, metavar=("A", "B"), help="say why two traces are or are not grouped")
    parser.add_argument(
        "--source-maps", metavar="FOLDER", help="where NAME.js.map lies for a frame of a bundle NAME.js"
    )
    filtering.add_colour(parser)
    options = parser.parse_args(arguments)
    if not options.files and not options.explain and sys.stdin.isatty():
        parser.error("give a trace, or pipe one in")
    return filtering.run(NAME, lambda: _act(options))


def _act(options: argparse.Namespace) -> int:
    maps = options.source_maps
    if options.batch:
        return _batch(maps)
    if options.explain:
        one, other = (fingerprint(_read(name), maps)[1] for name in options.explain)
        return int(entry.loaded("fingerprint_reasons").explain(one, other, as_json=options.json))
    colour = filtering.coloured(options.color, sys.stdout)
    for name in options.files or ["-"]:
        failure, print_ = fingerprint(_read(name), maps)
        _write(json.dumps(_object(failure, print_)) if options.json else _line(print_, colour=colour))
    return filtering.FINE


def fingerprint(text: str, maps: str | None = None) -> tuple[Failure | None, Fingerprint]:
    """The decisive failure of a text, if there is one, and its fingerprint. Redacts first; ``maps`` is a folder."""
    clean = redact(_both_ends(plain(text))).text
    failures = decisive_first(read_log(clean))
    if not failures:
        return None, fingerprints.of_text(clean)
    failure = failures[0] if maps is None else _mapped(failures[0], maps)
    return failure, fingerprints.take(failure)


def _mapped(failure: Failure, folder: str) -> Failure:
    found: Failure = entry.loaded("fingerprint_maps").mapped(failure, Path(folder))
    return found


def _batch(maps: str | None) -> int:
    """An answer for every line, each flushed at once."""
    code = filtering.FINE
    for identity, case in filtering.cases(sys.stdin.buffer, CASE_LIMIT_BYTES):
        answer = {"id": identity, **_answer(case, maps)}
        code = filtering.UNREADABLE if identity is None else code
        _write(json.dumps(answer))
        sys.stdout.flush()
    return code


def _answer(case: dict[str, Any] | filtering.BadCase, maps: str | None) -> dict[str, Any]:
    """The answer to one case; ``error`` names what is wrong with one that has none."""
    if isinstance(case, filtering.BadCase):
        return {"error": case.code, "message": case.message}
    text = case.get("traceback", case.get("text"))
    if not isinstance(text, str):
        return {"error": filtering.BadCase.code, "message": "the case has neither traceback nor text"}
    try:
        return _object(*fingerprint(text, maps))
    except Refusal as fault:
        return {"error": fault.code, "message": filtering.shown(fault.message)}


def _object(failure: Failure | None, print_: Fingerprint) -> dict[str, Any]:
    frames = failure.frames[-FRAMES_PRINTED:] if failure else ()
    return {
        "fingerprint": print_.value,
        "app": print_.app,
        "all": print_.all,
        "language": print_.language,
        "type": failure.error_type if failure else "",
        "message": print_.message,
        "causes": [f"{kind}: {message}" for kind, message in print_.causes],
        "frames": [
            {"function": f.function, "path": f.path, "line": f.line, "library": f.library, "source": f.source}
            for f in frames
        ],
    }


def _line(print_: Fingerprint, *, colour: bool) -> str:
    own = [step.function for step in print_.steps if not step.library]
    where = f"  in {own[-1]}" if own else ""
    said = ": ".join(part for part in (print_.kind, print_.message) if part) or "nothing that failed was found"
    return f"{filtering.tint('1', print_.value, colour=colour)}  {filtering.shown(said)}{filtering.shown(where)}"


def _read(name: str) -> str:
    """A trace: of a folder or an archive, its first log."""
    log = sources.log_of_stream(sys.stdin.buffer) if name == "-" else next(sources.logs_at(Path(name), pipes=True))
    return _ends(log.chunks)


def _ends(chunks: Iterable[bytes]) -> str:
    """What a stream says, of a long one both ends; refuses beyond ``INPUT_LIMIT_BYTES``."""
    head, tail, total = b"", deque[bytes](maxlen=TRACE_LIMIT_BYTES // CHUNK_BYTES), 0
    for chunk in chunks:
        total += len(chunk)
        if total > INPUT_LIMIT_BYTES:
            raise TooMuch(f"the input is longer than {INPUT_LIMIT_BYTES} bytes")
        if len(head) < TRACE_LIMIT_BYTES:
            head += chunk
        else:
            tail.append(chunk)
    return (head + b"".join(tail)).decode("utf-8", "replace")


def _both_ends(text: str) -> str:
    half = TRACE_LIMIT_BYTES // 2
    return text if len(text) <= TRACE_LIMIT_BYTES else f"{text[:half]}\n{text[-half:]}"


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
