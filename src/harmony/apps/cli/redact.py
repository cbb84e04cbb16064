"""``harmony redact``: a filter that hides secrets and personal data, and turns them back for their owner.

Standard library, kernel, and the sources of the digest only. Reads and writes in pieces: memory does not grow with the
input.
"""

from __future__ import annotations

import argparse
import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from harmony.apps.cli import entry, filtering, redact_answers
from harmony.apps.cli.redact_answers import Answer, JsonAnswer, Tally, TextAnswer, pump
from harmony.apps.cli.session_file import SessionFile
from harmony.assist.problems.digest import sources
from harmony.assist.problems.digest.errors import NotText
from harmony.assist.problems.digest.lines import SNIFF_BYTES, encoding_of
from harmony.kernel.errors import Refusal
from harmony.kernel.redaction.errors import CanarySurvived, ValueSlipped
from harmony.kernel.redaction.rules import RuleSet, shipped
from harmony.kernel.redaction.service import redact, restore_stream
from harmony.kernel.redaction.session import Session

NAME = "redact"
UTF8_LONGEST_BYTES = 4
"""A character may be cut at the end of what is looked at."""

HELP = """\
Hide secrets and personal data. Nothing leaves this machine; memory does not grow with the input.

  make test 2>&1 | harmony redact                      # also files, .gz, folders, CI archives (.zip)
  harmony redact --report build.log > clean.log        # what was hidden and why, on standard error
  harmony redact --session s.hs log | ask | harmony redact --restore --session s.hs
  harmony redact --rules mine.toml --canary "$PLANTED" build.log
  harmony redact --exit-code notes.md                  # 1 when something had to be hidden
  harmony redact --batch < cases.jsonl                 # {"id": …, "text": … or "log_path": …} a line

Colours and other terminal sequences are taken out first: a secret cannot hide behind them."""
CODES = (
    "0 done, 1 something was hidden (with --exit-code), 3 an input cannot be read (with --batch: a line is\n"
    "no case), 4 a known value slipped and the output was stopped"
)


