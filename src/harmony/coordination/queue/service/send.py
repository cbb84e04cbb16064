"""Send: accept messages in the caller's transaction, each key once, nobody beyond its bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.model import Told
from harmony.commons.journal.service import append_many
from harmony.coordination.queue import store
from harmony.coordination.queue.errors import KeyReused, QueueFull, SenderOverQuota, TooManyQueues
from harmony.coordination.queue.model import (
    KEY_KEPT_HOURS,
    QUEUE_LIMIT_MESSAGES,
    QUEUES_LIMIT,
    SENDER_LIMIT_MESSAGES,
    Draft,
    Receipt,
)
from harmony.kernel.errors import Refusal
from harmony.messages.coordination import MessageSent

RETRY_AFTER_SECONDS = 1
COUNT_KEPT_SECONDS = 1.0

Outcome = Receipt | Refusal


@dataclass(slots=True)
class Gate:
    """What a sending process remembers between its transactions: it may be rebuilt from the tables at any time.

    Counts are those of the last look plus what was sent since, so a process refuses too early rather than too late,
    and looks again before it refuses.
    """

    queue_limit: int = QUEUE_LIMIT_MESSAGES
    sender_limit: int = SENDER_LIMIT_MESSAGES
    queues_limit: int = QUEUES_LIMIT
    queues: set[str] = field(default_factory=set)
    unfinished: dict[str, Counter[str]] = field(default_factory=dict)
    counted_at: dict[str, float] = field(default_factory=dict)

    def refusal(self, draft: Draft) -> Refusal | None:
        """Why one more message would be too many."""
        counted = self.unfinished[draft.queue]
        details = {"queue": draft.queue, "retry_after_seconds": RETRY_AFTER_SECONDS}
        if counted.total() >= self.queue_limit:
            return QueueFull(f"{self.queue_limit} messages wait in this queue", field="to", details=details)
        if counted[draft.sender] >= self.sender_limit:
            message = f"{self.sender_limit} messages of this sender wait in this queue"
            return SenderOverQuota(message, field="from", details=details)
        return None


async def send(uow: UnitOfWork, drafts: Sequence[Draft], gate: Gate, bells: Bells) -> list[Outcome]:
    """A receipt or a refusal for each message, in their order; what got a receipt is durable once this commits.

    The same key with the same body gives the receipt of the first sending.
    """
    outcomes: list[Outcome | None] = [None] * len(drafts)
    await _open_queues(uow, drafts, outcomes, gate)
    await _bound(uow, drafts, outcomes, gate)
    await _claim(uow, drafts, outcomes)
    accepted = [draft for draft, outcome in zip(drafts, outcomes, strict=True) if outcome is None]
    if accepted:
        if await store.add(uow, accepted) < len(accepted):
            raise RuntimeError("a queue has lost its default group")
        await store.ring(uow, {bell(draft.queue) for draft in accepted})
        append_many(uow, [_told(draft) for draft in accepted])
        uow.after_commit(lambda: _accepted(accepted, gate, bells))
    return [outcome or Receipt(draft.id) for draft, outcome in zip(drafts, outcomes, strict=True)]


async def _open_queues(uow: UnitOfWork, drafts: Sequence[Draft], outcomes: list[Outcome | None], gate: Gate) -> None:
    """Create queues at their first message, up to a bound."""
    if all(draft.queue in gate.queues for draft in drafts):
        return
    await store.lock(uow)
    gate.queues = known = await store.queues(uow.connection)
    fresh: list[str] = []
    for index, draft in enumerate(drafts):
        if draft.queue in known or draft.queue in fresh:
            continue
        if len(known) + len(fresh) >= gate.queues_limit:
            outcomes[index] = TooManyQueues(f"there are {gate.queues_limit} queues", field="to")
        else:
            fresh.append(draft.queue)
    await store.add_queues(uow, fresh)


async def _bound(uow: UnitOfWork, drafts: Sequence[Draft], outcomes: list[Outcome | None], gate: Gate) -> None:
    """Refuse what is beyond the bounds; count a queue again when the last count is old or would refuse."""
    coming = Counter(draft.queue for draft, outcome in zip(drafts, outcomes, strict=True) if outcome is None)
    now = uow.now.timestamp()
    doubtful = [queue for queue, many in coming.items() if _is_doubtful(gate, queue, many, now)]
    if doubtful:
        for queue, counted in (await store.by_sender(uow.connection, doubtful)).items():
            gate.unfinished[queue] = Counter(counted)
            gate.counted_at[queue] = now
    added: list[Draft] = []
    for index, draft in enumerate(drafts):
        if outcomes[index] is None:
            outcomes[index] = gate.refusal(draft)
        if outcomes[index] is None:
            gate.unfinished[draft.queue][draft.sender] += 1
            added.append(draft)
    for draft in added:  # only what is committed stays counted
        gate.unfinished[draft.queue][draft.sender] -= 1


def _is_doubtful(gate: Gate, queue: str, many: int, now: float) -> bool:
    counted = gate.unfinished.get(queue)
    if counted is None:
        return True
    most = max(counted.values(), default=0) + many
    if counted.total() + many > gate.queue_limit or most > gate.sender_limit:
        return True
    half_full = counted.total() > gate.queue_limit // 2 or most > gate.sender_limit // 2
    return half_full and now - gate.counted_at[queue] >= COUNT_KEPT_SECONDS


async def _claim(uow: UnitOfWork, drafts: Sequence[Draft], outcomes: list[Outcome | None]) -> None:
    """Take the keys; whoever finds its key taken gets the first message's receipt, or a refusal for another body.

    A message refused for its bounds takes no key, but is answered as the first time when it was accepted before.
    """
    keyed = [index for index, draft in enumerate(drafts) if draft.key is not None]
    if not keyed:
        return
    first: dict[tuple[str, str | None], int] = {}
    for index in keyed:
        if outcomes[index] is None:
            first.setdefault((drafts[index].scope, drafts[index].key), index)
    leaders = [drafts[index] for index in first.values()]
    before = uow.now - timedelta(hours=KEY_KEPT_HOURS)
    claimed = await store.claim_keys(uow, leaders, before) if leaders else set()
    rest = [index for index in keyed if drafts[index].id not in claimed]
    if not rest:
        return
    taken = await store.keys(uow, [drafts[index] for index in rest])
    for index in rest:
        draft = drafts[index]
        found = taken.get((draft.scope, draft.key or ""))
        if found is None:
            continue
        if found[0] == draft.body_hash:
            outcomes[index] = Receipt(found[1], replayed=True)
        else:
            outcomes[index] = KeyReused("this idempotency key was used with another body", field="idempotency_key")


def _told(draft: Draft) -> Told:
    message = MessageSent(draft.id, draft.queue, draft.sender, draft.message_type)
    return Told(message, draft.id, draft.actor, draft.trace, message.KIND)


def _accepted(drafts: Sequence[Draft], gate: Gate, bells: Bells) -> None:
    for draft in drafts:
        gate.queues.add(draft.queue)
        gate.unfinished[draft.queue][draft.sender] += 1
    for queue in {draft.queue for draft in drafts}:
        bells.ring(bell(queue))


def bell(queue: str) -> str:
    """The bell at which a queue's receivers wait."""
    return f"queue {queue}"
