"""What heartbeats asks of whoever started the components."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Expected(Protocol):
    """The components that were started with this Conductor."""

    def names(self) -> frozenset[str]:
        """Which must be registered before the orchestra is healthy."""
        ...

    def since(self) -> datetime:
        """When they were started: being registered before that proves nothing."""
        ...


class BuiltIn(Protocol):
    """Harmony's own components, started or not."""

    def names(self) -> frozenset[str]:
        """Names under which only the principal ``component-<name>`` is routed to."""
        ...
