"""Built-in alerts: the operator is told who fell silent, who came back, and when the Conductor doubts itself."""

from __future__ import annotations

from datetime import timedelta

from harmony.adapters.db.pool import Database
from harmony.commons.journal.model import Entry, Selection
from harmony.commons.journal.service import consume
from harmony.commons.notifications.service import notify
from harmony.coordination.alerts.model import TOLD_KINDS, told_of

CONSUMER = "alerts"
RECIPIENT = "operator"
NEWS_SECONDS = 3_600
"""What is older is history, not an alert: a Conductor that was off for long tells only what is new."""


async def tell(database: Database) -> int:
    """Notify of what the log tells since the last time; how many entries. Each is told once, however often it runs."""

    async def handle(entry: Entry) -> None:
        async with database.begin(trace=entry.trace) as uow:
            if uow.now - entry.occurred_at > timedelta(seconds=NEWS_SECONDS):
                return
            title, body = told_of(entry.kind, entry.payload)
            subject = f"{entry.subject}:{entry.revision}"
            await notify(uow, recipient=RECIPIENT, kind=f"alert.{entry.kind}", subject=subject, title=title, body=body)

    return await consume(database, CONSUMER, Selection(kinds=TOLD_KINDS), handle)
