"""The one writer of a process: many senders' messages in one transaction, so that they share one wait for the disk.

While a transaction is being committed, the next messages gather; nobody waits for a timer.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.coordination.queue.errors import MessageInvalid
from harmony.coordination.queue.model import Draft, Receipt
from harmony.coordination.queue.schemas import Sending, SendMessage
from harmony.coordination.queue.service.send import Gate, Outcome, send
from harmony.kernel.errors import Refusal, Unavailable

WRITE_LIMIT_MESSAGES = 500
WAITING_LIMIT_MESSAGES = 20_000


class WriterBusy(Unavailable):
    code = "queue.writer_busy"
    hint = "Send again in a second, with the same idempotency key; nothing of this was accepted."


class Writer:
    """Accepts messages on behalf of their senders and answers once they are durable."""

    def __init__(self, database: Database, bells: Bells, gate: Gate | None = None) -> None:
        self.database = database
        self.bells = bells
        self.gate = gate or Gate()
        self._waiting: deque[tuple[Draft, asyncio.Future[Outcome]]] = deque()
        self._task: asyncio.Task[None] | None = None

    async def send(self, draft: Draft) -> Receipt:
        """The receipt of a message that is durable; raises the refusals of the queue and ``WriterBusy``."""
        [outcome] = await self.send_all([draft])
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome

    async def send_all(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """A receipt or a refusal for each message; they enter their queues in this order."""
        if len(self._waiting) + len(drafts) > WAITING_LIMIT_MESSAGES:
            details = {"retry_after_seconds": 1}
            raise WriterBusy(f"{WAITING_LIMIT_MESSAGES} messages wait to be written", details=details)
        loop = asyncio.get_running_loop()
        futures: list[asyncio.Future[Outcome]] = [loop.create_future() for _ in drafts]
        self._waiting.extend(zip(drafts, futures, strict=True))
        if self._task is None:
            self._task = asyncio.create_task(self._write(), name="queue writer")
        return [await future for future in futures] if len(futures) > 1 else [await futures[0]]

    async def send_with(self, uow: UnitOfWork, message: Mapping[str, Any]) -> str:
        """Send a message (the body of ``POST /queue/send``) in the caller's transaction; its id.

        Raises the queue's refusals: then nothing of the transaction may be committed.
        """
        try:
            sent = msgspec.json.decode(msgspec.json.encode(message), type=SendMessage)
        except msgspec.ValidationError as error:
            raise MessageInvalid(str(error), field="message") from error
        body = msgspec.json.encode(message)
        draft = sent.to_draft(Sending(uow.now, uow.ids, uow.actor, uow.trace), None, body, "message.")
        [outcome] = await send(uow, [draft], self.gate, self.bells)
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome.message_id

    async def _write(self) -> None:
        try:
            while self._waiting:
                many = min(len(self._waiting), WRITE_LIMIT_MESSAGES)
                await self._write_batch([self._waiting.popleft() for _ in range(many)])
        finally:
            self._task = None

    async def _write_batch(self, batch: list[tuple[Draft, asyncio.Future[Outcome]]]) -> None:
        try:
            async with self.database.begin() as uow:
                outcomes = await send(uow, [draft for draft, _ in batch], self.gate, self.bells)
        except BaseException as error:  # whatever it was, each sender must hear of it, and none may wait for ever
            for _, future in batch:
                if not future.done():
                    future.set_exception(error if isinstance(error, Exception) else WriterBusy("the server ends"))
            if not isinstance(error, Exception):
                raise
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():  # a caller that hung up waits no more; its message is sent all the same
                future.set_result(outcome)
