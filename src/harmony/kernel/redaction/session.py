"""A session keeps, on the owner's side only, which placeholder stands for which value.

Placeholders are numbered by value, so the same value reads the same through the session. Text that already looks like
a placeholder is itself hidden and numbered as ``[LITERAL:placeholder:N]``: whoever wrote it gets his own characters
back on restoring, never somebody's secret. So ``restore(redact(text).text) == text`` for every text.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from harmony.kernel.redaction import plausible
from harmony.kernel.redaction.echoes import Echoes
from harmony.kernel.redaction.errors import CanaryInvalid, CanarySurvived, ValueSlipped
from harmony.kernel.redaction.model import Finding, Kind, Rule
from harmony.kernel.redaction.pattern import Pattern
from harmony.kernel.redaction.rules import LOOKALIKE, RuleSet, shipped

VALUES_LIMIT = 10_000
MEMORY_LIMIT_CHARS = 16_000_000
CANARIES_LIMIT = 1_000
CANARY_LIMIT_CHARS = 65_536
CANARY_PIECE_CHARS = 8
SLIPPED_NAMED = 10
ECHO_LEAST_CHARS = 12
"""A shorter value is hidden where its context tells it, and not wherever its characters show again."""
UNNUMBERED = 0
"""The number of a value that came when the session was full: hidden, and not to be restored."""

_PLACEHOLDER = Pattern(LOOKALIKE.pattern)


class Issued(NamedTuple):
    """``[stem:number]`` stands for ``value``."""

    stem: str
    number: int
    value: str


class Keeping(Protocol):
    """Where a session is kept beyond this process, perhaps written by others too."""

    def turn(self) -> AbstractContextManager[None]:
        """Until the end of this, nobody else adds."""
        ...

    def news(self) -> Iterable[Issued]:
        """What was added, by anybody, since this was asked last."""
        ...

    def add(self, issued: Issued) -> None: ...


class Session:
    """Values and their placeholders, up to ``values_limit`` of them and ``memory_limit_chars`` in all.

    When full, new values are still hidden, under number 0, and stay hidden on restoring. With ``keeping`` it goes on
    in another process; a ``proving`` one knows all its values in every encoding, for ``check``. One that nobody will
    restore (not ``restorable``) leaves text as it is that reads like a placeholder: redacting twice changes nothing.
    """

    def __init__(
        self,
        rules: RuleSet | None = None,
        *,
        values_limit: int = VALUES_LIMIT,
        memory_limit_chars: int = MEMORY_LIMIT_CHARS,
        restorable: bool = True,
        keeping: Keeping | None = None,
        proving: bool = False,
    ) -> None:
        self.rules = rules if rules is not None else shipped()
        self.restorable = restorable
        self.proving = proving
        self._values_limit = values_limit
        self._memory_limit = memory_limit_chars
        self._memory = 0
        self._by_value: dict[tuple[str, str], str] = {}
        self._by_placeholder: dict[str, str] = {}
        self._last_number: dict[str, int] = {}
        self._canaries: dict[str, None] = {}
        self._canaries_encoded = Echoes()
        self._canary_of_echo: list[int] = []
        self._echoes = Echoes()
        self._echo_rules: list[Rule] = []
        self._proof = Echoes() if proving else None
        self._proved: list[str] = []
        self._keeping = keeping
        self.refresh()

    def placeholder(self, kind: Kind, label: str, value: str) -> str:
        """The placeholder of ``value``; the same one each time."""
        stem = f"{kind.upper()}:{label}"
        known = self._by_value.get((stem, value))
        if known is not None:
            return known
        if self._keeping is None:
            return self._issue(stem, value)
        with self._keeping.turn():
            self.refresh()
            return self._by_value.get((stem, value)) or self._issue(stem, value)

    def refresh(self) -> None:
        """Take in what another process added to the same session."""
        for issued in self._keeping.news() if self._keeping else ():
            self._remember(*issued)

    def _issue(self, stem: str, value: str) -> str:
        if len(self._by_value) >= self._values_limit or self._memory + len(value) > self._memory_limit:
            return f"[{stem}:{UNNUMBERED}]"
        number = self._last_number.get(stem, 0) + 1
        if self._keeping is not None:
            self._keeping.add(Issued(stem, number, value))
        return self._remember(stem, number, value)

    def _remember(self, stem: str, number: int, value: str) -> str:
        issued = f"[{stem}:{number}]"
        self._last_number[stem] = max(number, self._last_number.get(stem, 0))
        self._by_value[stem, value] = issued
        self._by_placeholder[issued] = value
        self._memory += len(value)
        kind, _colon, label = stem.partition(":")
        if kind == "SECRET":
            self.learn(label, value)
            if self._proof is not None and self._proof.add(value) == len(self._proved):
                self._proved.append(issued)
        return issued

    def learn(self, label: str, value: str) -> None:
        """Hide ``value`` from now on wherever it shows, encoded too, if it looks drawn by chance."""
        if len(value) < ECHO_LEAST_CHARS or value in self._echoes or not plausible.random(value):
            return
        if self._echoes.add(value) == len(self._echo_rules):
            self._echo_rules.append(Rule("known-value", "secret", label, (), "", check=""))

    def echoes(self, text: str) -> list[Finding]:
        """Where values that were learned show in ``text``."""
        if not self._echo_rules:
            return []
        allowed = self.rules.allowed
        return [
            Finding(start, end, self._echo_rules[value], False)
            for start, end, value in self._echoes.find(text)
            if not allowed or text[start:end] not in allowed
        ]

    def pass_over(self, placeholder: str) -> None:
        """Never issue ``placeholder`` or a lower number of its kind: a text that nobody will restore mentions it."""
        stem, _colon, number = placeholder.strip("[]").rpartition(":")
        self._last_number[stem] = max(self._last_number.get(stem, 0), int(number))

    def restore(self, text: str) -> str:
        """``text`` with every placeholder that this session issued put back; all other text stays as it is."""
        return _PLACEHOLDER.sub(lambda match: self._by_placeholder.get(match[0], match[0]), text)

    def restore_latest(self, text: str) -> str:
        """``restore``, after a look at what another process added if ``text`` has a placeholder that is not known."""
        if any(match[0] not in self._by_placeholder for match in _PLACEHOLDER.finditer(text)):
            self.refresh()
        return self.restore(text)

    def add_canary(self, value: str) -> None:
        """Remember a known secret, so that ``check`` can prove that it never leaves. At least 8 characters."""
        if not CANARY_PIECE_CHARS <= len(value) <= CANARY_LIMIT_CHARS:
            raise CanaryInvalid(
                f"a canary has {CANARY_PIECE_CHARS}-{CANARY_LIMIT_CHARS} characters",
                field="value",
            )
        if len(self._canaries) >= CANARIES_LIMIT and value not in self._canaries:
            raise CanaryInvalid(f"more than {CANARIES_LIMIT} canaries", field="value")
        if value not in self._canaries and self._canaries_encoded.add(value) is not None:
            self._canary_of_echo.append(len(self._canaries))
        self._canaries[value] = None

    def surviving(self, text: str) -> tuple[int, ...]:
        """Which canaries, by the order they were added in, survive in ``text``: by a piece of 8 characters, or whole
        in a common encoding."""
        if not self._canaries:
            return ()
        encoded = {self._canary_of_echo[number] for number in self._canaries_encoded.in_text(text)}
        return tuple(index for index, value in enumerate(self._canaries) if index in encoded or _survives(value, text))

    def slipped(self, text: str) -> tuple[str, ...]:
        """The placeholders whose values stand in ``text``, plain or encoded; none unless the session is proving."""
        if self._proof is None:
            return ()
        return tuple(self._proved[number] for number in sorted(self._proof.in_text(text)))

    def check(self, text: str) -> None:
        """Raise ``CanarySurvived`` unless ``text`` is free of every canary and of every piece of one, ``ValueSlipped``
        when a proving session hid a value elsewhere that is in it."""
        survivors = self.surviving(text)
        if survivors:
            raise CanarySurvived(
                f"{len(survivors)} known values or pieces of them survive in an outgoing text",
                details={"canaries": list(survivors)},
            )
        slipped = self.slipped(text)
        if slipped:
            named = ", ".join(slipped[:SLIPPED_NAMED])
            raise ValueSlipped(
                f"{len(slipped)} values that were hidden elsewhere show again: {named}",
                details={"placeholders": list(slipped[:SLIPPED_NAMED])},
            )


def _survives(value: str, text: str) -> bool:
    return any(piece in text for piece in _pieces(value))


def _pieces(value: str) -> Iterable[str]:
    size = CANARY_PIECE_CHARS
    return (value[start : start + size] for start in range(len(value) - size + 1))
