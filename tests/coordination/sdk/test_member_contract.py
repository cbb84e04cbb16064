"""What a member may rely on, at the real Conductor and at the one in memory alike."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from tests.coordination.sdk.conftest import World

from harmony.sdk.errors import ConductorAway, Refused, Rejected
from harmony.sdk.member import Member
from harmony.sdk.model import Request

PATIENCE_SECONDS = 20


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Look again until it is so; other work goes on between two looks."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await true():
            await asyncio.sleep(0)


async def test_a_member_registers_beats_and_is_listed(world: World) -> None:
    async with Member("hub", port=8000, capabilities=["search"], conductor=world.door()) as member:
        assert member.component_id == "hub-001"
        view = await member.services(capability="search")
        assert [one["component_id"] for one in view.services] == ["hub-001"]
        assert view.fresh
        assert [one["component_id"] for one in (await member.services()).of_component("hub")] == ["hub-001"]


async def test_whoever_registers_again_is_the_same(world: World) -> None:
    for _ in range(2):
        async with Member("hub", port=8000, conductor=world.door()) as member:
            assert member.component_id == "hub-001"
    async with Member("hub", port=8001, conductor=world.door()) as other:
        assert other.component_id == "hub-002"


async def test_who_leaves_is_listed_no_more(world: World) -> None:
    async with Member("watcher", conductor=world.door()) as watcher:
        async with Member("hub", conductor=world.door()):
            assert len((await watcher.services()).services) == 2
        assert [one["component"] for one in (await watcher.services()).services] == ["watcher"]


async def test_a_member_is_asked_over_its_stream_and_answers(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub, Member("sync", conductor=world.door()) as sync:

        @sync.on("get-sync-status")
        async def status(request: Request) -> dict[str, Any]:
            return {"asked_by": request.sender, "payload": request.payload, "via": list(request.via)}

        await reached(hub, "sync")
        answer = await hub.ask("sync", "get-sync-status", {"deep": [1, None, "ä"]})
        assert answer == {"asked_by": "hub", "payload": {"deep": [1, None, "ä"]}, "via": ["hub"]}


async def reached(member: Member, name: str) -> None:
    """Until the other has beaten over its stream."""

    async def answers() -> bool:
        try:
            return bool(await member.ask(name, "ping", idempotent=True) == "pong")
        except Refused:
            return False

    await until(answers)


async def test_a_ping_is_answered_pong(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub, Member("sync", conductor=world.door()):
        await reached(hub, "sync")


@pytest.mark.parametrize(
    ("request_type", "status", "response"),
    [
        ("unheard-of", 404, "unheard-of is not known here"),
        ("refuses", 409, {"why": "not now"}),
        ("fails", 500, "the handler failed: ZeroDivisionError"),
    ],
)
async def test_a_refusal_is_handed_on_with_its_status(
    world: World, request_type: str, status: int, response: object
) -> None:
    async with Member("hub", conductor=world.door()) as hub, Member("sync", conductor=world.door()) as sync:

        @sync.on("refuses")
        def refuses(request: Request) -> None:
            raise Rejected(409, {"why": "not now"})

        @sync.on("fails")
        def fails(request: Request) -> float:
            return 1 / 0

        await reached(hub, "sync")
        with pytest.raises(Refused) as refused:
            await hub.ask("sync", request_type)
        assert refused.value.refusal_code == "requests.target_refused"
        assert refused.value.details["response_status"] == status
        assert refused.value.details["response"] == response


async def test_nobody_who_could_answer_is_said_at_once(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub:
        with pytest.raises(Refused) as refused:
            await hub.ask("nobody", "ping")
        assert (refused.value.refusal_code, refused.value.http_status) == ("requests.no_responders", 503)


async def test_one_key_has_one_effect(world: World) -> None:
    counted: list[str] = []
    async with Member("hub", conductor=world.door()) as hub, Member("sync", conductor=world.door()) as sync:

        @sync.on("count")
        def count(request: Request) -> int:
            counted.append(request.key)
            return len(counted)

        await reached(hub, "sync")
        assert [await hub.ask("sync", "count", key="once") for _ in range(3)] == [1, 1, 1]
        assert len(counted) == 1
        with pytest.raises(Refused) as refused:
            await hub.ask("sync", "count", "another payload", key="once")
        assert refused.value.refusal_code == "db.idempotency_key_reused"


async def test_a_request_that_goes_in_a_circle_is_stopped(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub, Member("sync", conductor=world.door()) as sync:

        @sync.on("bounce")
        async def bounce(request: Request) -> Any:
            try:
                return await sync.ask("hub", "bounce", serving=request)
            except Refused as refused:
                return refused.refusal_code

        await reached(hub, "sync")
        assert await hub.ask("sync", "bounce") == "requests.cyclic"


async def test_a_command_is_carried_out_once_and_acknowledged(world: World) -> None:
    carried: list[Mapping[str, Any]] = []
    async with Member("hub", conductor=world.door()) as hub:
        assert hub.component_id is not None

        @hub.on_command("reload")
        def reload(arguments: Mapping[str, Any]) -> None:
            carried.append(arguments)

        await world.command(hub.component_id, "reload", {"what": "rules"})
        await world.command(hub.component_id, "unheard-of", {})
        hub.beat()

        async def acknowledged() -> bool:
            return len(await world.open_commands("hub-001")) == 1

        await until(acknowledged)
        assert carried == [{"what": "rules"}]


async def test_members_come_back_after_a_restart_of_the_conductor(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub, Member("sync", conductor=world.door()):
        await reached(hub, "sync")
        await world.restart()

        async def there() -> bool:
            try:
                return bool(await hub.ask("sync", "ping", idempotent=True) == "pong")
            except (Refused, ConductorAway):
                return False

        await until(there)
        listed = (await hub.services()).services
        assert [one["component_id"] for one in listed] == ["hub-001", "sync-001"]


async def test_the_last_view_is_kept_while_the_conductor_is_away(world: World) -> None:
    async with Member("hub", conductor=world.door()) as hub:
        fresh = await hub.services()
        await world.stop()
        stale = await hub.services()
        assert ([one["component_id"] for one in stale.services], stale.fresh) == (["hub-001"], False)
        assert fresh.fresh
        with pytest.raises(ConductorAway):
            await hub.ask("sync", "ping")
        await world.start()
