"""``harmony classify``: what kind of failure a log shows. Standard library, kernel and pure parts of problems only."""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harmony.apps.cli import filtering
from harmony.apps.cli.learned_file import kinds_here
from harmony.assist.problems.alone import classed, nothing_failed, read
from harmony.assist.problems.classification import TESTS_FAILED
from harmony.assist.problems.digest import sources, wire
from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.errors import BadCase
from harmony.assist.problems.digest.model import OK, Digest
from harmony.assist.problems.model import Environment, Evidence, Judgement, Observation, Reading, Report
from harmony.assist.problems.taxonomy import Kinds
from harmony.kernel.errors import Refusal

NAME = "classify"
END_LIMIT_BYTES = 512 * 1024
"""Of a longer log this much of its end is classed; the digest reads all of it."""
CHUNK_BYTES = 64 * 1024
WHOLE_LOG_BYTES = 16 * 1024
"""A log this long without a sign of failure went well; a shorter text may be a piece of one that did not."""
EVIDENCE_SHOWN = 6
LIMITS = {"os": 500, "previous": 500, "command": 4_000}
"""Characters of what a case or an option may say."""

HELP = """\
Say what kind of failure a log, a trace or an error line shows: category, how hard, how pressing, how sure, and why.
What no rule describes is unknown. Nothing leaves this machine.

  make test 2>&1 | harmony classify
  harmony classify --os Windows build.log        # also .gz, folders, CI archives (.zip)
  harmony classify --json crash.txt | jq .category
  harmony classify --batch < cases.jsonl         # {"id": …, "text": … or "log_path": …, "os": …} a line
  harmony classify --taxonomy                    # every kind, and how reliable its rules are"""
CODES = (
    "0 nothing failed, 1 something did, 3 a log cannot be read (with --batch: a line is\n"
    "no case); with --batch 0 when every line was answered"
)


@dataclass(frozen=True, slots=True)
class Classed:
    name: str
    reading: Reading
    judgement: Judgement
    failed: bool
    """Whether something failed: by the judgement, or because the whole log says so although nobody names its kind."""


