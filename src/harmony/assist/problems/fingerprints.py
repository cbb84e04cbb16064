"""What makes two failures the same: kind of error, message and frames, without what changes from run to run.

Paths, addresses, times, ids, versions and numbers become one mark each, and what versions of a language word
differently is brought to one wording, so the same failure from another folder, on another line, about another record,
under another version has the same fingerprint; another kind of error, another message or another function has not.

Two hashes: ``app`` counts one's own frames only (a library's insides change with its versions), ``all`` counts every
frame. Where a frame shows its line of source, the innermost one's counts for ``app`` and all of them for ``all``: two
functions of one name in two programs rarely fail on the same line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmony.assist.problems.model import Failure, Frame
from harmony.assist.problems.traces import wording
from harmony.assist.problems.traces.pattern import Pattern

VERSION = "2"
FRAMES_COUNTED = 12
"""The innermost frames that count; deep recursion must not change the fingerprint."""
CYCLE_LIMIT_FRAMES = 8
"""The longest round of functions calling one another that is counted once."""
MINIFIED_COLUMN = 500
MINIFIED_NAME_CHARS = 2
"""So far to the right a name so short is a minifier's, and another one in the next build."""
MESSAGE_LIMIT_CHARS = 2_000
SOURCE_LIMIT_CHARS = 300
ONLY_WORD = frozenset({"Error", "error", "Exception", "exception", "Warning", "Failure"})
"""Last parts of a type's name that name nothing without the part before them (``binascii.Error``)."""
SAME_KINDS = {"IOError": "OSError", "EnvironmentError": "OSError", "socket.timeout": "TimeoutError"}
"""Names of one kind that a language gave two."""

