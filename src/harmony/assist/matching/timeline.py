"""The story of a request, read from the journal: everything under its trace, and everything about it.

Only the planes' own facts are shown. A trace id comes from outside, so it alone proves nothing; whoever reads has
been let in by ``service.find_request`` before.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from harmony.adapters.db.unit_of_work import Connection
from harmony.assist.matching.model import HelpRequest
from harmony.commons.journal.model import Entry, Selection
from harmony.commons.journal.service import Journal, read

KINDS = ("assist.*", "settlement.*")
PAGE_LIMIT_ENTRIES = 200
PATIENCE_SECONDS = 15.0


def selections(request: HelpRequest) -> list[Selection]:
    """Under the trace of the story, or about one of its things when a later call came under another trace."""
    subjects = [request.id, request.context_id, *([request.session_id] if request.session_id else [])]
    return [Selection(KINDS, trace=request.trace), *(Selection(KINDS, subject=subject) for subject in subjects)]


async def read_timeline(
    connection: Connection, request: HelpRequest, after: int, limit: int = PAGE_LIMIT_ENTRIES
) -> list[Entry]:
    """The next entries of the story after a revision, oldest first, each once."""
    found: dict[int, Entry] = {}
    for selection in selections(request):
        found |= {entry.revision: entry for entry in await read(connection, after, selection, limit)}
    return [found[revision] for revision in sorted(found)][:limit]


async def follow_timeline(
    journal: Journal, after: int, *, patience_seconds: float = PATIENCE_SECONDS
) -> AsyncGenerator[bool, None]:
    """Yields whenever it is time to read on: whether the log has grown, or only the patience has passed.

    Any growth may be of this story: its later calls come under traces of their own, about things not yet begun.
    """
    async for entries in journal.follow(after, Selection(KINDS), patience_seconds=patience_seconds):
        yield bool(entries)
