"""What is asked one by one goes out together: while one batch is on its way, the next one gathers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Batches(Generic[Item, Outcome]):
    """``deliver`` is given up to ``limit`` items at once, and answers with the outcome of each; nobody waits for a
    timer, so a single item goes at once."""

    def __init__(self, deliver: Callable[[list[Item]], Awaitable[Sequence[Outcome | Exception]]], limit: int) -> None:
        self._deliver = deliver
        self._limit = limit
        self._gathered: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._going: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Outcome:
        """The outcome of ``item``; an exception among the outcomes is raised here, one of the batch in all of it."""
        coming: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._gathered.append((item, coming))
        if self._going is None:
            self._going = asyncio.create_task(self._go(), name="sdk batches")
        return await coming

    async def _go(self) -> None:
        try:
            while self._gathered:
                taken, self._gathered = self._gathered[: self._limit], self._gathered[self._limit :]
                try:
                    outcomes = await self._deliver([item for item, _ in taken])
                except Exception as error:  # whatever it was, each of them has to know
                    outcomes = [error] * len(taken)
                for (_, coming), outcome in zip(taken, outcomes, strict=True):
                    if coming.done():
                        continue
                    if isinstance(outcome, Exception):
                        coming.set_exception(outcome)
                    else:
                        coming.set_result(outcome)
        finally:
            self._going = None
            for _, coming in self._gathered:
                coming.cancel()
