"""The same promises over a WebSocket, on a real one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from tests.coordination.sdk.conftest import RealWorld
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from harmony.adapters.db.pool import Database

ENOUGH_SECONDS = 20.0


@pytest_asyncio.fixture
async def real(database: Database) -> AsyncIterator[RealWorld]:
    found = RealWorld(database)
    await found.start()
    yield found
    await found.stop()
    await found.carrier.close()


def watching(real: RealWorld, query: str = "", **headers: str) -> connect:
    address = real.url.replace("http", "ws") + "/events/subscribe?" + query
    return connect(address, proxy=None, compression=None, additional_headers=headers)


async def told(socket: ClientConnection) -> dict[str, Any]:
    """The next event, bookmarks left out."""
    async with asyncio.timeout(ENOUGH_SECONDS):
        while (frame := json.loads(await socket.recv()))["event"] == "bookmark":
            pass
    found: dict[str, Any] = frame
    return found


async def tell(real: RealWorld, many: int = 1, name: str = "entity-created") -> None:
    async with httpx.AsyncClient(base_url=real.url, trust_env=False) as client:
        for number in range(many):
            body = {"from": "hub", "event_type": name, "data": {"number": number}}
            assert (await client.post("/broadcast", json=body)).is_success


async def test_a_watcher_comes_back_over_a_cut_and_a_restart_without_a_gap(real: RealWorld) -> None:
    await tell(real, 2)
    seen = []
    async with watching(real, "event_type=entity-*&after=0") as socket:
        seen.append(await told(socket))
    async with watching(real, f"event_type=entity-*&after={seen[-1]['id']}") as socket:
        seen.append(await told(socket))
        await real.restart()
        with pytest.raises(ConnectionClosed) as closed:
            await told(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
    await tell(real, 1, "other")
    await tell(real)
    async with watching(real, f"event_type=entity-*&after={seen[-1]['id']}") as socket:
        seen.append(await told(socket))
    assert [(one["event"], one["data"]["number"]) for one in seen] == [("entity-created", n) for n in (0, 1, 0)]
    assert [one["prev"] for one in seen] == [0, *(one["revision"] for one in seen[:-1])]


async def test_a_foreign_position_is_reset_with_how_things_stand(real: RealWorld) -> None:
    async with watching(real, "after=otherlog:3") as socket:
        reset = await told(socket)
        assert (reset["event"], reset["data"]["reason"]) == ("reset", "foreign")
        assert reset["data"]["snapshot"] == {"services": "as they stand"}
        await tell(real)
        assert (await told(socket))["event"] == "entity-created"
    assert reset["id"].endswith(f":{reset['data']['revision']}")


async def test_a_watcher_that_talks_is_told_that_nothing_is_heard_here(real: RealWorld) -> None:
    async with watching(real) as socket:
        await socket.send("hello")
        with pytest.raises(ConnectionClosed) as closed:
            await told(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1003


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("event_type=a*b", "query.event_type"),
        ("trace=short", "query.trace"),
        ("since=yesterday", "query.since"),
        ("after=" + "x" * 65, "query.after"),
        ("after=here", "after"),
    ],
)
async def test_a_bad_question_is_refused_before_the_handshake(real: RealWorld, query: str, field: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with watching(real, query):
            raise AssertionError("it was let in")
    problem = json.loads(refused.value.response.body)
    assert (refused.value.response.status_code, problem["details"]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("headers", "status"), [({"Authorization": "Bearer hmy_forged"}, 401), ({"Origin": "http://evil.example"}, 403)]
)
async def test_a_watch_is_for_whom_it_is_for(real: RealWorld, headers: dict[str, str], status: int) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with watching(real, "", **headers):
            raise AssertionError("it was let in")
    assert refused.value.response.status_code == status
