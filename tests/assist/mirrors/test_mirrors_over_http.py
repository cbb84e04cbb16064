"""echo-git-sync's calls, and wishes from the queue."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from tests.assist.conftest import Live
from tests.assist.mirrors.repositories import World
from tests.assist.stories import json_of

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.apps.links.mirror_requests import QueuedRequests
from harmony.assist.mirrors import jobs
from harmony.assist.mirrors.fakes import Wishes
from harmony.assist.mirrors.git import Git
from harmony.assist.mirrors.model import REMOTES_LIMIT, SyncRequest
from harmony.assist.mirrors.ports import SyncRequests
from harmony.coordination.queue.service import look
from harmony.coordination.queue.writer import Writer

BASE = "/echo-git-sync"


@pytest_asyncio.fixture
async def served(live: Live, world: World) -> AsyncIterator[World]:
    """The calls with the world's git behind them."""
    house = live.app.state.house
    house.ports[Git] = world.git
    yield world


async def post(live: Live, path: str, body: Any, status: int = 201, who: str = "olga") -> Any:
    return await json_of(await live[who].post(BASE + path, json=body), status)


async def get(live: Live, path: str, status: int = 200) -> Any:
    return await json_of(await live["wanda"].get(BASE + path), status)


async def test_a_repository_is_kept_alike_over_http_and_its_status_has_the_printed_fields(
    live: Live, served: World
) -> None:
    empty = await get(live, "/sync-status")
    assert (empty["branch"], empty["remotes"], empty["failed_count"], empty["last_integrity"]) == (None, [], 0, None)
    served.make("one", "two")
    commit = served.commit("root")
    served.push("one")
    await post(live, "/repositories", {"name": "story"})
    for name in ("one", "two"):
        made = {"name": name, "url": served.url(name)}
        assert await post(live, "/repositories/story/remotes", made) == await post(
            live, "/repositories/story/remotes", made
        )
    other = {"name": "one", "url": served.url("two")}
    assert (await post(live, "/repositories/story/remotes", other, 409))["code"] == "mirrors.remote_exists"
    run = await post(live, "/repositories/story/sync", {}, 200)
    status = await get(live, "/sync-status")
    assert (run["state"], status["branch"], status["dry_run"]) == ("synced", "main", False)
    assert [(one["name"], one["online"], one["last_result"], one["error"]) for one in status["remotes"]] == [
        ("one", True, "synced", None),
        ("two", True, "synced", None),
    ]
    assert status["last_integrity"]["commit"] == commit and status["last_integrity"]["hash"] == run["hash"]
    asked = {"request_id": "r", "from": "sherlock-hub", "request_type": "get-sync-status", "payload": None}
    assert await json_of(await live["wanda"].post(f"{BASE}/request", json=asked), 200) == status
    refused = await post(live, "/repositories/story/sync", {"force": True}, 409)
    assert refused["code"] == "mirrors.force_refused" and "ever overwritten" in refused["hint"]
    assert [one["state"] for one in (await get(live, "/repositories/story/runs"))["runs"]] == ["refused", "synced"]
    await json_of(await live["olga"].delete(f"{BASE}/repositories/story/remotes/two"), 200)
    await json_of(await live["olga"].delete(f"{BASE}/repositories/story/remotes/two"), 404)
    await json_of(await live["olga"].delete(f"{BASE}/repositories/story"), 200)
    assert served.refs("two")["refs/heads/main"] == commit, "what a remote holds is not ours to take"


@pytest.mark.parametrize("name", ["../up", "-x", "a..b", "x.lock", "x.git", "UP", "", "a/b", "x" * 64])
async def test_a_name_that_could_be_a_path_or_an_option_is_refused(live: Live, served: World, name: str) -> None:
    assert (await post(live, "/repositories", {"name": name}, 422))["details"]["field"] == "name"


async def test_limits_and_permissions_of_mirrors(live: Live, served: World) -> None:
    await post(live, "/repositories", {"name": "story"}, 403, who="cora")
    await post(live, "/repositories", {"name": "story"})
    for number in range(REMOTES_LIMIT):
        body = {"name": f"r{number}", "url": f"https://git.example.org/{number}.git"}
        await post(live, "/repositories/story/remotes", body)
    beyond = {"name": "more", "url": "https://git.example.org/more.git"}
    assert (await post(live, "/repositories/story/remotes", beyond, 409))["code"] == "mirrors.too_many"
    secret = {"name": "more", "url": "https://ada:hunter2@git.example.org/x.git"}
    refused = await post(live, "/repositories/story/remotes", secret, 422)
    assert refused["details"]["field"] == "url" and "hunter2" not in str(refused)
    await get(live, "/sync-status?repository=%00", 404)


