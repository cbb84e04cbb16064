"""assist asks coordination: which repositories does somebody wish to be compared?"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass

from harmony.adapters.db.pool import Database
from harmony.assist.mirrors.model import SyncRequest
from harmony.assist.mirrors.ports import LEASE_SECONDS
from harmony.coordination.queue.errors import LeaseLost
from harmony.coordination.queue.model import DEFAULT_GROUP, REASON_LIMIT_CHARACTERS, Ask, Delivery
from harmony.coordination.queue.service import deliver

QUEUE = "echo-git-sync"
MESSAGE_TYPE = "sync-request"


@dataclass(frozen=True, slots=True)
class QueuedRequests:
    """``SyncRequests`` in the queue of echo-git-sync: a lease is ours until it ends or is answered."""

    database: Database

    async def take(self) -> SyncRequest | None:
        async with self.database.begin(actor=QUEUE) as uow:
            found = await deliver.receive(uow, Ask(QUEUE, DEFAULT_GROUP, QUEUE, False, 1, LEASE_SECONDS))
        return _request(found[0]) if found else None

    async def extend(self, request: SyncRequest) -> None:
        with contextlib.suppress(LeaseLost):
            async with self.database.begin(actor=QUEUE, trace=request.trace) as uow:
                await deliver.extend(uow, request.id, request.lease_id, LEASE_SECONDS)

    async def done(self, request: SyncRequest) -> None:
        with contextlib.suppress(LeaseLost):
            async with self.database.begin(actor=QUEUE, trace=request.trace) as uow:
                await deliver.acknowledge(uow, [(request.id, request.lease_id)])

    async def give_back(self, request: SyncRequest, reason: str) -> None:
        with contextlib.suppress(LeaseLost):
            async with self.database.begin(actor=QUEUE, trace=request.trace) as uow:
                await deliver.reject(uow, request.id, request.lease_id, reason[:REASON_LIMIT_CHARACTERS])

    async def give_up(self, request: SyncRequest, reason: str) -> None:
        with contextlib.suppress(LeaseLost):
            async with self.database.begin(actor=QUEUE, trace=request.trace) as uow:
                await deliver.terminate(uow, request.id, request.lease_id, reason[:REASON_LIMIT_CHARACTERS])


def _request(message: Delivery) -> SyncRequest:
    """What the message wishes, or why it cannot be understood."""
    assert message.lease_id is not None
    try:
        payload = json.loads(message.payload)
    except (ValueError, RecursionError):  # too deep to be read: it must not come again and again
        payload = None
    repository = payload.get("repository") if isinstance(payload, dict) else None
    force = payload.get("force", False) if isinstance(payload, dict) else False
    fault = None
    if message.message_type != MESSAGE_TYPE:
        fault = f"only {MESSAGE_TYPE} is taken"
    elif not isinstance(repository, str):
        fault = "the payload names no repository"
    elif not isinstance(force, bool):
        fault = "force is true or false"
    named = repository if isinstance(repository, str) and fault is None else None
    return SyncRequest(message.id, message.lease_id, named, force is True, message.trace, fault)
