"""A component that nobody has asked anything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quiet:
    """``Traffic`` of a minute without requests."""

    requests: int = 0
    errors: int = 0
    milliseconds: float = 0.0
    uptime_seconds: float = 60.0
