"""The one pass: every line once, to the frame, to the runners that ask for it, and to the error lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harmony.assist.problems.digest.decisive import ErrorLines
from harmony.assist.problems.digest.environment import Environment
from harmony.assist.problems.digest.lines import Reader, pictures
from harmony.assist.problems.digest.model import BROKEN, CANCELLED, OK, Counts, Digest, FailedTest, RunnerResult
from harmony.assist.problems.digest.prefixes import (
    STAMP,
    STAMP_STARTS,
    WORKER,
    may_have_level,
    may_have_worker,
    said,
    split,
)
from harmony.assist.problems.digest.runners.catalogue import RUNNERS
from harmony.assist.problems.digest.runners.runner import Reader as RunnerReader
from harmony.assist.problems.digest.runners.runner import cue
from harmony.assist.problems.digest.services.frame import Frame

ACTIVE_LINES_LIMIT = 200_000
LAST_LINES = 30
"""A log without any frame that stops with an error so near its end is of a broken run."""
STRONG_DECISIVE = 0.8
"""Without any frame and any test result, an error line from here on makes a log a broken one."""
_HEADS: dict[str, tuple[int, ...]] = {}
_TAILS: dict[str, tuple[int, ...]] = {}
_HOLDS: list[tuple[str, int]] = []


def _index() -> None:
    """Which runner asks for which words; filled once."""
    for at, runner in enumerate(RUNNERS):
        for head in runner.heads:
            _HEADS[head] = (*_HEADS.get(head, ()), at)
        for tail in runner.tails:
            _TAILS[tail] = (*_TAILS.get(tail, ()), at)
        _HOLDS.extend((text, at) for text in runner.holds)


_index()


class Pass:
    """The state of one pass over one log; ``digest`` is its answer."""

    def __init__(self) -> None:
        self.frame = Frame()
        self.errors = ErrorLines()
        self.environment = Environment()
        self.readers: dict[int, RunnerReader] = {}
        self.active: tuple[int, ...] = ()
        self.holds: list[tuple[str, int]] = []
        self.n_lines = 0
        self.annotated = 0

    def read(self, lines: list[str]) -> None:
        """The next lines of the log."""
        block = "\n".join(lines)
        self.errors.look_ahead(block)
        self.holds = [(text, at) for text, at in _HOLDS if text in block]
        number = self.n_lines
        for raw in lines:
            number += 1
            if "\r" in raw:
                for picture in pictures(raw):
                    self._line(picture, number)
            else:
                self._line(raw, number)
        self.n_lines = number

    def _line(self, text: str, number: int) -> None:
        if text[:1] in STAMP_STARTS and (found := STAMP.match(text)):
            text = text[found.end() :]
        if text[:2] == '{"':
            text = said(text)
        if may_have_worker(text) and (found := WORKER.match(text)):
            text = text[found.end() :]
        words = text.split(None, 2)
        if not words:
            if self.active:
                self._ask(self.active, text, number)
            return
        head = words[0]
        if head in self.frame.by_head and self.frame.read(head, text, number):
            self.errors.offer(number, "", text.lstrip("#") if "[error]" not in head else text)
            return
        level = ""
        if may_have_level(text):
            level, text = split(text)
            self.annotated += head.startswith("##[error]")
            words = text.split(None, 2)
            if not words:
                if self.active:
                    self._ask(self.active, text, number)
                return
            head = words[0]
        wanted = self._wanted(text, words)
        if wanted:
            self._ask(wanted, text, number)
        if head in self.environment.heads:
            self.environment.read(head, text)
        self.errors.offer(number, level, text)

    def _wanted(self, text: str, words: list[str]) -> tuple[int, ...]:
        wanted = self.active
        if asked := _HEADS.get(cue(words[0], words[1] if len(words) > 1 else "")):
            wanted += asked
        if asked := _TAILS.get(words[-1].rsplit(None, 1)[-1]):
            wanted += asked
        for held, at in self.holds:
            if held in text:
                wanted += (at,)
        return wanted

    def _ask(self, wanted: tuple[int, ...], text: str, number: int) -> None:
        active: list[int] = []
        for at in sorted(set(wanted)) if len(wanted) > 1 else wanted:
            reader = self.readers.get(at)
            if reader is None:
                reader = self.readers[at] = RUNNERS[at].reader()
            if reader.read(text, number):
                active.append(at)
        self.active = tuple(active)

    def digest(self, reader: Reader) -> Digest:
        """The answer, when all lines were read."""
        results = [self.readers[at].tally.result(RUNNERS[at]) for at in sorted(self.readers)]
        results = trusted(results)
        counts = Counts()
        for result in results:
            counts = counts.plus(result.counts)
        tests = tuple(test for result in results for test in result.failed_tests)
        counted = [result.framework for result in results if result.summarised or result.failed_tests]
        steps = self.frame.failed_steps
        named = [(test.line, test.name) for test in tests]
        culprits = [culprit for result in results for culprit in result.culprits]
        if stopped := self.frame.endings.get(CANCELLED):
            culprits.append(stopped)
            steps = []
        lines, decisive = self.errors.best(), self.errors.decisive(steps, culprits, named)
        top = decisive[0].score if decisive else 0.0
        unloaded = sum(result.unloaded for result in results)
        status, reason = self._status(counts, tests, unloaded, top)
        return Digest(
            status=status,
            status_reason=reason,
            service=self.frame.service,
            build_system=self.environment.build_system,
            counts=counts,
            failed_tests=tests,
            frameworks=tuple(dict.fromkeys(counted)) or self.environment.called,
            lines=tuple(lines),
            decisive_lines=tuple(decisive),
            failing_command=steps[-1][2] or None if steps else None,
            environment=self.environment.facts,
            n_lines=self.n_lines,
            n_bytes=reader.n_bytes,
            notes=(f"{reader.n_cut} overlong lines were cut",) if reader.n_cut else (),
        )

    def _status(self, counts: Counts, tests: tuple[FailedTest, ...], unloaded: int, top: float) -> tuple[str, str]:
        if verdict := self.frame.verdict():
            return verdict
        if self.annotated:
            return BROKEN, "the service marked errors"
        if counts.broken or tests:
            return BROKEN, f"{counts.broken or len(tests)} tests failed"
        if unloaded:
            return BROKEN, f"{unloaded} files of tests could not be loaded"
        if self.environment.built is not None:
            return (OK, "the build succeeded") if self.environment.built else (BROKEN, "the build failed")
        if not counts.ran and top >= STRONG_DECISIVE:
            return BROKEN, "error lines, and no sign of success"
        end = max(1, self.n_lines - LAST_LINES)
        if self.errors.last_stop >= end or (not counts.ran and self.errors.last_error >= end):
            return BROKEN, "the log ends in an error"
        return OK, "no sign of failure"


def trusted(results: list[RunnerResult]) -> list[RunnerResult]:
    """Those that printed a summary; the rest only where nobody did, or for the same framework's names.

    Of a program that another runner ran, only the reasons are kept: its tests are in that runner's count already.
    """
    summarised = [result for result in results if result.summarised]
    speaking = {result.runner for result in summarised}
    inner = {framework for runner in RUNNERS if runner.name in speaking for framework in runner.runs}
    if not summarised:
        return [result for result in results if result.failed_tests]
    frameworks = {result.framework for result in summarised}
    names = {test.name for result in summarised for test in result.failed_tests}
    kept: list[RunnerResult] = []
    for result in results:
        if result.framework in inner:
            kept.append(RunnerResult(result.runner, result.framework, Counts(), (), False, result.culprits))
        elif result.summarised:
            kept.append(result)
        elif result.framework in frameworks and result.failed_tests:
            extra = tuple(test for test in result.failed_tests if test.name not in names)
            kept.append(RunnerResult(result.runner, result.framework, Counts(), extra, False, result.culprits))
    return kept


def digest_of(chunks: Iterable[bytes], progress: Callable[[int], None] | None = None) -> Digest:
    """The digest of a log given as bytes. ``progress`` is told the bytes read so far. Raises NotText."""
    reader, state = Reader(), Pass()
    for lines in reader.batches(chunks):
        state.read(lines)
        if progress is not None:
            progress(reader.n_bytes)
    return state.digest(reader)
