"""What makes two failures the same: kind of error, message and own functions, without what changes from run to run.

Paths, addresses, times, ids and numbers become one mark each, so the same failure from another folder, on another line,
about another record has the same fingerprint; another kind of error, another message or another function has not.
"""

from __future__ import annotations

import hashlib
import re

from harmony.assist.problems.model import Failure

VERSION = "1"
FRAMES_COUNTED = 12
"""The innermost own frames that count; deep recursion must not change the fingerprint."""

_HIDDEN = re.compile(r"\[(?:SECRET|PERSONAL|LITERAL):[\w.-]{1,60}:[^\]\s]{1,20}\]")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s'\"<>)]+")
_QUOTED = re.compile(r"(?<!\w)(?:'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`)")
_LOOKS_LIKE_PATH = re.compile(r"[\\/]|^[A-Za-z]:")
_PATH = re.compile(r"(?:[A-Za-z]:|~|\.{1,2}|[\w#.@-]+)?(?:[\\/]+[\w#.@+-]+)+[\\/]*|(?<![\w/\\])[A-Za-z]:[\\/]+")
_UUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_HEX = re.compile(r"\b(?:0[xX][0-9a-fA-F]+|[0-9a-fA-F]{8,})\b")
_COUNTED = re.compile(r"\b\w*\d\w*\b")
_RUN = re.compile(r"#(?:[-.:_+T ,]{0,2}#)+")
_SPACE = re.compile(r"\s+")
_COMPREHENSION = frozenset({"<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>"})
"""Frames that one Python version shows and the next does not."""


def of_failure(failure: Failure) -> str:
    """The fingerprint: 32 hex digits."""
    parts = [VERSION, kind(failure.error_type), normal(failure.message), *functions(failure)]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def of_exit(command: str | None, exit_code: int | None) -> str:
    """The fingerprint of a command that failed without a readable word."""
    words = (command or "").split()
    program = re.split(r"[\\/]", words[0])[-1] if words else ""
    parts = [VERSION, "exit", str(exit_code), program]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def kind(error_type: str) -> str:
    """The last part of a dotted name: where a class is defined changes with every refactoring."""
    return re.split(r"\.|::", error_type)[-1]


def normal(message: str) -> str:
    """The message without what changes from run to run."""
    text = _HIDDEN.sub("#", message)
    text = _URL.sub("<url>", text)
    text = _QUOTED.sub(_quoted, text)
    text = _PATH.sub("<path>", text)
    text = _UUID.sub("#", text)
    text = _HEX.sub("#", text)
    text = _COUNTED.sub("#", text)
    text = _RUN.sub("#", text)
    return _SPACE.sub(" ", text).strip()


def functions(failure: Failure) -> list[str]:
    """The names of the own functions on the stack, outermost first, repetitions once."""
    names = [frame.function for frame in failure.own_frames if frame.function not in _COMPREHENSION]
    distinct = [name for before, name in zip(["", *names], names, strict=False) if name != before]
    return distinct[-FRAMES_COUNTED:]


def _quoted(match: re.Match[str]) -> str:
    return "<path>" if _LOOKS_LIKE_PATH.search(match[0][1:]) else match[0]
