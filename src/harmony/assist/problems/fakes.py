"""Stand-ins for the ports of problems."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection
from harmony.assist.problems.model import Preview, Reading, Report
from harmony.assist.problems.preview import preview
from harmony.assist.problems.service import read
from harmony.assist.problems.stuck.model import Event
from harmony.assist.problems.watching.runs import cleaned


async def read_here(report: Report) -> Reading:
    """``LogReader`` in the calling process."""
    return read(report)


async def preview_here(report: Report) -> Preview:
    """``LogPreviewer`` in the calling process."""
    return preview(report)


async def clean_here(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """``EventCleaner`` in the calling process."""
    return cleaned(events)


async def nobody_else(connection: Connection, principal_id: str, context_id: str) -> bool:
    """``ContextReaders`` where contexts are their owner's alone."""
    return False
