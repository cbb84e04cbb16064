"""What the graph asks of the server that it runs in."""

from __future__ import annotations

from typing import Protocol


class Traffic(Protocol):
    """How much this component has answered since it started; kept in ``app.state.traffic``."""

    @property
    def requests(self) -> int: ...

    @property
    def errors(self) -> int: ...

    @property
    def milliseconds(self) -> float:
        """All answers together."""
        ...

    @property
    def uptime_seconds(self) -> float: ...