_HIDDEN = Pattern(r"\[(?:SECRET|PERSONAL|LITERAL):[\w.-]{1,60}:[^\]\s]{1,20}\]")
_URL = Pattern(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s'\"<>)]{1,2000}")
_QUOTED = Pattern(r"(?<!\w)(?:'[^'\n]{0,2000}'|\"[^\"\n]{0,2000}\"|`[^`\n]{0,2000}`)")
_LOOKS_LIKE_PATH = Pattern(r"[\\/]|^[A-Za-z]:")
_PATH = Pattern(
    r"(?:[A-Za-z]:|~|\.{1,2}|[\w#.@-]{1,100})?(?:[\\/][\w#.@+-]{1,120}){1,40}[\\/]?|"
    r"(?<![\w/\\])[A-Za-z]:[\\/]"
)
_SLASH = Pattern(r"[\\/]|[A-Za-z]:")
_UUID = Pattern(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_HEX = Pattern(r"\b(?:0[xX][0-9a-fA-F]{1,2000}|[0-9a-fA-F]{8,2000})\b")
_COUNTED = Pattern(r"[^\W\d]{0,100}\d\w{0,2000}")
_RUN = Pattern(r"#(?:[-.:_+T ,]{0,2}#){1,500}")
_BUILT = Pattern(r"(?<=[\w$>])[.-](?:[0-9a-f]{8,40})(?=[.$]|$)|\b\d{1,12}\b|0x[0-9a-f]{1,16}")
_COMPREHENSION = frozenset({"<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>"})
"""Frames that one Python version shows and the next does not."""
PATTERNS = (_HIDDEN, _URL, _QUOTED, _LOOKS_LIKE_PATH, _PATH, _UUID, _HEX, _COUNTED, _RUN, _BUILT)


@dataclass(frozen=True, slots=True)
class Step:
    """A frame as it is compared: what it is called, the line it stands on, whose it is."""

    function: str
    source: str
    library: bool


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A failure as it is compared; two hashes of 32 hex digits, ``app`` empty without a frame of one's own."""

    app: str
    all: str
    language: str
    kind: str
    message: str
    steps: tuple[Step, ...]
    """Outermost first, rounds once; every kept frame, own and library."""
    causes: tuple[tuple[str, str], ...] = ()
    """Kind and message of what led to it."""

    @property
    def value(self) -> str:
        """The one to group by."""
        return self.app or self.all


def take(failure: Failure) -> Fingerprint:
    """The fingerprint of a failure and what it was made of."""
    error, message = said(failure)
    steps = tuple(rounds_once(_steps(failure)))
    own = [step for step in steps if not step.library]
    causes = tuple(said(cause) for cause in failure.causes)
    return Fingerprint(
        app=_hash("app", error, message, causes, own, sources=own[-1:]) if own else "",
        all=_hash("all", error, message, causes, steps, sources=steps),
        language=failure.language,
        kind=error,
        message=message,
        steps=steps,
        causes=causes,
    )


def of_text(text: str) -> Fingerprint:
    """The fingerprint of a text in which no failure was found: of its last line that says something."""
    last = next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
    return take(Failure("", last[:MESSAGE_LIMIT_CHARS], last[:MESSAGE_LIMIT_CHARS], None, rank=0))


def of_failure(failure: Failure) -> str:
    """The fingerprint to group by: 32 hex digits."""
    return take(failure).value


def of_exit(command: str | None, exit_code: int | None) -> str:
    """The fingerprint of a command that failed without a readable word."""
    words = (command or "").split()
    program = re.split(r"[\\/]", words[0])[-1] if words else ""
    return _digest([VERSION, "exit", str(exit_code), program])


def kind(error_type: str) -> str:
    """The last part of a dotted name: where a class is defined changes with every refactoring."""
    return re.split(r"\.|::|\\", error_type)[-1]


def said(failure: Failure) -> tuple[str, str]:
    """Kind and message, in the wording that all versions share."""
    error = SAME_KINDS.get(failure.error_type) or kind(failure.error_type)
    parts = re.split(r"\.|::|\\", failure.error_type)
    if error in ONLY_WORD and len(parts) > 1:
        error = ".".join(parts[-2:])
    message = failure.message[:MESSAGE_LIMIT_CHARS]
    if error in wording.SYNTAX_ERRORS and failure.language in ("", "python"):
        source = failure.frames[-1].source if failure.frames else ""
        return "SyntaxError", normal(wording.of_syntax(message, source))
    if failure.language in ("", "python"):
        error, message = wording.settled(error, message)
    return SAME_KINDS.get(error, error), normal(message)


def normal(message: str) -> str:
    """The message without what changes from run to run."""
    text = message[:MESSAGE_LIMIT_CHARS]
    text = _HIDDEN.sub("#", text) if "[" in text else text
    text = _URL.sub("<url>", text) if "://" in text else text
    text = _QUOTED.compiled.sub(_quoted, text)
    text = _PATH.sub("<path>", text.replace("\\\\", "\\").replace("//", "/")) if _SLASH.search(text) else text
    text = _UUID.sub("#", text) if text.count("-") >= 4 else text
    text = _HEX.sub("#", text)
    text = _COUNTED.sub("#", text)
    text = _RUN.sub("#", text)
    return " ".join(text.split()).strip(" .?!")


def rounds_once(steps: Iterable[Step]) -> list[Step]:
    """A round of up to ``CYCLE_LIMIT_FRAMES`` functions that call one another in turn, counted once."""
    kept: list[Step] = []
    for step in steps:
        kept.append(step)
        for length in range(1, CYCLE_LIMIT_FRAMES + 1):
            if len(kept) >= 2 * length and _alike(kept[-length:], kept[-2 * length : -length]):
                del kept[-length:]
                break
    return kept


def _alike(one: Sequence[Step], other: Sequence[Step]) -> bool:
    return all(a.function == b.function and a.source == b.source for a, b in zip(one, other, strict=True))


def _steps(failure: Failure) -> Iterable[Step]:
    for frame in failure.frames:
        if frame.function not in _COMPREHENSION:
            source = " ".join(_HIDDEN.sub("#", frame.source[:SOURCE_LIMIT_CHARS]).split())
            yield Step(_function(frame), source, frame.library)


def _function(frame: Frame) -> str:
    """A function's name without what a compiler, a bundler or a minifier made of it."""
    if (frame.column or 0) >= MINIFIED_COLUMN and len(frame.function) <= MINIFIED_NAME_CHARS:
        return "<minified>"
    return _BUILT.sub("", frame.function) or frame.function


def _hash(
    which: str,
    error: str,
    message: str,
    causes: Iterable[tuple[str, str]],
    steps: Sequence[Step],
    sources: Sequence[Step],
) -> str:
    told = [part for cause in causes for part in cause]
    functions = rounds_of_names(step.function for step in steps)[-FRAMES_COUNTED:]
    lines = [step.source for step in sources[-FRAMES_COUNTED:]]
    return _digest([VERSION, which, error, message, *told, "at", *functions, "in", *lines])


def rounds_of_names(names: Iterable[str]) -> list[str]:
    """Names with immediate repetitions counted once."""
    kept: list[str] = []
    for name in names:
        if not kept or kept[-1] != name:
            kept.append(name)
    return kept


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _quoted(match: re.Match[str]) -> str:
    """A path in quotes is a path; a quoted name counts, its quotes do not."""
    return "<path>" if _LOOKS_LIKE_PATH.search(match[0][1:]) else match[0][1:-1]
