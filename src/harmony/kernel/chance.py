"""Chance comes in by the door: jitter and sampling from ``Chance``, secrets from ``secret_bytes``."""

from __future__ import annotations

import os
import random
from typing import Protocol


class Chance(Protocol):
    def uniform(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        ...

    def secret_bytes(self, count: int) -> bytes:
        """``count`` unpredictable bytes, fit for keys and tokens."""
        ...


class SystemChance:
    """The operating system's entropy."""

    def __init__(self) -> None:
        self._random = random.SystemRandom()

    def uniform(self, low: float, high: float) -> float:
        return self._random.uniform(low, high)

    def secret_bytes(self, count: int) -> bytes:
        return os.urandom(count)


class SeededChance:
    """The same seed gives the same draws: for simulation and tests, never for secrets in production."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def uniform(self, low: float, high: float) -> float:
        return self._random.uniform(low, high)

    def secret_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)
