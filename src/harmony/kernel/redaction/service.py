"""Hide what must not leave: ``redact`` a text, ``redact_value`` a nested value, ``redact_stream`` a long input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from harmony.kernel.redaction.engine import find
from harmony.kernel.redaction.model import Finding, Hidden, Redacted, Span
from harmony.kernel.redaction.rules import LOOKALIKE
from harmony.kernel.redaction.session import Session

DEPTH_LIMIT = 32
ITEMS_LIMIT = 100_000
TOO_DEEP = "[too deep to redact]"
TOO_MANY = "[too much to redact]"
KEY_LIMIT_CHARS = 128
STREAM_CHUNK_CHARS = 524_288
STREAM_HOLD_CHARS = 131_072
"""Kept back at the end of a chunk, so that a key over many lines is seen whole; more than the longest finding."""
STREAM_CONTEXT_CHARS = 4_096
"""Already given out and kept for looking back: names before values, manifests around their data."""

_UNQUOTED = {ord('"'): "'", ord("\\"): "/", ord("\n"): " ", ord("\r"): " "}
_Item = TypeVar("_Item")


def redact(text: str, session: Session | None = None) -> Redacted:
    """``text`` with secrets and personal data replaced by placeholders; spans are those of the original.

    Without a session the numbering is this text's own, nothing can be restored, and text that already reads like a
    placeholder stays as it is: redacting twice changes nothing.
    """
    if session is not None:
        return _hide(text, find(text, session.rules), session)
    once = Session()
    findings = []
    for finding in find(text, once.rules):
        if finding.rule is LOOKALIKE:
            once.pass_over(text[finding.start : finding.end])
        else:
            findings.append(finding)
    return _hide(text, findings, once)


def redact_value(value: object, session: Session | None = None) -> object:
    """A copy of nested JSON with every string redacted, keys too; for logs.

    A string under a key that promises a credential (``{"password": "…"}``) is hidden as an assignment is. Other types
    pass unchanged; what is nested deeper than ``DEPTH_LIMIT`` or beyond ``ITEMS_LIMIT`` items is left out by name.
    """
    return _Walk(session if session is not None else Session()).copy(value, "", DEPTH_LIMIT)


def redact_stream(chunks: Iterable[str], session: Session | None = None) -> Iterator[Redacted]:
    """Redact text that arrives in pieces, in bounded memory; spans count from the beginning of the stream.

    A secret cut in two by the pieces is found as if it had come whole.
    """
    keeper = session if session is not None else Session()
    held, context, passed = "", 0, 0
    for chunk in _sized(chunks):
        held += chunk
        if len(held) - context < STREAM_CHUNK_CHARS:
            continue
        findings = find(held, keeper.rules)
        cut = _cut(held, context, findings)
        yield _hide(
            held[:cut],
            [f for f in findings if f.start < cut],
            keeper,
            context,
            passed - context,
        )
        kept = max(0, cut - STREAM_CONTEXT_CHARS)
        held, context, passed = held[kept:], cut - kept, passed + cut - context
    if len(held) > context:
        yield _hide(held, find(held, keeper.rules), keeper, context, passed - context)


def _hide(text: str, findings: list[Finding], session: Session, done: int = 0, shift: int = 0) -> Redacted:
    """``text`` from ``done`` on with ``findings`` replaced; spans moved by ``shift``."""
    pieces: list[str] = []
    spans: list[Span] = []
    report: list[Hidden] = []
    for found_at, end, rule, certain in findings:
        start = max(found_at, done)
        if end <= start:
            continue
        placeholder = session.placeholder(rule.kind, rule.label, text[start:end])
        pieces += (text[done:start], placeholder)
        spans.append(Span(start + shift, end + shift, rule.id, rule.label))
        report.append(
            Hidden(
                rule.id,
                rule.kind,
                rule.label,
                start + shift,
                end + shift,
                placeholder,
                certain,
            )
        )
        done = end
    pieces.append(text[done:])
    return Redacted("".join(pieces), tuple(spans), tuple(report))


def _sized(chunks: Iterable[str]) -> Iterator[str]:
    for chunk in chunks:
        for start in range(0, len(chunk), STREAM_CHUNK_CHARS):
            yield chunk[start : start + STREAM_CHUNK_CHARS]


def _cut(held: str, context: int, findings: list[Finding]) -> int:
    """Where to cut: well before the end, behind a line end if there is one, and never inside a finding."""
    latest = len(held) - STREAM_HOLD_CHARS
    newline = held.rfind("\n", context, latest)
    cut = newline + 1 if newline >= 0 else latest
    for finding in findings:
        if finding.start < cut < finding.end:
            return finding.start if finding.start > context else finding.end
    return cut


class _Walk:
    """Copies one value, counting items over all of it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._left = ITEMS_LIMIT

    def copy(self, value: object, key: str, depth: int) -> object:
        self._left -= 1
        if self._left < 0:
            return TOO_MANY
        if isinstance(value, str):
            return self._text(value, key)
        if isinstance(value, bytes | bytearray):
            return self._text(bytes(value).decode("utf-8", "replace"), key)
        if not isinstance(value, Mapping | list | tuple | set | frozenset):
            return value
        if depth == 0:
            return TOO_DEEP
        if isinstance(value, Mapping):
            return {
                self._key(name): self.copy(item, str(name), depth - 1) for name, item in self._within(value.items())
            }
        return [self.copy(item, key, depth - 1) for item in self._within(value)]

    def _within(self, items: Iterable[_Item]) -> Iterator[_Item]:
        for item in items:
            if self._left <= 0:
                return
            yield item

    def _key(self, name: object) -> object:
        return redact(name, self._session).text if isinstance(name, str) else name

    def _text(self, value: str, key: str) -> str:
        plain = redact(value, self._session)
        if not value or not key or plain.spans or len(key) > KEY_LIMIT_CHARS:
            return plain.text
        # The value alone told nothing: look at it again as what its key says it is.
        named = f'"{key}": "{value.translate(_UNQUOTED)}"'
        offset = len(key) + 5
        found = next(
            (finding for finding in find(named, self._session.rules) if finding.start == offset),
            None,
        )
        return _hide(value, [found._replace(start=0, end=len(value))], self._session).text if found else value
