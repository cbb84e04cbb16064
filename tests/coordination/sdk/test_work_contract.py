"""Messages and events at the real Conductor and at the one in memory alike."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest
from tests.coordination.sdk.conftest import RealWorld, World

from harmony.kernel.chance import SeededChance
from harmony.kernel.clock import SystemClock
from harmony.sdk.batches import Batches
from harmony.sdk.errors import Refused, Rejected
from harmony.sdk.fakes import InMemoryConductor
from harmony.sdk.inbox import Inbox
from harmony.sdk.member import Member
from harmony.sdk.model import Event, Letter

ENOUGH_SECONDS = 20


@dataclass
class Done:
    """What a handler was given, and who waits for how many."""

    letters: list[Letter] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, letter: Letter) -> None:
        self.letters.append(letter)
        self.more.set()

    async def are(self, many: int) -> list[Letter]:
        async with asyncio.timeout(ENOUGH_SECONDS):
            while len(self.letters) < many:
                self.more.clear()
                await self.more.wait()
        return self.letters


async def test_messages_are_done_once_in_order_of_their_sending(world: World) -> None:
    done = Done()
    async with Member("hub", conductor=world.door()) as hub:
        sync = Member("sync", conductor=world.door())
        sync.on_message("note")(done.take)
        async with sync:
            ids = await asyncio.gather(*(hub.send("sync", "note", {"number": n}) for n in range(30)))
            assert len(set(ids)) == 30
            letters = await done.are(30)
    assert [letter.payload["number"] for letter in letters] == list(range(30))
    assert [letter.id for letter in letters] == list(ids)
    assert {(letter.sender, letter.type, letter.attempt) for letter in letters} == {("hub", "note", 1)}


async def test_a_message_that_is_rejected_does_not_come_again(world: World) -> None:
    done, tries = Done(), []
    sync = Member("sync", conductor=world.door())

    @sync.on_message("hard")
    async def hard(letter: Letter) -> None:
        tries.append(letter.attempt)
        raise Rejected(422, "this can never be done")

    sync.on_message("note")(done.take)
    async with sync:
        await sync.send("sync", "hard")
        await sync.send("sync", "note", "after it")
        assert [letter.payload for letter in await done.are(1)] == ["after it"]
    assert tries == [1]


async def test_a_message_whose_handler_failed_comes_again() -> None:
    done, sync = Done(), Member("sync", conductor=InMemoryConductor())

    @sync.on_message()
    def stumble(letter: Letter) -> None:
        done.take(letter)
        if letter.attempt == 1:
            raise ZeroDivisionError

    async with sync:
        await sync.send("sync", "note")
        assert [letter.attempt for letter in await done.are(2)] == [1, 2]


async def test_one_key_is_one_message(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub:
        first = await hub.send("sync", "note", 1, key="once")
        assert await hub.send("sync", "note", 1, key="once") == first


async def test_one_message_that_is_refused_harms_no_other_of_its_batch(real: RealWorld) -> None:
    async with Member("hub", conductor=real.door()) as hub:
        assert await hub.send("sync", "note", 1, key="once")
        outcomes = await asyncio.gather(
            hub.send("sync", "note", 2), hub.send("sync", "note", 3, key="once"), return_exceptions=True
        )
    assert isinstance(outcomes[0], str)
    assert isinstance(outcomes[1], Refused)


@dataclass
class Kept:
    """``Positions`` in memory."""

    position: str | None = None

    def load(self) -> str | None:
        return self.position

    def save(self, position: str) -> None:
        self.position = position


async def some(
    member: Member, pattern: str, many: int, kept: Kept | None = None, after: str | None = None
) -> list[Event]:
    found: list[Event] = []
    async with asyncio.timeout(ENOUGH_SECONDS), aclosing(member.events(pattern, after=after, positions=kept)) as events:
        async for event in events:
            found.append(event)
            if len(found) == many:
                break
    return found


async def test_a_follower_goes_on_over_a_restart_without_a_gap_or_a_double(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub:
        seen: list[Event] = []

        async def follow() -> None:
            async with aclosing(hub.events("entity-*", after=None)) as events:
                async for event in events:
                    seen.append(event)
                    if event.data.get("number") == 5:
                        return

        following = asyncio.create_task(follow())
        async with asyncio.timeout(ENOUGH_SECONDS):
            while not seen:
                await hub.broadcast("entity-created", {"number": -1})
                await asyncio.sleep(0)
            for number in range(3):
                await hub.broadcast("entity-created", {"number": number})
            await world.restart()
            for number in range(3, 6):
                await hub.broadcast("other", {})
                await hub.broadcast("entity-created", {"number": number})
            await following
    assert [one.data["number"] for one in seen if one.data["number"] >= 0] == list(range(6))
    assert [one.previous for one in seen[1:]] == [one.revision for one in seen[:-1]]


async def test_a_new_process_goes_on_where_the_last_one_stopped(world: World) -> None:
    kept = Kept()
    async with Member("hub", conductor=world.door()) as hub:
        begin = await world.door().end_of_log()
        for number in range(4):
            await hub.broadcast("tick", {"number": number})
        first = await some(hub, "tick", 2, kept, begin)
        again = await some(hub, "tick", 3, kept)
    assert [one.data["number"] for one in first + again] == [0, 1, 1, 2, 3], "what was not asked past is told again"


async def test_a_place_in_another_log_is_reset(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub:
        (reset,) = await some(hub, "*", 1, after="otherlog:3")
    assert (reset.name, reset.data["reason"]) == ("reset", "foreign")


async def test_no_more_is_in_hand_than_was_said(world: World) -> None:
    open_now, most, done = 0, 0, Done()
    sync = Member("sync", conductor=world.door())

    @sync.on_message("note", at_once=3)
    async def note(letter: Letter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0)
        open_now -= 1
        done.take(letter)

    async with sync:
        await asyncio.gather(*(sync.send("sync", "note", n) for n in range(20)))
        await done.are(20)
    assert 1 <= most <= 3


async def test_whose_lease_is_lost_stops_working() -> None:
    conductor, stopped = InMemoryConductor(), asyncio.Event()
    inbox = Inbox(conductor, "sync", lambda: None, Quick(), SeededChance(1))

    async def slow(letter: Letter) -> None:
        if letter.attempt > 1:
            return
        try:
            conductor.end_lease(letter.id)
            await asyncio.Event().wait()
        finally:
            stopped.set()

    inbox.handlers["note"] = slow
    running = asyncio.create_task(inbox.run())
    await conductor.send([{"from": "hub", "to": "sync", "message_type": "note", "payload": None}])
    async with asyncio.timeout(ENOUGH_SECONDS):
        await stopped.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


class Quick(SystemClock):
    """Nobody waits for time here."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


async def test_what_is_asked_at_the_same_time_goes_together_and_each_has_its_own_outcome() -> None:
    batches: list[list[int]] = []

    async def deliver(items: list[int]) -> list[int | Exception]:
        batches.append(items)
        await asyncio.sleep(0)
        if 99 in items:
            raise ZeroDivisionError
        return [ValueError() if item == 2 else item * 10 for item in items]

    gathering: Batches[int, int] = Batches(deliver, 3)
    outcomes = await asyncio.gather(*(gathering.add(n) for n in range(7)), return_exceptions=True)
    assert [one if isinstance(one, int) else type(one) for one in outcomes] == [0, 10, ValueError, 30, 40, 50, 60]
    assert batches == [[0, 1, 2], [3, 4, 5], [6]]
    with pytest.raises(ZeroDivisionError):
        await gathering.add(99)
