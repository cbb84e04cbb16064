"""Failures out of a log: tracebacks of Python well, stacks of JavaScript and Java, other tools by their error lines.

One pass, line by line; every pattern is bounded by ``LINE_LIMIT_CHARS``. The decisive failure comes first: the last of
those with a stack (a chain of exceptions ends with the one that stopped the program), otherwise the last typed one,
otherwise the first error line (a compiler's later errors follow from its first).
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from harmony.assist.problems.model import Failure, Frame, ReportedError

LINE_LIMIT_CHARS = 2_000
FAILURES_LIMIT_ITEMS = 100
FRAMES_LIMIT_ITEMS = 200

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-Z\\-_]")
_PYTHON_HEADER = re.compile(r"(?P<indent>[\s|]*)Traceback \(most recent call last\):")
_PYTHON_FRAME = re.compile(
    r'(?P<indent>[\s|]*?)\s{0,2}File "(?P<path>[^"]+)", line (?P<line>\d+)(?:, in (?P<function>.+))?$'
)
_PYTHON_ERROR = re.compile(r"(?P<indent>[\s|]*)(?P<type>[^\W\d][\w.]*)(?:: (?P<message>.*))?$")
_PYTEST_ERROR = re.compile(
    r"E\s+(?P<type>[^\W\d][\w.]*(?:Error|Exception|Warning|Exit|Interrupt))(?:: (?P<message>.*))?$"
)
_PYTEST_ASSERT = re.compile(r"E\s+(?P<message>assert .+)$")
_PYTEST_FRAME = re.compile(r"(?P<path>[^\s:]+\.py):(?P<line>\d+): in (?P<function>\w+)$")
_TYPED = re.compile(
    r"(?:.{0,120}?[\s:\"'\]])??(?P<type>(?:[^\W\d]\w*(?:\.|::))*(?:[A-Z]\w*)?(?:Error|Exception))"
    r"(?: \[(?P<code>\w+)\])?(?:: (?P<message>.*))?$"
)
_ERRNO = re.compile(r"(?P<type>E[A-Z]{3,20}): (?P<message>.*)")
_SCRIPT_FRAME = re.compile(
    r"\s+at (?:async )?(?:(?P<function>[^\s(]+(?: \[as \w+\])?) \()?(?P<path>[^()]+?):(?P<line>\d+):\d+\)?$"
)
_JAVA_FRAME = re.compile(r"\s+at (?P<function>[\w.$<>/@]+)\((?P<path>[^():]+)(?::(?P<line>\d+))?\)$")
_LIBRARY = re.compile(
    r"site-packages|dist-packages|[\\/]lib(?:64)?[\\/]python\d|[\\/]Lib[\\/]|^<|node_modules|^node:|^internal/|"
    r"[\\/]\.cargo[\\/]|[\\/]go[\\/]pkg[\\/]|[\\/]rustc[\\/]|^/usr/(?:lib|share)/",
)
_JAVA_LIBRARY = re.compile(
    r"(?:java|javax|jdk|sun|com\.sun|kotlin|scala|org\.(?:junit|springframework|apache|gradle))\."
)
_HARMLESS = re.compile(
    r"\b(?:0|no|zero|without)\s+(?:errors?|failures?|failed|warnings?)\b|\b(?:errors?|failed|failures?)\s*[:=]\s*0\b",
    re.IGNORECASE,
)
_SPEAKS_OF_ERROR = re.compile(
    r".{0,80}?\b(?:error|fatal|critical|failed|failure|panic)\b[\]!]?:?\s*(?P<message>.*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LineForm:
    """A line by which some tool says that it failed; the error type is ``type``, or the group of that name."""

    pattern: re.Pattern[str]
    type: str
    language: str


def _form(error_type: str, language: str, pattern: str) -> LineForm:
    return LineForm(re.compile(pattern + "$"), error_type, language)


LINE_FORMS: tuple[LineForm, ...] = (
    _form("BadInterpreter", "shell", r"(?P<message>.{0,300}bad interpreter: .*)"),
    _form("BadInterpreter", "shell", r"(?P<message>.{0,200}\$'\\r': command not found.*)"),
    _form("CommandNotFound", "shell", r"(?P<message>.{0,300}command not found.*)"),
    _form("CommandNotFound", "shell", r"(?P<message>.{0,300}is not recognized as an internal or external command.*)"),
    _form("CommandNotFound", "shell", r"(?P<message>(?:/\S+/)?(?:ba|da|z|k)?sh: .{0,300}: not found)"),
    _form("CompilerError", "c", r"\S+?:\d+(?::\d+)?: fatal error: (?P<message>.+)"),
    _form("CompilerError", "c", r"\S+?:\d+(?::\d+)?: error: (?P<message>.+)"),
    _form("CompilerError", "typescript", r"\S+?[(:]\d+[,:]\d+\)?(?: - |: )error (?P<type>TS\d+): (?P<message>.+)"),
    _form("CompilerError", "rust", r"error\[(?P<type>E\d{4})\]: (?P<message>.+)"),
    _form("LinkerError", "c", r"(?P<message>.{0,200}undefined reference to .+)"),
    _form("NpmError", "javascript", r"npm (?:ERR!|error) code (?P<type>E\w+)"),
    _form("MakeError", "make", r"make(?:\[\d+\])?: \*\*\* (?P<message>.+)"),
    _form("CMakeError", "cmake", r"CMake Error(?: at .{0,200})?:?\s*(?P<message>.*)"),
    _form("SegmentationFault", "", r"(?P<message>.{0,40}Segmentation fault.*)"),
    _form("OutOfMemory", "", r"(?P<message>Killed|.{0,120}(?:OOMKilled|oom-kill|Out of memory: Kill).*)"),
    _form("OutOfMemory", "javascript", r"(?P<message>.{0,120}JavaScript heap out of memory.*)"),
    _form("panic", "go", r"panic: (?P<message>.+)"),
    _form("panic", "rust", r"thread '[^']{0,100}' panicked at (?P<message>.+)"),
    _form("fatal", "git", r"fatal: (?P<message>.+)"),
    _form("MergeConflict", "git", r"CONFLICT \([\w/ ]{1,40}\): (?P<message>.+)"),
    _form("PushRejected", "git", r"! \[(?:remote )?rejected\]\s+(?P<message>.+)"),
    _form("TestFailed", "python", r"FAILED (?P<message>\S+::\S+.*)"),
    _form("TestFailed", "go", r"--- FAIL: (?P<message>\S+.*)"),
    _form("TestFailed", "rust", r"test (?P<message>\S+) \.\.\. FAILED"),
)

_SHARED_WITH_JAVASCRIPT = frozenset({"TypeError", "SyntaxError"})
PYTHON_ERRORS = (
    frozenset(
        name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
    )
    - _SHARED_WITH_JAVASCRIPT
)
"""Names that only a Python program gives its errors."""


def read_log(log: str) -> list[Failure]:
    """The failures in ``log``, in order; the last ``FAILURES_LIMIT_ITEMS`` of them."""
    reader = _Reader()
    for number, line in enumerate(log.splitlines(), start=1):
        reader.take(number, _ANSI.sub("", line[:LINE_LIMIT_CHARS]).rstrip())
    return _merged(reader.found)


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
    """Where in a log the reading stands: the stack that is being collected and what was found."""

    found: list[Failure] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    indent: str | None = None
    stacked: bool = False
    """Whether lines of the last failure's stack may still follow (JavaScript, Java)."""

    def take(self, number: int, line: str) -> None:
        header = _PYTHON_HEADER.match(line)
        if header:
            self.frames, self.indent, self.stacked = [], header["indent"], False
        elif not (self._frame(number, line) or self._python_error(number, line) or self._later_frame(number, line)):
            self._other(number, line)

    def _frame(self, number: int, line: str) -> bool:
        match = _PYTHON_FRAME.match(line)
        if match is None:
            return False
        if self.indent is None:
            # A file that does not compile has a frame and no header.
            self.frames, self.indent = [], match["indent"]
        if len(self.frames) < FRAMES_LIMIT_ITEMS:
            self.frames.append(_frame(match["path"], match["function"] or "<module>", match["line"], number))
        return True

    def _python_error(self, number: int, line: str) -> bool:
        if self.indent is None:
            return False
        match = _PYTHON_ERROR.match(line)
        if match is None or match["indent"] != self.indent:
            if self.frames and line.strip() and not self.frames[-1].source:
                self.frames[-1] = replace(self.frames[-1], source=line.strip())
            return bool(line.strip())
        self._add(match["type"], match["message"], number, line, "python", tuple(self.frames), rank=3)
        self.frames, self.indent = [], None
        return True

    def _later_frame(self, number: int, line: str) -> bool:
        """A frame that follows its error, innermost first."""
        if not self.stacked or not self.found:
            return False
        match = _JAVA_FRAME.match(line) or _SCRIPT_FRAME.match(line)
        if match is None:
            self.stacked = bool(line.startswith((" ", "\t")))
            return False
        java = match.re is _JAVA_FRAME
        frame = _frame(match["path"], match["function"] or "<anonymous>", match["line"], number)
        if java:
            frame = replace(frame, library=bool(_JAVA_LIBRARY.match(frame.function)))
        last = self.found[-1]
        if len(last.frames) < FRAMES_LIMIT_ITEMS:
            language = "java" if java else "javascript"
            self.found[-1] = replace(last, frames=(frame, *last.frames), rank=3, language=language)
        return True

    def _other(self, number: int, line: str) -> None:
        if not line or _HARMLESS.search(line):
            return
        if line.startswith("E  ") and self._pytest(number, line):
            return
        frame = _PYTEST_FRAME.match(line)
        if frame:
            self.frames.append(_frame(frame["path"], frame["function"], frame["line"], number))
            return
        for form in LINE_FORMS:
            match = form.pattern.match(line)
            if match:
                groups = match.groupdict()
                self._add(
                    groups.get("type") or form.type, groups.get("message") or "", number, line, form.language, rank=1
                )
                return
        self._typed_or_spoken(number, line)

    def _pytest(self, number: int, line: str) -> bool:
        match = _PYTEST_ERROR.match(line)
        spoken = _PYTEST_ASSERT.match(line)
        if match is None and spoken is None:
            return False
        error_type, message = (
            (match["type"], match["message"]) if match else ("AssertionError", spoken and spoken["message"])
        )
        self._add(error_type, message or "", number, line, "python", tuple(self.frames), rank=3 if self.frames else 2)
        self.frames = []
        return True

    def _typed_or_spoken(self, number: int, line: str) -> None:
        typed = _TYPED.match(line)
        if typed:
            error_type, message = typed["code"] or typed["type"], typed["message"] or ""
            errno = _ERRNO.match(message)
            if errno:
                error_type, message = errno["type"], errno["message"]
            self._add(error_type, message, number, line, "python" if error_type in PYTHON_ERRORS else "")
            self.stacked = True
            return
        spoken = _SPEAKS_OF_ERROR.match(line)
        if spoken:
            self._add("error", spoken["message"] or line, number, line, rank=0)

    def _add(
        self,
        error_type: str,
        message: str | None,
        number: int,
        line: str,
        language: str = "",
        frames: tuple[Frame, ...] = (),
        rank: int = 2,
    ) -> None:
        self.stacked = False
        self.found.append(Failure(error_type, (message or "").strip(), line.strip(), number, language, frames, rank))
        if len(self.found) > 2 * FAILURES_LIMIT_ITEMS:
            del self.found[:FAILURES_LIMIT_ITEMS]


def _frame(path: str, function: str, line: str | None, at: int) -> Frame:
    return Frame(path, function.strip(), int(line) if line else None, bool(_LIBRARY.search(path)), at=at)


def _merged(found: list[Failure]) -> list[Failure]:
    """Repetitions of one failure counted into its last appearance."""
    merged: dict[tuple[str, str], Failure] = {}
    for failure in found:
        earlier = merged.pop((failure.error_type, failure.message), None)
        count = 1 if earlier is None else earlier.count + 1
        best = failure if earlier is None or failure.rank >= earlier.rank else earlier
        merged[failure.error_type, failure.message] = replace(best, count=count)
    return list(_last(merged.values()))


def _last(found: Iterable[Failure]) -> Iterator[Failure]:
    return iter(list(found)[-FAILURES_LIMIT_ITEMS:])