def main(arguments: list[str]) -> int:
    """The exit code; see ``--help``."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.batch and options.files:
        parser.error("--batch reads its cases from standard input; leave the files out")
    if not (options.files or options.taxonomy or options.batch) and sys.stdin.isatty():
        parser.error("give a log, or pipe one in")
    return filtering.run(NAME, lambda: _act(options))


def _act(options: argparse.Namespace) -> int:
    kinds, learned = kinds_here(options.data, shipped_only=options.shipped)
    if options.taxonomy:
        return _taxonomy(kinds, learned, as_json=options.json)
    if options.batch:
        return _batch(kinds, learned)
    report, progress = _report(vars(options)), filtering.Progress(NAME)
    try:
        found = [classed_log(log, report, kinds, progress) for log in _logs(options.files or ["-"])]
    finally:
        progress.wipe()
    _answer(found, options, learned)
    return filtering.FOUND if any(one.failed for one in found) else filtering.FINE


def _parser() -> argparse.ArgumentParser:
    parser = filtering.parser(NAME, HELP, CODES)
    parser.add_argument("files", nargs="*", metavar="FILES", help="logs, .gz, folders, archives; - or none: stdin")
    parser.add_argument("--json", action="store_true", help="print one JSON object (of many logs: one a line)")
    parser.add_argument("--batch", action="store_true", help="one JSON case a line in, one answer a line out")
    parser.add_argument("--taxonomy", action="store_true", help="print the kinds of failure and their rules")
    parser.add_argument("--os", default="", help="the system it happened on, as you would name it")
    parser.add_argument("--previous", default="", metavar="OS", help="the system the same work ran on before")
    parser.add_argument("--command", default="", help="the command that was run")
    parser.add_argument("--exit-code", type=int, default=None, help="what it exited with")
    parser.add_argument("--data", type=Path, default=None, help="the data folder in which a learned file may lie")
    parser.add_argument("--shipped", action="store_true", help="leave a learned file aside")
    filtering.add_colour(parser)
    return parser


def _report(said: dict[str, Any]) -> Report:
    """What is known beside the log; raises ``BadCase`` for words beyond their bounds."""
    for name, limit in LIMITS.items():
        value = said.get(name) or ""
        if not isinstance(value, str) or len(value) > limit:
            raise BadCase(f"{name} is no text of at most {limit} characters", field=name)
    code = said.get("exit_code")
    if code is not None and (not isinstance(code, int) or isinstance(code, bool) or not -(2**31) <= code < 2**32):
        raise BadCase("exit_code is no number of 32 bits", field="exit_code")
    return Report(
        environment=Environment(os=said.get("os") or "", previous_environment=said.get("previous") or ""),
        command=said.get("command") or None,
        exit_code=code,
    )


def _logs(names: list[str]) -> Iterator[sources.Log]:
    for name in names:
        if name == "-":
            yield sources.log_of_stream(sys.stdin.buffer)
        else:
            yield from sources.logs_at(Path(name))


def classed_log(log: sources.Log, report: Report, kinds: Kinds, progress: filtering.Progress | None = None) -> Classed:
    """One whole log, in bounded memory: the digest says whether it went well, its end is classed."""
    end = _End()
    digest = digest_of(end.passing(log.chunks), progress)
    reading = read(replace(report, log=end.text()))
    if _went_well(digest, report):
        reading = nothing_failed(reading)
    elif digest.counts.broken:
        counted = f"{digest.counts.broken} of {max(digest.counts.ran, digest.counts.broken)} tests failed"
        reading = replace(reading, observations=(Observation(TESTS_FAILED, counted, None),))
    judgement = classed(reading, kinds)
    shifted = tuple(_shifted(item, end.lines_cut) for item in judgement.evidence)
    failed = judgement.problem_detected or (digest.status != OK and bool(reading.failures))
    return Classed(log.name, reading, replace(judgement, evidence=shifted), failed)


def _went_well(digest: Digest, report: Report) -> bool:
    """Whether the log says so itself, or is long and says nothing else; what the caller says comes first."""
    if report.exit_code is not None or digest.status != OK:
        return False
    return digest.status_reason != "no sign of failure" or digest.n_bytes >= WHOLE_LOG_BYTES


class _End:
    """Keeps the end of a stream that passes by, whole lines only, and counts the lines that were let go."""

    def __init__(self) -> None:
        self._kept: deque[bytes] = deque()
        self._size = 0
        self.lines_cut = 0

    def passing(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            for start in range(0, len(chunk), CHUNK_BYTES):
                self._keep(chunk[start : start + CHUNK_BYTES])
            yield chunk

    def text(self) -> str:
        raw = b"".join(self._kept)
        if self.lines_cut and b"\n" in raw:
            raw = raw[raw.index(b"\n") + 1 :]
            self.lines_cut += 1
        return raw.decode("utf-8", "replace")

    def _keep(self, piece: bytes) -> None:
        self._kept.append(piece)
        self._size += len(piece)
        while self._size - len(self._kept[0]) >= END_LIMIT_BYTES:
            gone = self._kept.popleft()
            self._size -= len(gone)
            self.lines_cut += gone.count(b"\n")


def _shifted(item: Evidence, lines: int) -> Evidence:
    return item if item.line is None else replace(item, line=item.line + lines)


# --- what is said --------------------------------------------------------------------------------------------------


def _answer(found: list[Classed], options: argparse.Namespace, learned: str) -> None:
    if options.json:
        for one in found:
            named = {"name": wire.printable(one.name)} if len(found) > 1 else {}
            _write(json.dumps({**named, **_facts(one, learned)}, ensure_ascii=False))
        return
    colour, width = filtering.coloured(options.color, sys.stdout), filtering.width()
    for one in found:
        for line in _told(one, learned, colour=colour, width=width):
            _write(line)


def _facts(one: Classed, learned: str) -> dict[str, Any]:
    judged, kind = one.judgement, one.judgement.classification
    return {
        "problem_detected": one.failed,
        "category": kind.category,
        "subcategory": kind.subcategory,
        "complexity": kind.complexity,
        "urgency": kind.urgency,
        "confidence": judged.class_percent / 100,
        "rule": judged.decided_by,
        "learned": bool(learned),
        "evidence": [
            {"line": item.line, "text": wire.printable(item.text), "reason": item.reason} for item in judged.evidence
        ],
        "fingerprint": one.reading.fingerprint,
        "language": one.reading.language,
    }


def _told(one: Classed, learned: str, *, colour: bool, width: int) -> Iterator[str]:
    """At most a screenful of lines for one log. Nothing of the log can reach the terminal as a command."""
    judged, kind = one.judgement, one.judgement.classification
    name = "" if one.name == "-" else f"  {wire.printable(one.name)}"
    if not one.failed:
        yield filtering.tint("1;32", "✔ nothing failed", colour=colour) + name
        return
    if judged.decided_by:
        said = filtering.tint("1;33", f"{kind.category} / {kind.subcategory}", colour=colour)
        yield f"{said}  {judged.class_percent} % sure{name}"
    else:
        yield f"{filtering.tint('1;33', 'unknown', colour=colour)}  no rule describes this failure{name}"
    yield f"  complexity {kind.complexity}, urgency {kind.urgency}"
    for item in judged.evidence[:EVIDENCE_SHOWN]:
        place = f"line {item.line}" if item.line else "       "
        text = wire.printable(item.text.strip(), max(20, width - len(place) - 4))
        yield f"  {filtering.tint('2', place, colour=colour)}  {text}"
        yield filtering.tint("2", f"           because: {wire.printable(item.reason)}", colour=colour)
    if learned:
        by = f"  by what was learned here ({wire.printable(learned)})"
        yield filtering.tint("2", by, colour=colour)


def _taxonomy(kinds: Kinds, learned: str, *, as_json: bool) -> int:
    """Every kind with its rules: what their author expects, what was counted, what they are trusted with."""
    if as_json:
        _write(json.dumps(_taxonomy_facts(kinds), ensure_ascii=False))
        return filtering.FINE
    for category in kinds.categories:
        _write(f"{category.id}: {category.about}")
        for item in category.subcategories:
            _write(f"  {item.id} ({item.complexity}): {item.about}")
            for rule in kinds.rules:
                if (rule.category, rule.subcategory) == (category.id, item.id):
                    counts = kinds.counts.get(rule.id)
                    counted = f"{counts.right} right, {counts.wrong} wrong" if counts else "never counted"
                    trusted = round(100 * kinds.reliability(rule))
                    _write(f"    {trusted:3d} %  {rule.id}: {rule.reason} (expected {rule.weight} %, {counted})")
    _write("unknown: what no rule describes, or none that is right often enough")
    if learned:
        _write(f"counted with what was learned here ({wire.printable(learned)})")
    return filtering.FINE


def _taxonomy_facts(kinds: Kinds) -> dict[str, Any]:
    return {
        "categories": [
            {
                "id": category.id,
                "about": category.about,
                "subcategories": [
                    {"id": item.id, "about": item.about, "complexity": item.complexity}
                    for item in category.subcategories
                ],
            }
            for category in kinds.categories
        ],
        "rules": [
            {
                "id": rule.id,
                "kind": f"{rule.category}/{rule.subcategory}",
                "reason": rule.reason,
                "expected": rule.weight / 100,
                "right": kinds.counts[rule.id].right if rule.id in kinds.counts else 0,
                "wrong": kinds.counts[rule.id].wrong if rule.id in kinds.counts else 0,
                "reliability": round(kinds.reliability(rule), 4),
            }
            for rule in kinds.rules
        ],
        "abstain_below": kinds.scales.abstain_below,
    }


# --- many cases ----------------------------------------------------------------------------------------------------


def _batch(kinds: Kinds, learned: str) -> int:
    """One answer for each line, flushed at once, so that a program may talk with it in lockstep."""
    code = filtering.FINE
    for identity, case in filtering.cases(sys.stdin.buffer):
        answer: dict[str, Any]
        try:
            if isinstance(case, filtering.BadCase):
                raise case
            answer = _facts(classed_log(_log_of(case), _report(case), kinds), learned)
        except Refusal as refusal:
            answer = {"category": None, "error": refusal.code, "message": wire.printable(refusal.message)}
        except OSError as trouble:
            answer = {"category": None, "error": "problems.digest_no_log", "message": wire.printable(str(trouble))}
        code = filtering.UNREADABLE if identity is None else code
        _write(json.dumps({"id": identity, **answer}, ensure_ascii=False))
        sys.stdout.flush()
    return code


def _log_of(case: dict[str, Any]) -> sources.Log:
    text, path = case.get("text"), case.get("log_path")
    if isinstance(text, str):
        return sources.Log("-", iter([text.encode("utf-8", "replace")]))
    if isinstance(path, str) and path and "\0" not in path:
        return next(sources.logs_at(Path(path)))
    raise BadCase('the case has neither "log_path" nor "text"', field="log_path")


def _write(line: str) -> None:
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
