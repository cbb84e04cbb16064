"""Look: depths, dead letters and their redrive, the biography of a message."""

from __future__ import annotations

from collections.abc import Sequence

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal import service as journal
from harmony.commons.journal import store as journal_store
from harmony.commons.journal.model import Entry, Selection, Told
from harmony.commons.journal.service import append_many
from harmony.coordination.queue import store
from harmony.coordination.queue.errors import MessageUnknown
from harmony.coordination.queue.model import GROUPS_LIMIT, QUEUES_LIMIT, Delivery, Depth
from harmony.coordination.queue.service.deliver import ring
from harmony.kernel.paging import Page, decode_cursor, encode_cursor
from harmony.messages.coordination import MessageRedriven

KINDS = ("coordination.message.*",)


async def list_depths(connection: Connection, queue: str | None = None) -> list[Depth]:
    """How much waits in each group of a queue, or of all."""
    return await store.depths(connection, queue, QUEUES_LIMIT * GROUPS_LIMIT)


async def list_dead(
    connection: Connection, queue: str, group: str | None, cursor: str | None, limit: int
) -> Page[Delivery]:
    """Dead messages of a queue in the order of acceptance; raises ``CursorInvalid``."""
    after = None if cursor is None else int(decode_cursor(cursor))
    found = await store.dead(connection, queue, group, after, limit + 1)
    more = encode_cursor(found[limit - 1][0]) if len(found) > limit else None
    return Page(tuple(one for _, one in found[:limit]), more)


async def redrive(
    uow: UnitOfWork, queue: str, group: str | None, ids: Sequence[str] | None, limit: int
) -> list[Delivery]:
    """Put dead messages back at the end of their queue with all their attempts before them; None: the oldest ones."""
    found = await store.redrive(uow, queue, group, None if ids is None else list(ids), limit)
    ring(uow, {one.queue for one in found})
    told = [MessageRedriven(one.id, one.queue, one.group) for one in found]
    append_many(
        uow,
        [Told(message, one.id, uow.actor, one.trace, message.KIND) for message, one in zip(told, found, strict=True)],
    )
    return found


async def biography(connection: Connection, message_id: str) -> tuple[list[Delivery], list[Entry]]:
    """Where a message is in each group, and all that happened to it, oldest first.

    Raises ``MessageUnknown`` when nothing is known of it any more.
    """
    deliveries = await store.of_message(connection, message_id)
    head = await journal_store.head(connection)
    selection = Selection(kinds=KINDS, subject=message_id)
    entries = await journal.read(connection, head.compacted_revision, selection)
    if not deliveries and not entries:
        raise MessageUnknown("nothing is known of this message", field="message_id")
    return deliveries, entries
