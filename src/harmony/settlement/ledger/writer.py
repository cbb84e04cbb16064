"""The batching writer: many callers' chains in one durable commit, for moves that change nothing else.

One batch is written while the next is gathered and the last is answered. Whoever must change something else in the same
transaction calls ``service.post`` there; both end in the same SQL function. One a process: ``House.port(Writer)``.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from harmony.adapters.db.pool import Database
from harmony.kernel.errors import Refusal
from harmony.settlement.ledger import service
from harmony.settlement.ledger.errors import WriterFull
from harmony.settlement.ledger.model import Move, Order, Posted, check

QUEUE_LIMIT_ORDERS = 2_000
"""Chains that are queued or being written; whoever comes later waits for a place."""
WAITING_LIMIT_CALLERS = 10_000
"""Callers that wait for a place; one more is refused."""
BATCH_LIMIT_MOVES = 500
"""Moves in one commit. A chain is never cut."""


@dataclass(slots=True)
class _Waiting:
    order: Order
    answer: asyncio.Future[list[Posted]]


class Writer:
    """Groups what is posted at the same time. An answer is given after the commit that made it durable."""

    def __init__(self, database: Database, *, queue_limit: int = QUEUE_LIMIT_ORDERS) -> None:
        self._database = database
        self._places = asyncio.Semaphore(queue_limit)
        self._waiting_callers = 0
        self._queue: deque[_Waiting] = deque()
        self._writing: asyncio.Task[None] | None = None

    async def post(self, moves: Sequence[Move], *, actor: str, trace: str) -> list[Posted]:
        """Post a linked chain, once per id, durably; raises what ``service.post`` raises, and ``WriterFull``.

        ``DatabaseUnavailable`` leaves open whether it was posted: repeat it with its ids. Who stops waiting may find
        it posted all the same.
        """
        check(moves)
        await self._place()
        waiting = _Waiting(Order(tuple(moves), actor, trace), asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all(), name="ledger writer")
        return await waiting.answer

    async def _place(self) -> None:
        if self._places.locked() and self._waiting_callers >= WAITING_LIMIT_CALLERS:
            raise WriterFull("too many transfers wait to be written", details={"retry_after_seconds": 1})
        self._waiting_callers += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting_callers -= 1

    async def _write_all(self) -> None:
        try:
            while batch := self._next_batch():
                try:
                    await self._write(batch)
                finally:
                    for waiting in batch:
                        self._places.release()
                        if not waiting.answer.done():  # only when the writer itself is being cancelled
                            waiting.answer.cancel()
        finally:
            # In the same step as finding the queue empty: whoever comes next begins again.
            self._writing = None

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        moves = 0
        while self._queue and (not batch or moves + len(self._queue[0].order.moves) <= BATCH_LIMIT_MOVES):
            waiting = self._queue.popleft()
            if waiting.answer.cancelled():  # nobody waits for it and nothing of it has begun
                self._places.release()
                continue
            batch.append(waiting)
            moves += len(waiting.order.moves)
        return batch

    async def _write(self, batch: Sequence[_Waiting]) -> None:
        try:
            async with self._database.begin() as uow:
                outcomes = await service.post_orders(uow, [waiting.order for waiting in batch])
        except Refusal as refusal:  # the database is gone; each caller decides whether to repeat
            for waiting in batch:
                _fail(waiting, refusal)
        except Exception as error:  # whatever one of them brought, a deadlock or text without an encoding, is its own
            if len(batch) == 1:
                _fail(batch[0], error)
                return
            for waiting in batch:
                await self._write([waiting])
        else:
            for waiting, outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, Refusal):
                    _fail(waiting, outcome)
                elif not waiting.answer.done():
                    waiting.answer.set_result(outcome)


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)