def main(arguments: list[str]) -> int:
    """The exit code; see ``--help``."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.batch and options.files:
        parser.error("--batch reads its cases from standard input; leave the files out")
    if options.restore and (not options.session or options.json or options.batch or options.report):
        parser.error("--restore takes --session and files only")
    if not options.files and sys.stdin.isatty():
        parser.error("give a file, or pipe text in")
    return filtering.run(NAME, lambda: _act(options))


def _parser() -> argparse.ArgumentParser:
    parser = filtering.parser(NAME, HELP, CODES)
    add = parser.add_argument
    add("files", nargs="*", metavar="FILES", help="text, .gz, folders, archives; - or none: standard input")
    add("--json", action="store_true", help="print one object: redacted, spans (of the input), hidden")
    add("--batch", action="store_true", help="one JSON case a line from standard input, one answer a line")
    add("--report", action="store_true", help="say what was hidden and why; with --json under `report`")
    add("--session", type=Path, metavar="FILE", help="keep here, for you only, what stands behind each placeholder")
    add("--restore", action="store_true", help="put back what --session hid")
    add("--rules", type=Path, metavar="FILE", help="rules and allowed values of your own (.toml or .json)")
    add("--canary", action="append", default=[], metavar="VALUE", help="a planted value that must not come out")
    add("--prove", action="store_true", help="stop when a value that was hidden shows again, in any encoding")
    add("--follow", action="store_true", help="give out every line at once, as for tail -f")
    add("--exit-code", action="store_true", help="exit with 1 when something was hidden")
    filtering.add_colour(parser)
    return parser


def _act(options: argparse.Namespace) -> int:
    if options.restore:
        return _restore(options)
    kept = SessionFile(options.session, create=True) if options.session else None
    rules: RuleSet = entry.loaded("redact_rules").read(options.rules) if options.rules else shipped()
    if options.batch:
        return _batch(options, rules, kept)
    session = _session(rules, kept, options)
    headed = len(options.files) > 1 or any(_holds_several(name) for name in options.files)
    answer: Answer
    if options.json:
        answer = JsonAnswer({}, report=options.report, headed=headed)
    else:
        answer = TextAnswer(options.color, headed=headed, prompt=options.follow)
    tally = Tally()
    fault = _all(options, session, answer, tally, headed=headed)
    answer.end(tally, fault)
    if fault is not None:
        return _refused(fault)
    if options.report and not options.json:
        sys.stdout.flush()
        redact_answers.tell(tally, filtering.coloured(options.color, sys.stderr))
    return filtering.FOUND if options.exit_code and tally.times else filtering.FINE


def _holds_several(name: str) -> bool:
    return name != "-" and (Path(name).is_dir() or name.lower().endswith(".zip"))


def _refused(fault: Refusal) -> int:
    filtering.say_refusal(NAME, fault)
    return filtering.STOPPED if isinstance(fault, CanarySurvived | ValueSlipped) else filtering.UNREADABLE


def _session(rules: RuleSet, kept: SessionFile | None, options: argparse.Namespace) -> Session:
    canaries = dict.fromkeys((*(kept.canaries if kept else ()), *options.canary))
    session = Session(rules, restorable=kept is not None, keeping=kept, proving=bool(options.prove or canaries))
    for canary in canaries:
        session.add_canary(canary)
        if kept is not None:
            kept.plant(canary)
    return session


def _all(
    options: argparse.Namespace, session: Session, answer: Answer, tally: Tally, *, headed: bool
) -> Refusal | None:
    """Everything of every input into the answer; what it broke off with. Of several, those that are no text are
    passed over, and that is said."""
    progress = filtering.Progress(NAME)
    done = 0
    try:
        for log in _logs(options):
            # A name is text of others too, and may hold a name of a person.
            answer.name(redact(filtering.shown(log.name), session).text)
            try:
                texts = decoded(log.chunks, answer.errors, progress)
                done += pump(texts, session, answer, tally, prompt=options.follow, shift=done)
            except NotText as fault:
                if not headed:
                    raise
                filtering.say(NAME, f"passed over {log.name}: {fault.message}")
    except Refusal as fault:
        return fault
    finally:
        progress.wipe()
    return None


def _logs(options: argparse.Namespace) -> Iterator[sources.Log]:
    for name in options.files or ["-"]:
        if name == "-":
            yield sources.log_of_stream(Prompt() if options.follow else sys.stdin.buffer)
        else:
            yield from sources.logs_at(Path(name), any_file=True, pipes=True)


class Prompt:
    """Standard input that gives what is there instead of waiting for more."""

    def read(self, size: int) -> bytes:
        return os.read(0, size)


def decoded(chunks: Iterable[bytes], errors: str, progress: filtering.Progress | None = None) -> Iterator[str]:
    """Text of any usual encoding. Raises ``NotText`` for binary data."""
    decoder: codecs.IncrementalDecoder | None = None
    n_bytes = 0
    for chunk in chunks:
        if decoder is None:
            encoding = _encoding(chunk[:SNIFF_BYTES])
            decoder = codecs.getincrementaldecoder(encoding)(errors if encoding == "utf-8" else "replace")
        n_bytes += len(chunk)
        if progress is not None:
            progress(n_bytes)
        yield decoder.decode(chunk)
    if decoder is not None:
        yield decoder.decode(b"", final=True)


def _encoding(beginning: bytes) -> str:
    """A byte order mark of UTF-8 stays where it is. Zero bytes and broken UTF-8 together are no text."""
    encoding = encoding_of(beginning)
    if encoding not in ("utf-8", "utf-8-sig"):
        return encoding
    if b"\0" in beginning and len(beginning.decode("utf-8", "ignore").encode()) < len(beginning) - UTF8_LONGEST_BYTES:
        raise NotText("this is binary data, not text")
    return "utf-8"


def _restore(options: argparse.Namespace) -> int:
    answer = TextAnswer("never")
    session: Session | None = None
    for log in _logs(options):
        texts = decoded(log.chunks, answer.errors)
        first = next(texts, "")
        # In a pipe the session is made by the redaction in front, before its first word comes.
        session = session or Session(RuleSet(()), keeping=SessionFile(options.session, create=False))
        for text in restore_stream(chain((first,), texts), session):
            answer.text(text)
    return filtering.FINE


def _batch(options: argparse.Namespace, rules: RuleSet, kept: SessionFile | None) -> int:
    """One answer for each line, flushed at once. Without --session every case is numbered by itself."""
    code = filtering.FINE
    lasting = _session(rules, kept, options) if kept else None
    for identity, case in filtering.cases(sys.stdin.buffer):
        fault: Refusal | None = None
        answer, tally = JsonAnswer({"id": identity}, report=options.report), Tally()
        try:
            pump(_texts(case), lasting or _session(rules, None, options), answer, tally)
        except Refusal as refusal:
            fault = refusal
        except OSError as trouble:
            fault = filtering.BadCase(f"cannot read the log: {trouble.strerror}", field="log_path")
        answer.end(tally, fault)
        if isinstance(fault, CanarySurvived | ValueSlipped):
            code = filtering.STOPPED
        elif identity is None:
            code = code or filtering.UNREADABLE
    return code


def _texts(case: dict[str, Any] | filtering.BadCase) -> Iterator[str]:
    if isinstance(case, filtering.BadCase):
        raise case
    text, path = case.get("text"), case.get("log_path")
    if isinstance(text, str):
        return iter([text])
    if isinstance(path, str) and path and "\0" not in path:
        return decoded(next(sources.logs_at(Path(path))).chunks, JsonAnswer.errors)
    raise filtering.BadCase('the case has neither "text" nor "log_path"', field="text")
