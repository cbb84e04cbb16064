"""Identifiers: a readable prefix, then 128 bits that sort by time (layout of UUID version 7, RFC 9562)."""

from __future__ import annotations

import re
from typing import Protocol

from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock

_FORM = re.compile(r"[a-z]+(?:-[a-z]+)*-[0-9a-f]{32}\Z")


class Ids(Protocol):
    def new(self, prefix: str) -> str:
        """A fresh id such as ``session-0190…``; ``prefix`` is lower-case words joined by hyphens."""
        ...


class TimeOrderedIds:
    """UUID version 7 from an injected clock and chance."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        self._clock = clock
        self._chance = chance

    def new(self, prefix: str) -> str:
        milliseconds = int(self._clock.now().timestamp() * 1000)
        tail = int.from_bytes(self._chance.secret_bytes(10))
        version_and_random = 0x7000 | (tail >> 64) & 0x0FFF
        variant_and_random = (0b10 << 62) | tail & ((1 << 62) - 1)
        value = (milliseconds & ((1 << 48) - 1)) << 80 | version_and_random << 64 | variant_and_random
        return f"{prefix}-{value:032x}"


def looks_like_id(text: str, prefix: str) -> bool:
    """Whether ``text`` has the form ``<prefix>-<32 hex digits>``."""
    return text.startswith(prefix + "-") and _FORM.match(text) is not None
