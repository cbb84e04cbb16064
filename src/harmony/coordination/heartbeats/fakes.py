"""The ports over names that are known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Started:
    """``Expected``: what was started, and when."""

    components: frozenset[str]
    at: datetime

    def names(self) -> frozenset[str]:
        return self.components

    def since(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Own:
    """``BuiltIn``: a fixed list."""

    components: frozenset[str]

    def names(self) -> frozenset[str]:
        return self.components