class Sender:
    """Puts wishes where the port under test finds them, and says what became of them."""

    def __init__(self, database: Database, kind: str) -> None:
        self.database = database
        self.fake = Wishes()
        self.writer = Writer(database, Bells())
        self.port: SyncRequests = self.fake if kind == "in memory" else QueuedRequests(database)

    async def send(self, **payload: Any) -> str:
        message_type = payload.pop("message_type", "sync-request")
        if isinstance(self.port, Wishes):
            name, force = payload.get("repository"), payload.get("force", False)
            fault = None if message_type == "sync-request" else "only sync-request is taken"
            wish = SyncRequest(
                f"m{len(self.fake.waiting)}", "lease", name if not fault else None, force, "0" * 32, fault
            )
            self.fake.waiting.append(wish)
            return wish.id
        message = {"from": "sherlock-hub", "to": "echo-git-sync", "message_type": message_type, "payload": payload}
        async with self.database.begin() as uow:
            return await self.writer.send_with(uow, message)

    async def fates(self) -> tuple[int, list[str]]:
        """How many come again, and why the others are dead."""
        if isinstance(self.port, Wishes):
            return len(self.fake.waiting), [reason for _, reason in self.fake.dead]
        async with self.database.reading() as connection:
            [depth] = await look.list_depths(connection)
            dead = (await look.list_dead(connection, "echo-git-sync", None, None, 10)).items
        return depth.ready + depth.scheduled, [str(one.reason) for one in dead]


@pytest.fixture(params=["in memory", "in the queue"])
def sender(database: Database, request: pytest.FixtureRequest) -> Sender:
    return Sender(database, request.param)


async def test_a_wish_from_the_queue_is_carried_out_once(world: World, sender: Sender) -> None:
    world.make("one", "two")
    world.commit("root")
    world.push("one")
    await world.mirror("one", "two")
    assert await jobs.take_request(world.database, world.git, sender.port) == 0
    await sender.send(repository="story", force=False)
    assert await jobs.take_request(world.database, world.git, sender.port) == 1
    assert world.refs("one") == world.refs("two")
    assert await sender.fates() == (0, [])


async def test_a_wish_that_can_never_succeed_is_kept_with_its_reason(world: World, sender: Sender) -> None:
    world.make("one")
    await world.mirror("one")
    await sender.send(repository="story", force=True)
    await sender.send(repository="unknown")
    await sender.send(repository="story", message_type="delete-everything")
    while await jobs.take_request(world.database, world.git, sender.port):
        pass
    again, reasons = await sender.fates()
    assert again == 0
    assert sorted(reason.split(":")[0] for reason in reasons) == [
        "mirrors.force_refused",
        "mirrors.repository_unknown",
        "mirrors.request_unfit",
    ]


async def test_a_wish_that_may_succeed_later_comes_again(world: World, sender: Sender) -> None:
    world.make("one")
    await world.mirror("one")
    world.bare("one").rename(world.folder / "away")
    await sender.send(repository="story")
    assert await jobs.take_request(world.database, world.git, sender.port) == 1
    assert await sender.fates() == (1, [])


async def test_a_wish_whose_acknowledgement_was_lost_is_not_carried_out_twice(world: World) -> None:
    world.make("one")
    await world.mirror("one")
    wishes = Wishes()
    wish = SyncRequest("message-1", "lease", "story", False, "0" * 32)
    for _ in range(2):
        wishes.waiting.append(wish)
        assert await jobs.take_request(world.database, world.git, wishes) == 1
    async with world.database.reading() as connection:
        depths = await look.list_depths(connection)
    assert wishes.finished == ["message-1", "message-1"] and depths == []


async def test_an_answer_of_another_kind_is_no_sync(live: Live, served: World) -> None:
    answer: httpx.Response = await live["wanda"].post(f"{BASE}/request", json={"request_type": "push --force"})
    assert (await json_of(answer, 404))["code"] == "mirrors.request_unknown"
