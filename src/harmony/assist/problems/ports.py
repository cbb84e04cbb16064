"""What problems asks of others."""

from __future__ import annotations

from typing import Protocol

from harmony.adapters.db.unit_of_work import Connection
from harmony.assist.problems.model import Preview, Reading, Report
from harmony.assist.problems.stuck.model import Event
from harmony.assist.problems.taxonomy import Kinds


class ContextReaders(Protocol):
    """Asked upward: who beside its owner may see a problem context, because they were asked to help with it."""

    async def __call__(self, connection: Connection, principal_id: str, context_id: str) -> bool: ...


class LogReader(Protocol):
    """Where reports are redacted and read: ``service.read`` in a worker process, so that no request waits for it."""

    async def __call__(self, report: Report) -> Reading:
        """What ``service.read`` returns; raises ``Unavailable`` when no worker is free in time."""
        ...


class LogPreviewer(Protocol):
    """Where logs are previewed: ``preview.preview`` in a worker process, as for ``LogReader``."""

    async def __call__(self, report: Report) -> Preview:
        """What ``preview.preview`` returns or raises; raises ``Unavailable`` when no worker is free in time."""
        ...


class EventCleaner(Protocol):
    """Where events are redacted: ``watching.runs.cleaned`` in a worker process, as for ``LogReader``."""

    async def __call__(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """The same events without secrets; raises ``Unavailable`` when no worker is free in time."""
        ...


class ClassesInUse(Protocol):
    """The kinds of failure to class by: as shipped, or with what was learned here. Asked for each report."""

    def __call__(self) -> Kinds: ...
