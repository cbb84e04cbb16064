"""A member's messages: taken in hand, a bounded number at once, and finished by what their handlers did."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock
from harmony.kernel.retry import RetryPolicy
from harmony.sdk.batches import Batches
from harmony.sdk.errors import ConductorAway, Refused, Rejected
from harmony.sdk.model import BATCH_LIMIT_MESSAGES, LEASE_SECONDS, RECEIVE_WAIT_SECONDS, RENEW_SECONDS, Letter
from harmony.sdk.ports import Conductor

LetterHandler = Callable[[Letter], Any]
LOOKING_AGAIN = RetryPolicy(base_seconds=0.1, cap_seconds=5.0)


class Inbox:
    """Works while ``run`` does. A handler that returns has done the message; one that raises ``Rejected`` says that it
    can never be done; after any other error the message comes again, here or elsewhere."""

    def __init__(
        self, conductor: Conductor, component: str, consumer: Callable[[], str | None], clock: Clock, chance: Chance
    ) -> None:
        self.handlers: dict[str, LetterHandler] = {}
        self.at_once = 1
        self._conductor = conductor
        self._component, self._consumer = component, consumer
        self._clock, self._chance = clock, chance
        self._done: Batches[tuple[str, str], bool] = Batches(self._acknowledge, BATCH_LIMIT_MESSAGES)
        self._working: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """For ever; what is in hand when it is cancelled comes again, here or elsewhere."""
        failures = 0
        try:
            while True:
                while len(self._working) >= self.at_once:
                    await asyncio.wait(self._working, return_when=asyncio.FIRST_COMPLETED)
                try:
                    await self._take(self.at_once - len(self._working))
                    failures = 0
                except (ConductorAway, Refused):
                    failures += 1
                    await self._clock.sleep(LOOKING_AGAIN.delay_seconds(failures, self._chance))
        finally:
            for task in self._working:
                task.cancel()
            await asyncio.gather(*self._working, return_exceptions=True)

    async def _take(self, many: int) -> None:
        asked = {
            "component": self._component,
            "limit": min(many, BATCH_LIMIT_MESSAGES),
            "wait": RECEIVE_WAIT_SECONDS,
            "lease_seconds": LEASE_SECONDS,
        }
        consumer = self._consumer()
        for found in await self._conductor.receive(asked if consumer is None else {**asked, "consumer": consumer}):
            task = asyncio.create_task(self._work(Letter.of(found)), name="sdk letter")
            self._working.add(task)
            task.add_done_callback(self._working.discard)

    async def _work(self, letter: Letter) -> None:
        """Handle a message while its lease is renewed; whose lease is lost stops: somebody else has it."""
        tasks = [asyncio.ensure_future(self._handle(letter)), asyncio.ensure_future(self._renew(letter))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _handle(self, letter: Letter) -> None:
        held = {"message_id": letter.id, "lease_id": letter.lease_id}
        try:
            handler = self.handlers.get(letter.type) or self.handlers.get("*")
            if handler is None:
                await self._conductor.settle("reject", {**held, "reason": f"{letter.type} is not known here"})
                return
            try:
                result = handler(letter)
                if inspect.isawaitable(result):
                    await result
            except Rejected as rejected:
                await self._conductor.settle("terminate", {**held, "reason": str(rejected.body)[:200]})
            except Exception as error:  # a handler is somebody else's code: what it could not do comes again
                await self._conductor.settle("reject", {**held, "reason": type(error).__name__})
            else:
                await self._done.add((letter.id, letter.lease_id))
        except (ConductorAway, Refused):
            return  # the lease ends by itself, and the message comes again

    async def _renew(self, letter: Letter) -> None:
        """Until the lease is lost. A Conductor that is away may be back before the lease ends."""
        held = {"message_id": letter.id, "lease_id": letter.lease_id, "seconds": LEASE_SECONDS}
        while True:
            await self._clock.sleep(RENEW_SECONDS)
            try:
                await self._conductor.settle("extend", held)
            except ConductorAway:
                continue
            except Refused:
                return

    async def _acknowledge(self, held: list[tuple[str, str]]) -> list[bool]:
        finished = await self._conductor.acknowledge(held)
        return [message_id in finished for message_id, _ in held]
