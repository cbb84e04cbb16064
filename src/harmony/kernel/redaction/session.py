"""A session keeps, on the owner's side only, which placeholder stands for which value.

Placeholders are numbered by value, so the same value reads the same through the session. Text that already looks like
a placeholder is itself hidden and numbered as ``[LITERAL:placeholder:N]``: whoever wrote it gets his own characters
back on restoring, never somebody's secret. So ``restore(redact(text).text) == text`` for every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from harmony.kernel.redaction.errors import CanaryInvalid, CanarySurvived
from harmony.kernel.redaction.model import Kind
from harmony.kernel.redaction.rules import LOOKALIKE, RuleSet, shipped

VALUES_LIMIT = 10_000
MEMORY_LIMIT_CHARS = 16_000_000
CANARIES_LIMIT = 1_000
CANARY_LIMIT_CHARS = 65_536
CANARY_PIECE_CHARS = 8
UNNUMBERED = 0
"""The number of a value that came when the session was full: hidden, and not to be restored."""

_PLACEHOLDER = re.compile(LOOKALIKE.pattern)


class Session:
    """Values and their placeholders, up to ``values_limit`` of them and ``memory_limit_chars`` in all.

    When full, new values are still hidden, under number 0, and stay hidden on restoring.
    """

    def __init__(
        self,
        rules: RuleSet | None = None,
        *,
        values_limit: int = VALUES_LIMIT,
        memory_limit_chars: int = MEMORY_LIMIT_CHARS,
    ) -> None:
        self.rules = rules if rules is not None else shipped()
        self._values_limit = values_limit
        self._memory_limit = memory_limit_chars
        self._memory = 0
        self._by_value: dict[tuple[str, str], str] = {}
        self._by_placeholder: dict[str, str] = {}
        self._last_number: dict[str, int] = {}
        self._canaries: dict[str, None] = {}

    def placeholder(self, kind: Kind, label: str, value: str) -> str:
        """The placeholder of ``value``; the same one each time."""
        stem = f"{kind.upper()}:{label}"
        known = self._by_value.get((stem, value))
        if known is not None:
            return known
        if len(self._by_value) >= self._values_limit or self._memory + len(value) > self._memory_limit:
            return f"[{stem}:{UNNUMBERED}]"
        number = self._last_number.get(stem, 0) + 1
        issued = f"[{stem}:{number}]"
        self._last_number[stem] = number
        self._by_value[stem, value] = issued
        self._by_placeholder[issued] = value
        self._memory += len(value)
        return issued

    def pass_over(self, placeholder: str) -> None:
        """Never issue ``placeholder`` or a lower number of its kind: a text that nobody will restore mentions it."""
        stem, _colon, number = placeholder.strip("[]").rpartition(":")
        self._last_number[stem] = max(self._last_number.get(stem, 0), int(number))

    def restore(self, text: str) -> str:
        """``text`` with every placeholder that this session issued put back; all other text stays as it is."""
        return _PLACEHOLDER.sub(lambda match: self._by_placeholder.get(match[0], match[0]), text)

    def add_canary(self, value: str) -> None:
        """Remember a known secret, so that ``check`` can prove that it never leaves. At least 8 characters."""
        if not CANARY_PIECE_CHARS <= len(value) <= CANARY_LIMIT_CHARS:
            raise CanaryInvalid(
                f"a canary has {CANARY_PIECE_CHARS}-{CANARY_LIMIT_CHARS} characters",
                field="value",
            )
        if len(self._canaries) >= CANARIES_LIMIT and value not in self._canaries:
            raise CanaryInvalid(f"more than {CANARIES_LIMIT} canaries", field="value")
        self._canaries[value] = None

    def surviving(self, text: str) -> tuple[int, ...]:
        """Which canaries, by the order they were added in, survive in ``text`` whole or by a piece of 8 characters."""
        return tuple(index for index, value in enumerate(self._canaries) if _survives(value, text))

    def check(self, text: str) -> None:
        """Raise ``CanarySurvived`` unless ``text`` is free of every canary and of every piece of one."""
        survivors = self.surviving(text)
        if survivors:
            raise CanarySurvived(
                f"{len(survivors)} known values or pieces of them survive in an outgoing text",
                details={"canaries": list(survivors)},
            )


def _survives(value: str, text: str) -> bool:
    return any(piece in text for piece in _pieces(value))


def _pieces(value: str) -> Iterable[str]:
    size = CANARY_PIECE_CHARS
    return (value[start : start + size] for start in range(len(value) - size + 1))
