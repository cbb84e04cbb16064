"""Groups: each gets its own copy of what is sent to its queue."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.model import Told
from harmony.commons.journal.service import append, append_many
from harmony.coordination.queue import store
from harmony.coordination.queue.errors import GroupFixed, GroupsFull, GroupUnknown, TooManyQueues
from harmony.coordination.queue.model import DEFAULT_GROUP, GROUPS_LIMIT, QUEUES_LIMIT
from harmony.messages.coordination import MessageDropped, QueueGroupCreated, QueueGroupEnded


async def create_group(uow: UnitOfWork, queue: str, group: str) -> bool:
    """Give a group what is sent to the queue from now on; False when it did so already.

    Raises ``GroupsFull`` and ``TooManyQueues``.
    """
    await store.lock(uow)
    queues = await store.queues(uow.connection)
    if queue not in queues:
        if len(queues) >= QUEUES_LIMIT:
            raise TooManyQueues(f"there are {QUEUES_LIMIT} queues", field="queue")
        await store.add_queues(uow, [queue])
    groups = await store.groups(uow.connection, queue)
    if group in groups:
        return False
    if len(groups) >= GROUPS_LIMIT:
        raise GroupsFull(f"a queue has at most {GROUPS_LIMIT} groups", field="group")
    await store.add_group(uow, queue, group)
    await append(uow, QueueGroupCreated(queue, group), subject=queue)
    return True


async def end_group(uow: UnitOfWork, queue: str, group: str) -> int:
    """End a group with its copies; how many there were. Raises ``GroupFixed`` and ``GroupUnknown``."""
    if group == DEFAULT_GROUP:
        raise GroupFixed("this group cannot end", field="group")
    dropped = await store.end_group(uow, queue, group)
    if dropped is None:
        raise GroupUnknown("there is no such group of this queue", field="group")
    tell_dropped(uow, dropped)
    await append(uow, QueueGroupEnded(queue, group), subject=queue)
    return len(dropped)


def tell_dropped(uow: UnitOfWork, dropped: list[tuple[str, str, str, str]]) -> None:
    """Journal that copies (id, group, queue, trace) are kept no longer."""
    append_many(
        uow,
        [
            Told(MessageDropped(message_id, queue, group), message_id, uow.actor, trace, MessageDropped.KIND)
            for message_id, group, queue, trace in dropped
        ],
    )
