"""What ``harmony redact`` gives out: text or one JSON object, in pieces, and the report of what was hidden and why."""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from harmony.apps.cli import filtering
from harmony.kernel.errors import Refusal
from harmony.kernel.redaction.echoes import LONGEST_CHARS
from harmony.kernel.redaction.escapes import Stripped
from harmony.kernel.redaction.model import Redacted
from harmony.kernel.redaction.rules import LOOKALIKE
from harmony.kernel.redaction.service import redact_stream
from harmony.kernel.redaction.session import Session

ROWS_SHOWN = 16
"""Of the report for a person, so that it fits a screen."""
WHY = {
    "assignment": "its name promises a credential, and the value looks like one",
    "provider-assignment": "it is named after a provider, and the value is random",
    "private-key": "a private key, from BEGIN to END",
    "putty-private-key": "a private key in PuTTY's form",
    "kubernetes-secret": "data of a Kubernetes Secret",
    "url-credentials": "user and password in a URL",
    "url-token": "a token before the host of a URL",
    "url-password-with-slash": "user and password in a URL",
    "signed-url": "the signature of a URL",
    "authorization-header": "an Authorization header",
    "bearer": "a bearer token",
    "basic-authorization": "base64 of user:password",
    "cookie-header": "a Cookie header",
    "curl-user": "user and password of a web client",
    "bundler-host": "credentials of a package host",
    "sshpass": "a password on a command line",
    "login-command": "a password on a command line",
    "mysql-password": "a password on a command line",
    "netrc": "a password in .netrc",
    "known-value": "the same value was recognised elsewhere; here it stands by itself or encoded",
    "email": "an e-mail address of somebody",
    "card": "a card number",
    "iban": "a bank account",
    "phone": "a phone number",
    "us-ssn": "a social security number",
    "ipv4": "an address that may be somebody's",
    "ipv6": "an address that may be somebody's",
    "home-folder": "a person's name in a path",
    "home-folder-windows": "a person's name in a path",
    "placeholder-lookalike": "it reads like a placeholder and is none",
}
PROVEN = frozenset({"card", "iban"})
"""Their check is a checksum."""

_UNSAFE = re.compile(r"[^\n\t -~]")
_PLACEHOLDER = re.compile(LOOKALIKE.pattern)


