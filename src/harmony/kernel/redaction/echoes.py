"""Known values, wherever they show again: plain, in base64, in hexadecimal, in a URL, in JSON or HTML.

A secret that was recognised by its context once stands elsewhere without it. Here it is found by itself: hidden when it
looks drawn by chance, reported as a slip when somebody asks for a proof.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from harmony.kernel.redaction.pattern import Pattern

LEAST_CHARS = 8
"""Shorter values are part of too many words."""
LONGEST_CHARS = 4_096
LINE_LEAST_CHARS = 32
"""Of a value of many lines, lines of at least this length are looked for one by one."""
MEMORY_LIMIT_CHARS = 8_000_000
"""Of all forms together; beyond it no further value is looked for."""
FEW = 64
"""Up to so many forms are looked for one by one; of more, the long ones by their endings in one pass over the text."""
GRAM_CHARS = 8
LONG_CHARS = 2 * GRAM_CHARS - 1
"""Wherever so long a form stands, its end covers one of every eighth group of eight characters of the text."""
PASS_CHARS = 524_288

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PADDING = Pattern(r"[A-Za-z0-9+/_-]?={1,2}")
"""The end of base64 that depends on what stands behind the value."""
_PERCENT = Pattern(r"(?:%[0-9A-Fa-f]{2})+")


class Echo(NamedTuple):
    """``text[start:end]`` is the value of number ``value``, in the order they were added."""

    start: int
    end: int
    value: int


class Echoes:
    """Values in all their forms, up to ``memory_limit_chars``."""

    def __init__(self, memory_limit_chars: int = MEMORY_LIMIT_CHARS) -> None:
        self._left = memory_limit_chars
        self._forms: dict[str, int] = {}
        self._by_gram: dict[str, list[str]] = {}
        self._short: list[str] = []
        self._values: dict[str, int] = {}

    def __contains__(self, value: str) -> bool:
        return value in self._values

    def add(self, value: str) -> int | None:
        """Look for ``value`` from now on; its number, None for one too short, too long or beyond the limit."""
        known = self._values.get(value)
        if known is not None:
            return known
        if not LEAST_CHARS <= len(value) <= LONGEST_CHARS:
            return None
        fresh = {form for form in forms(value) if form not in self._forms}
        size = sum(map(len, fresh))
        if size > self._left:
            return None
        self._left -= size
        number = self._values[value] = len(self._values)
        for form in fresh:
            self._forms[form] = number
            if len(form) < LONG_CHARS:
                self._short.append(form)
                continue
            for at in range(len(form) - LONG_CHARS, len(form) - GRAM_CHARS + 1):
                self._by_gram.setdefault(form[at : at + GRAM_CHARS], []).append(form)
        return number

    def find(self, text: str) -> Iterator[Echo]:
        """Every place where a form stands, in no order."""
        for form in self._present(text):
            number = self._forms[form]
            at = text.find(form)
            while at >= 0:
                rest = None if form in self._values else _PADDING.match(text, at + len(form))
                yield Echo(at, rest.end() if rest else at + len(form), number)
                at = text.find(form, at + len(form))

    def in_text(self, text: str) -> set[int]:
        """Which values are in ``text``, also where its percent signs are decoded."""
        found = {self._forms[form] for form in self._present(text)}
        if "%" in text:
            found |= {self._forms[form] for form in self._present(_unquoted(text))}
        return found

    def _present(self, text: str) -> Iterable[str]:
        if len(self._forms) <= FEW:
            return [form for form in self._forms if form in text]
        grams: set[str] = set()
        for start in range(0, len(text), PASS_CHARS):
            end = min(start + PASS_CHARS, len(text))
            grams |= self._by_gram.keys() & {text[at : at + GRAM_CHARS] for at in range(start, end, GRAM_CHARS)}
        likely = {form for gram in grams for form in self._by_gram[gram]}
        return [form for form in (*self._short, *likely) if form in text]


def forms(value: str) -> Iterator[str]:
    """The value as it is, and as the common encodings write it; each form 8 characters or longer."""
    yield value
    yield from (line for line in value.split("\n") if LINE_LEAST_CHARS <= len(line) < len(value))
    raw = value.encode("utf-8", "surrogatepass")
    for shift in range(3):
        packed = _middle_of_base64(raw, shift)
        if len(packed) >= LEAST_CHARS:
            yield packed
            yield packed.replace("+", "-").replace("/", "_")
    yield raw.hex()
    yield raw.hex().upper()
    quoted = "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in raw)
    yield quoted
    yield _PERCENT.sub(lambda match: match[0].lower(), quoted)
    yield quoted.replace("%", "%25")
    yield value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("/", "\\/")
    yield value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    yield value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _middle_of_base64(raw: bytes, shift: int) -> str:
    """What base64 shows of ``raw`` whatever stands before and behind it, ``shift`` bytes after a group's beginning."""
    packed = b2a_base64(bytes(shift) + raw, newline=False).decode("ascii").rstrip("=")
    incomplete = (shift + len(raw)) % 3 != 0
    return packed[(0, 2, 3)[shift] : len(packed) - incomplete]


def _unquoted(text: str) -> str:
    return _PERCENT.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), text)
