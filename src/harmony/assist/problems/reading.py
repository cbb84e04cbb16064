"""Failures out of a log: the stacks of nine languages (``traces``), other tools by their error lines.

One pass, line by line; every pattern is bounded by ``LINE_LIMIT_CHARS``. The decisive failure comes first: the last of
those with a stack (a chain of exceptions ends with the one that stopped the program), otherwise the last typed one,
otherwise the first error line (a compiler's later errors follow from its first).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from harmony.assist.problems.model import Failure, ReportedError
from harmony.assist.problems.traces.grammar import LINE_LIMIT_CHARS
from harmony.assist.problems.traces.pattern import Pattern
from harmony.assist.problems.traces.python import ERRORS as PYTHON_ERRORS
from harmony.assist.problems.traces.python import PythonReader
from harmony.assist.problems.traces.stacks import Draft, StackReader

FAILURES_LIMIT_ITEMS = 100

_ANSI = Pattern(r"\x1b\[[0-9;?]{0,60}[ -/]{0,10}[@-~]|\x1b[@-Z\\-_]")
_TYPED = Pattern(
    r"(?:.{0,120}?[\s:\"'\]])??(?P<type>(?:[^\W\d][\w.:]{0,200})?(?:Error|Exception))"
    r"(?: \[(?P<code>\w{1,60})\])?(?:: (?P<message>.{0,2000}))?$"
)
_ERRNO = Pattern(r"(?P<type>E[A-Z]{3,20}): (?P<message>.{0,2000})")
_HARMLESS = Pattern(
    r"\b(?:0|no|zero|without)\s{1,20}(?:errors?|failures?|failed|warnings?)\b|"
    r"\b(?:errors?|failed|failures?)\s{0,20}[:=]\s{0,20}0\b",
    re.IGNORECASE,
)
_SPEAKS_OF_ERROR = Pattern(
    r".{0,80}?\b(?:error|fatal|critical|failed|failure|panic)\b[\]!]?:?\s{0,20}(?P<message>.{0,2000})$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LineForm:
    """A line by which some tool says that it failed; the error type is ``type``, or the group of that name.

    One of ``signs`` is in every such line.
    """

    signs: tuple[str, ...]
    pattern: Pattern
    type: str
    language: str


def _form(error_type: str, language: str, signs: str, pattern: str) -> LineForm:
    return LineForm(tuple(signs.split("|")), Pattern(pattern + "$"), error_type, language)


LINE_FORMS: tuple[LineForm, ...] = (
    _form("BadInterpreter", "shell", "bad interpreter", r"(?P<message>.{0,120}bad interpreter: .{0,2000})"),
    _form("BadInterpreter", "shell", "command not found", r"(?P<message>.{0,120}\$'\\r': command not found.{0,2000})"),
    _form("CommandNotFound", "shell", "command not found", r"(?P<message>.{0,120}command not found.{0,2000})"),
    _form(
        "CommandNotFound",
        "shell",
        "is not recognized",
        r"(?P<message>.{0,120}is not recognized as an internal or external command.{0,2000})",
    ),
    _form("CommandNotFound", "shell", "sh: ", r"(?P<message>(?:/[^\s]{1,100}/)?(?:ba|da|z|k)?sh: .{0,120}: not found)"),
    _form(
        "CompilerError",
        "c",
        "fatal error: ",
        r"(?:[A-Za-z]:)?[^\s:]{1,400}:\d{1,9}(?::\d{1,9})?: fatal error: (?P<message>.{1,2000})",
    ),
    _form(
        "CompilerError",
        "c",
        "error: ",
        r"(?:[A-Za-z]:)?[^\s:]{1,400}:\d{1,9}(?::\d{1,9})?: error: (?P<message>.{1,2000})",
    ),
    _form(
        "CompilerError",
        "typescript",
        "error TS",
        r"(?:[A-Za-z]:)?[^\s(:]{1,400}[(:]\d{1,9}[,:]\d{1,9}\)?(?: - |: )"
        r"error (?P<type>TS\d{1,6}): (?P<message>.{1,2000})",
    ),
    _form("CompilerError", "rust", "error[E", r"error\[(?P<type>E\d{4})\]: (?P<message>.{1,2000})"),
    _form("LinkerError", "c", "undefined reference", r"(?P<message>.{0,120}undefined reference to .{1,2000})"),
    _form("NpmError", "javascript", "npm ", r"npm (?:ERR!|error) code (?P<type>E\w{1,40})"),
    _form("MakeError", "make", "make", r"make(?:\[\d{1,6}\])?: \*\*\* (?P<message>.{1,2000})"),
    _form("CMakeError", "cmake", "CMake Error", r"CMake Error(?: at .{0,120})?:?\s{0,20}(?P<message>.{0,2000})"),
    _form("SegmentationFault", "", "Segmentation fault", r"(?P<message>.{0,40}Segmentation fault.{0,2000})"),
    _form(
        "OutOfMemory",
        "",
        "Killed|OOMKilled|oom-kill|Out of memory",
        r"(?P<message>Killed|.{0,120}(?:OOMKilled|oom-kill|Out of memory: Kill).{0,2000})",
    ),
    _form(
        "OutOfMemory",
        "javascript",
        "heap out of memory",
        r"(?P<message>.{0,120}JavaScript heap out of memory.{0,2000})",
    ),
    _form("fatal", "git", "fatal: ", r"fatal: (?P<message>.{1,2000})"),
    _form("MergeConflict", "git", "CONFLICT ", r"CONFLICT \([\w/ ]{1,40}\): (?P<message>.{1,2000})"),
    _form("PushRejected", "git", "! [", r"! \[(?:remote )?rejected\]\s{1,20}(?P<message>.{1,2000})"),
    _form("TestFailed", "python", "FAILED ", r"FAILED (?P<message>[^\s:]{1,300}::.{1,2000})"),
    _form("TestFailed", "go", "--- FAIL: ", r"--- FAIL: (?P<message>\S.{0,2000})"),
    _form("TestFailed", "rust", "test ", r"test (?P<message>\S{1,400}) \.\.\. FAILED"),
)


def read_log(log: str) -> list[Failure]:
    """The failures in ``log``, in order; the last ``FAILURES_LIMIT_ITEMS`` of them."""
    reader = _Reader()
    for number, line in enumerate(log.splitlines(), start=1):
        short = line[:LINE_LIMIT_CHARS]
        reader.take(number, (_ANSI.sub("", short) if "\x1b" in short else short).rstrip())
    return _merged([draft.finished() for draft in reader.found])


def of_reported(errors: Iterable[ReportedError]) -> list[Failure]:
    """Errors that came by themselves, the most frequent last."""
    ordered = sorted(errors, key=lambda error: error.frequency)
    return [
        Failure(
            error_type=error.error_type,
            message=error.message,
            text=f"{error.error_type}: {error.message}",
            line=None,
            language="python" if error.error_type in PYTHON_ERRORS else "",
            count=error.frequency,
        )
        for error in ordered
    ]


def decisive_first(failures: list[Failure]) -> tuple[Failure, ...]:
    """The decisive failure, then the others in order."""
    if not failures:
        return ()
    top = max(failure.rank for failure in failures)
    best = [failure for failure in failures if failure.rank == top]
    chosen = best[-1] if top >= 2 else best[0]
    return (chosen, *(failure for failure in failures if failure is not chosen))


@dataclass(slots=True)
class _Reader:
    """Where in a log the reading stands: the stacks that may still grow and what was found."""

    found: list[Draft] = field(default_factory=list)
    python: PythonReader = field(default_factory=PythonReader)
    stacks: StackReader = field(default_factory=StackReader)

    def take(self, number: int, line: str) -> None:
        if self.python.begins(line):
            self.stacks.close()
            return
        ended = self.python.inside(number, line)
        if isinstance(ended, Draft):
            self.stacks.close()
            self._keep(ended)
        elif not ended and not self.stacks.inside(number, line):
            self._other(number, line)

    def _other(self, number: int, line: str) -> None:
        if not line or _HARMLESS.search(line):
            return
        spoken = self.python.pytest(number, line)
        if spoken:
            self._keep(spoken)
            return
        headed = self.stacks.header(number, line)
        if headed is not None:
            self._keep(headed)
            return
        for form in LINE_FORMS:
            match = form.pattern.match(line) if any(sign in line for sign in form.signs) else None
            if match:
                groups = match.groupdict()
                self._add(
                    groups.get("type") or form.type, groups.get("message") or "", number, line, form.language, rank=1
                )
                return
        self._typed_or_spoken(number, line)

    def _typed_or_spoken(self, number: int, line: str) -> None:
        typed = _TYPED.match(line)
        if typed:
            error_type, message = typed["code"] or typed["type"], typed["message"] or ""
            errno = _ERRNO.match(message)
            if errno:
                error_type, message = errno["type"], errno["message"]
            language = "python" if error_type in PYTHON_ERRORS else ""
            failure = Failure(error_type, message.strip(), line.strip(), number, language)
            self._keep(self.stacks.follow(failure))
            return
        spoken = _SPEAKS_OF_ERROR.match(line)
        if spoken:
            self._add("error", spoken["message"] or line, number, line, rank=0)

    def _add(self, error_type: str, message: str, number: int, line: str, language: str = "", *, rank: int) -> None:
        self.stacks.close()
        self._keep(Draft(Failure(error_type, message.strip(), line.strip(), number, language, rank=rank)))

    def _keep(self, draft: Draft | bool) -> None:
        if isinstance(draft, Draft):
            self.found.append(draft)
            if len(self.found) > 2 * FAILURES_LIMIT_ITEMS:
                del self.found[:FAILURES_LIMIT_ITEMS]


def _merged(found: list[Failure]) -> list[Failure]:
    """Repetitions of one failure counted into its last appearance."""
    merged: dict[tuple[str, str], Failure] = {}
    for failure in found:
        earlier = merged.pop((failure.error_type, failure.message), None)
        count = 1 if earlier is None else earlier.count + 1
        best = failure if earlier is None or failure.rank >= earlier.rank else earlier
        merged[failure.error_type, failure.message] = replace(best, count=count)
    return list(merged.values())[-FAILURES_LIMIT_ITEMS:]