class Tally:
    """What was hidden, counted by type and rule. Never what it was."""

    def __init__(self) -> None:
        self.times = 0
        self._placeholders: set[str] = set()
        self._rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._line = 1

    def take(self, piece: Redacted, start: int) -> None:
        """Count a piece of the stream that begins at plain character ``start``."""
        done, shift = 0, -start
        for hidden in piece.report:
            at = hidden.start + shift
            self._line += piece.text.count("\n", done, at)
            done = at + len(hidden.placeholder)
            shift += len(hidden.placeholder) - (hidden.end - hidden.start)
            self.times += 1
            row = self._rows.setdefault(
                (hidden.kind, hidden.type, hidden.rule),
                {"line": self._line, "times": 0, "placeholders": set(), "certain": False},
            )
            row["times"] += 1
            self._placeholders.add(hidden.placeholder)
            row["placeholders"].add(hidden.placeholder)
            row["certain"] = row["certain"] or hidden.certain
        self._line += piece.text.count("\n", done)

    @property
    def values(self) -> int:
        """How many different ones."""
        return len(self._placeholders)

    def by_type(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for (_, label, _), row in self._rows.items():
            counts[label] = counts.get(label, 0) + row["times"]
        return counts

    def rows(self) -> list[dict[str, Any]]:
        """Most frequent first; ``line`` is the first one, of what was given out."""
        found = [
            {
                "type": label,
                "kind": kind,
                "rule": rule,
                "times": row["times"],
                "values": len(row["placeholders"]),
                "line": row["line"],
                "proven": row["certain"] or rule in PROVEN,
                "why": WHY.get(rule, f"it has the form of {rule}"),
            }
            for (kind, label, rule), row in self._rows.items()
        ]
        return sorted(found, key=lambda row: (-row["times"], row["type"]))


class Answer(Protocol):
    """Where redacted text goes."""

    errors: str
    """How bytes that are no text are decoded."""

    def name(self, log: str) -> None:
        """What follows is of this log."""
        ...

    def text(self, text: str) -> None: ...

    def spans(self, spans: Iterable[tuple[int, int]]) -> None: ...

    def end(self, tally: Tally, fault: Refusal | None) -> None: ...


class TextAnswer:
    """Text on standard output: byte for byte as it came, apart from what is hidden and from terminal sequences.

    On a terminal whatever else is not printable is shown as a dot, so that nothing can act on it.
    """

    errors = "surrogateescape"

    def __init__(self, colour_choice: str = "auto", *, headed: bool = False, prompt: bool = False) -> None:
        self._safe = sys.stdout.isatty()
        self._colour = filtering.coloured(colour_choice, sys.stdout)
        self._headed = headed
        self._prompt = prompt
        self._heading = ""

    def name(self, log: str) -> None:
        if self._headed:
            self._heading = f"==> {log} <==\n"

    def text(self, text: str) -> None:
        text, self._heading = self._heading + text, ""
        if self._safe:
            text = _UNSAFE.sub(_shown, text.replace("\r\n", "\n"))
        if self._colour:
            text = _PLACEHOLDER.sub(lambda match: filtering.tint("1;33", match[0], colour=True), text)
        sys.stdout.buffer.write(text.encode("utf-8", self.errors))
        if self._prompt:
            sys.stdout.buffer.flush()

    def spans(self, spans: Iterable[tuple[int, int]]) -> None:
        pass

    def end(self, tally: Tally, fault: Refusal | None) -> None:
        pass


class JsonAnswer:
    """One JSON object, written while it is made, and whole whatever happens."""

    errors = "replace"

    def __init__(self, first: Mapping[str, object], *, report: bool = False, headed: bool = False) -> None:
        self._report = report
        self._headed = headed
        self._logs: list[dict[str, object]] = []
        self._spans = array("Q")
        self._chars = 0
        opened = "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in first.items())
        sys.stdout.write("{" + opened + '"redacted": "')

    def name(self, log: str) -> None:
        if self._headed:
            self._logs.append({"log": log, "begins": self._chars})

    def text(self, text: str) -> None:
        self._chars += len(text)
        sys.stdout.write(json.dumps(text)[1:-1])

    def spans(self, spans: Iterable[tuple[int, int]]) -> None:
        for start, end in spans:
            self._spans.extend((start, end))

    def end(self, tally: Tally, fault: Refusal | None) -> None:
        sys.stdout.write('", "spans": [')
        for at in range(0, len(self._spans), 2):
            sys.stdout.write(f"{', ' if at else ''}[{self._spans[at]}, {self._spans[at + 1]}]")
        rest: dict[str, object] = {"hidden": tally.by_type()}
        if self._report:
            rest["report"] = tally.rows()
        if self._headed:
            rest["logs"] = self._logs
        if fault is not None:
            rest |= {"error": fault.code, "message": filtering.shown(fault.message)}
        sys.stdout.write("], " + json.dumps(rest)[1:] + "\n")
        sys.stdout.flush()


class Guard:
    """Lets through to an answer only what is free of known values. Looks again across the borders of the pieces."""

    def __init__(self, session: Session, answer: Answer, *, prompt: bool = False) -> None:
        self._session = session
        self._answer = answer
        self._prompt = prompt
        self._window = ""

    def give(self, text: str, *, final: bool = False) -> None:
        """Raises ``CanarySurvived`` or ``ValueSlipped`` before the text is given out."""
        if not self._session.proving:
            if text:
                self._answer.text(text)
            return
        window = self._window + text
        self._session.check(window)
        given = text if self._prompt else window if final else window[:-LONGEST_CHARS]
        self._window = window[-LONGEST_CHARS:] if self._prompt else window[len(given) :]
        if given:
            self._answer.text(given)


def pump(
    texts: Iterable[str], session: Session, answer: Answer, tally: Tally, *, prompt: bool = False, shift: int = 0
) -> int:
    """Redact one text given in pieces; how many characters it had. Spans are those of the text as it came, ``shift``
    characters further on."""
    stripped = Stripped()
    guard = Guard(session, answer, prompt=prompt)
    n_read = 0

    def plain() -> Iterator[str]:
        nonlocal n_read
        for text in texts:
            n_read += len(text)
            yield stripped.take(text)
        yield stripped.take("", final=True)

    start = 0
    for piece in redact_stream(plain(), session, prompt=prompt):
        tally.take(piece, start)
        answer.spans(_moved(stripped.original(span.start, span.end), shift) for span in piece.spans)
        start += len(piece.text) + sum(h.end - h.start - len(h.placeholder) for h in piece.report)
        stripped.forget(start)
        guard.give(piece.text)
    guard.give("", final=True)
    return n_read


def tell(tally: Tally, colour: bool) -> None:
    """The report for a person, on standard error."""
    rows = tally.rows()
    if not rows:
        sys.stderr.write("harmony redact: nothing to hide was found\n")
        return
    sys.stderr.write(f"harmony redact: hidden {tally.times} times, {tally.values} different values\n")
    for row in rows[:ROWS_SHOWN]:
        label = filtering.tint("1;33", f"{row['type']:<22}", colour=colour)
        why = f"{row['why']}, and its checksum or structure holds" if row["proven"] else row["why"]
        sys.stderr.write(f"  {label} {row['times']:>6}×  line {row['line']:<8} {why}\n")
    if len(rows) > ROWS_SHOWN:
        sys.stderr.write(f"  … and {len(rows) - ROWS_SHOWN} more kinds; --json --report has all\n")


def _moved(span: tuple[int, int], shift: int) -> tuple[int, int]:
    return span[0] + shift, span[1] + shift


def _shown(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else "·"
