"""Hide what must not leave: ``redact`` a text, ``redact_value`` a nested value, ``redact_stream`` a long input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from harmony.kernel.redaction.engine import find, merged
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
PLACEHOLDER_LIMIT_CHARS = 64
OPEN_KEY_CHARS = 32_768
"""So far back a key may have begun that has not ended: whoever wants every line at once waits for no longer one."""
OPENING_LINE_CHARS = 80
STREAM_CONTEXT_CHARS = 4_096
"""Already given out and kept for looking back: names before values, manifests around their data."""

_UNQUOTED = {ord('"'): "'", ord("\\"): "/", ord("\n"): " ", ord("\r"): " "}
_Item = TypeVar("_Item")


def redact(text: str, session: Session | None = None) -> Redacted:
    """``text`` with secrets and personal data replaced by placeholders; spans are those of the original.

    Without a session the numbering is this text's own, nothing can be restored, and text that already reads like a
    placeholder stays as it is: redacting twice changes nothing.
    """
    keeper = session if session is not None else Session(restorable=False)
    return _hide(text, _found(text, keeper), keeper)


def redact_value(value: object, session: Session | None = None) -> object:
    """A copy of nested JSON with every string redacted, keys too; for logs.

    A string under a key that promises a credential (``{"password": "…"}``) is hidden as an assignment is. Other types
    pass unchanged; what is nested deeper than ``DEPTH_LIMIT`` or beyond ``ITEMS_LIMIT`` items is left out by name.
    """
    return _Walk(session if session is not None else Session()).copy(value, "", DEPTH_LIMIT)


def redact_stream(chunks: Iterable[str], session: Session | None = None, *, prompt: bool = False) -> Iterator[Redacted]:
    """Redact text that arrives in pieces, in bounded memory; spans count from the beginning of the stream.

    Without a session nothing can be restored, as in ``redact``. A secret cut in two by the pieces is found as if it had
    come whole. ``prompt`` gives out every line as soon as it is complete, except within a key of many lines.
    """
    keeper = session if session is not None else Session(restorable=False)
    held, context, passed = "", 0, 0
    for chunk in _sized(chunks):
        held += chunk
        due = len(held) - context >= STREAM_CHUNK_CHARS
        if not due and not (prompt and "\n" in chunk):
            continue
        findings = _found(held, keeper)
        latest = len(held) - STREAM_HOLD_CHARS if due else _before_open_key(held, context)
        cut = _cut(held, context, latest, findings)
        if cut <= context:
            continue
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
        yield _hide(held, _found(held, keeper), keeper, context, passed - context)


def restore_stream(chunks: Iterable[str], session: Session) -> Iterator[str]:
    """Put back what ``session`` hid, in text that arrives in pieces. Asks for news of a kept session when it must."""
    held = ""
    for chunk in chunks:
        held += chunk
        opened = held.rfind("[", max(0, len(held) - PLACEHOLDER_LIMIT_CHARS))
        cut = opened if opened >= 0 and "]" not in held[opened:] else len(held)
        yield session.restore_latest(held[:cut])
        held = held[cut:]
    yield session.restore_latest(held)


def _found(text: str, session: Session) -> list[Finding]:
    """What the rules name, and what they named before wherever it shows again."""
    findings = find(text, session.rules)
    if not session.restorable:
        findings = [finding for finding in findings if not _passed_over(finding, text, session)]
    for finding in findings:
        if finding.rule.kind == "secret":
            session.learn(finding.rule.label, text[finding.start : finding.end])
    echoes = session.echoes(text)
    return merged([*findings, *echoes]) if echoes else findings


def _passed_over(finding: Finding, text: str, session: Session) -> bool:
    if finding.rule is not LOOKALIKE:
        return False
    session.pass_over(text[finding.start : finding.end])
    return True


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


def _before_open_key(held: str, context: int) -> int:
    """Behind the last whole line; before the line that opens a key which has not ended yet."""
    opened = held.rfind("-----BEGIN ", max(context, len(held) - OPEN_KEY_CHARS))
    line = held[opened : opened + OPENING_LINE_CHARS]
    if opened >= 0 and "PRIVATE KEY" in line and held.find("-----END ", opened) < 0:
        return held.rfind("\n", context, opened) + 1
    return held.rfind("\n", context) + 1


def _cut(held: str, context: int, latest: int, findings: list[Finding]) -> int:
    """Where to cut: ``latest``, behind a line end if there is one before it, and never inside a finding."""
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
