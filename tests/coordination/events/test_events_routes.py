"""Events on the wire: pages, and streams read frame by frame through the application itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, MutableMapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI

from harmony.adapters.db.pool import Database
from harmony.adapters.http.streams import PLACES, STREAMS_LIMIT
from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.model import Principal
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal import service as journal_service
from harmony.coordination.events.model import DATA_LIMIT_BYTES, EVENTS_LIMIT, STREAM_LIFE_SECONDS, Bookmark
from harmony.coordination.events.routes import router
from harmony.coordination.events.schemas import KEEP_ALIVE, STREAM_BEGINS, to_text
from harmony.kernel.clock import VirtualClock
from harmony.messages.coordination import ComponentDegraded, ComponentRecovered
from harmony.messages.identity import SignedIn
from harmony.messages.message import Message

ENOUGH_SECONDS = 10.0
"""How long a test waits for what must come; never how long it waits for nothing to come."""


async def tell(conductor: FastAPI, *messages: Message, trace: str = "a" * 32) -> None:
    """Journal each message in a transaction of its own, stamp, and wake the followers."""
    house: House = conductor.state.house
    for message in messages:
        async with house.database.begin(trace=trace) as uow:
            await journal_service.append(uow, message, subject="hub-001")
    await journal_jobs.stamp(house.database)
    house.journal.moved()


def degraded(number: int = 1) -> ComponentDegraded:
    return ComponentDegraded(f"hub-{number:03d}", "hub", "healthy", "missed")


def recovered(number: int = 1) -> ComponentRecovered:
    return ComponentRecovered(f"hub-{number:03d}", "hub", "degraded")


@dataclass
class Frames:
    """An open stream: its status, and the blocks of text as they come."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    parts: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def text(self) -> str | None:
        """The next block as it was sent; None at the end of the stream."""
        return await asyncio.wait_for(self.parts.get(), ENOUGH_SECONDS)

    async def event(self) -> dict[str, Any]:
        """The next event, keep-alives left out."""
        while (text := await self.text()) in (STREAM_BEGINS, KEEP_ALIVE):
            pass
        assert text is not None, "the stream has ended"
        assert text.endswith("\n\n")
        lines = dict(line.split(": ", 1) for line in text.strip().split("\n"))
        return {"id": lines["id"], "name": lines["event"], **json.loads(lines["data"])}

    async def listening(self) -> None:
        """Until the stream has looked once and found nothing."""
        while await self.text() != KEEP_ALIVE:
            pass

    async def end(self) -> None:
        while await self.text() is not None:
            pass

    async def receive(self) -> dict[str, Any]:
        await self.closed.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message.get("body"):
            await self.parts.put(message["body"].decode())


@asynccontextmanager
async def subscribed(
    conductor: FastAPI, headers: dict[str, str] | None = None, path: str = "/events/subscribe", **query: str
) -> AsyncIterator[Frames]:
    """A subscriber on loopback, who hangs up when the block ends."""
    frames = Frames()
    sent = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": urlencode(query).encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost:8888"), *sent],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8888),
    }

    async def run() -> None:
        try:
            await conductor(scope, frames.receive, frames.send)
        finally:
            await frames.parts.put(None)

    answering = asyncio.create_task(run())
    try:
        yield frames
    finally:
        frames.closed.set()
        await asyncio.wait_for(answering, ENOUGH_SECONDS)


def as_role(conductor: FastAPI, role: str) -> dict[str, str]:
    house: House = conductor.state.house
    principal = Principal("person-otto", "person", "Otto Example", (role,))
    return {"Authorization": "Bearer " + house.signer.sign(principal, house.database.clock.now().timestamp())}


async def test_events_are_read_in_order_with_the_one_before(client: httpx.AsyncClient, conductor: FastAPI) -> None:
    await tell(conductor, degraded(1), SignedIn("person-otto"), recovered(1))
    page = (await client.get("/events")).json()
    assert [(event["event"], event["revision"], event["prev"]) for event in page["events"]] == [
        ("component.degraded", 1, 0),
        ("component.recovered", 3, 1),
    ]
    first = page["events"][0]
    epoch = first["id"].partition(":")[0]
    assert first["id"] == f"{epoch}:1"
    assert first["kind"] == "coordination.component.degraded"
    assert first["data"] == {
        "component_id": "hub-001",
        "component": "hub",
        "previous": "healthy",
        "cause": "missed",
    }
    assert (first["subject"], first["trace"]) == ("hub-001", "a" * 32)
    assert page["next_after"] == f"{epoch}:3"


async def test_pages_follow_one_another_without_a_gap(client: httpx.AsyncClient, conductor: FastAPI) -> None:
    await tell(conductor, *(degraded(number) for number in range(1, 8)))
    seen, after = [], "0"
    for _ in range(4):
        page = (await client.get("/events", params={"after": after, "limit": "2"})).json()
        seen += [(event["revision"], event["prev"]) for event in page["events"]]
        after = page["next_after"]
    assert seen == [(revision, revision - 1) for revision in range(1, 8)]
    assert (await client.get("/events", params={"after": after})).json()["events"] == []


async def test_events_are_selected_by_pattern_and_trace(client: httpx.AsyncClient, conductor: FastAPI) -> None:
    await tell(conductor, degraded(), trace="b" * 32)
    await tell(conductor, recovered(), trace="c" * 32)

    async def names(**query: str) -> list[str]:
        return [event["event"] for event in (await client.get("/events", params=query)).json()["events"]]

    assert await names(event_type="component.deg*") == ["component.degraded"]
    assert await names(event_type="coordination.component.deg*") == ["component.degraded"]
    assert await names(event_type="component.degraded") == ["component.degraded"]
    assert await names(event_type="entity-*") == []
    assert await names(trace="c" * 32) == ["component.recovered"]


async def test_only_who_may_read_the_journal_sees_other_planes(client: httpx.AsyncClient, conductor: FastAPI) -> None:
    await tell(conductor, SignedIn("person-otto"), degraded())
    for headers in ({}, as_role(conductor, "seeker"), as_role(conductor, "component")):
        for event_type in ("*", "identity.*", "identity.principal.signed_in"):
            page = await client.get("/events", params={"event_type": event_type}, headers=headers)
            assert "identity" not in page.text
    page = await client.get("/events", headers=as_role(conductor, "coordinator"))
    assert [event["event"] for event in page.json()["events"]] == [
        "identity.principal.signed_in",
        "component.degraded",
    ]


@pytest.mark.parametrize(
    ("query", "field_name"),
    [
        ({"limit": "0"}, "query.limit"),
        ({"limit": str(EVENTS_LIMIT + 1)}, "query.limit"),
        ({"event_type": "a*b"}, "query.event_type"),
        ({"event_type": "x" * 1001}, "query.event_type"),
        ({"event_type": "nul\x00"}, "query.event_type"),
        ({"event_type": ",".join(["a"] * 11)}, "query.event_type"),
        ({"since": "yesterday"}, "query.since"),
        ({"trace": "short"}, "query.trace"),
        ({"after": "x" * 65}, "query.after"),
        ({"after": "here"}, "after"),
        ({"after": "9" * 19}, "after"),
        ({"after": "-1"}, "after"),
    ],
)
async def test_a_bad_question_is_refused_by_the_name_of_its_field(
    client: httpx.AsyncClient, query: dict[str, str], field_name: str
) -> None:
    answer = await client.get("/events", params=query)
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, field_name)


async def test_a_page_takes_its_limit(client: httpx.AsyncClient) -> None:
    assert (await client.get("/events", params={"limit": str(EVENTS_LIMIT)})).status_code == 200


@pytest.mark.parametrize("after", ["17", "otherlog:0"])
async def test_a_page_after_a_foreign_position_is_gone(client: httpx.AsyncClient, after: str) -> None:
    answer = await client.get("/events", params={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (410, "journal.position_ahead")


async def test_a_subscriber_hears_what_happens_from_now_on(conductor: FastAPI) -> None:
    await tell(conductor, degraded(1))
    async with subscribed(conductor) as frames:
        await frames.listening()
        assert frames.status == 200
        assert frames.headers["content-type"].startswith("text/event-stream")
        await tell(conductor, recovered(1), SignedIn("person-otto"), degraded(2))
        first, second = await frames.event(), await frames.event()
    assert (first["name"], first["event"], first["revision"], first["prev"]) == (
        "component.recovered",
        "component.recovered",
        2,
        1,
    )
    assert first["data"] == {"component_id": "hub-001", "component": "hub", "previous": "degraded"}
    assert (second["event"], second["revision"], second["prev"]) == ("component.degraded", 4, 2)


async def test_the_data_of_a_frame_begins_with_event_and_data_as_printed(conductor: FastAPI) -> None:
    await tell(conductor, degraded())
    async with subscribed(conductor, after="0") as frames:
        assert await frames.text() == STREAM_BEGINS
        text = await frames.text()
    assert text is not None
    data = text.split("\n")[2]
    assert data.startswith('data: {"event":"component.degraded","data":{')


@pytest.mark.parametrize("seen", range(6))
async def test_a_subscriber_that_comes_back_misses_nothing_and_can_prove_it(conductor: FastAPI, seen: int) -> None:
    await tell(conductor, *(degraded(number) for number in range(1, 6)))
    revisions, last_id = [0], ""
    async with subscribed(conductor, after="0") as frames:
        for _ in range(seen):
            event = await frames.event()
            assert event["prev"] == revisions[-1]
            revisions.append(event["revision"])
            last_id = event["id"]
    async with subscribed(conductor, {"Last-Event-ID": last_id} if last_id else None, after="0") as frames:
        for _ in range(5 - seen):
            event = await frames.event()
            assert event["prev"] == revisions[-1]
            revisions.append(event["revision"])
    assert revisions == list(range(6))


async def test_a_subscriber_hears_only_what_it_asked_for(conductor: FastAPI) -> None:
    async with subscribed(conductor, event_type="component.rec*") as frames:
        await frames.listening()
        await tell(conductor, degraded(), SignedIn("person-otto"), recovered())
        event = await frames.event()
    assert (event["event"], event["revision"], event["prev"]) == ("component.recovered", 3, 0)


async def test_a_quiet_stream_is_kept_alive(conductor: FastAPI) -> None:
    async with subscribed(conductor) as frames:
        assert await frames.text() == STREAM_BEGINS
        assert await frames.text() == KEEP_ALIVE


@pytest.mark.parametrize("position", ["17", "otherlog:0"])
async def test_a_foreign_position_is_reset_and_the_stream_goes_on(conductor: FastAPI, position: str) -> None:
    await tell(conductor, degraded(1))
    async with subscribed(conductor, {"Last-Event-ID": position}) as frames:
        reset = await frames.event()
        await tell(conductor, recovered(1))
        event = await frames.event()
    assert (reset["name"], reset["event"]) == ("reset", "reset")
    assert reset["data"] == {"reason": "foreign", "revision": 1, "snapshot": {"services": "as they stand"}}
    assert reset["id"].endswith(":1")
    assert (event["event"], event["revision"], event["prev"]) == ("component.recovered", 2, 1)


async def test_a_pruned_position_is_reset_never_answered_with_a_hole(
    conductor: FastAPI, database: Database, clock: VirtualClock
) -> None:
    await tell(conductor, degraded(1), recovered(1))
    clock.advance(2 * 86_400)
    await tell(conductor, degraded(2))
    async with database.begin() as uow:
        assert await journal_service.prune(uow, timedelta(days=1)) == 2
    async with subscribed(conductor, after="1") as frames:
        reset = await frames.event()
        assert reset["data"] == {"reason": "compacted", "revision": 3, "snapshot": {"services": "as they stand"}}
        await tell(conductor, recovered(2))
        assert (await frames.event())["revision"] == 4
    async with subscribed(conductor, after="2") as frames:
        assert (await frames.event())["revision"] == 3


async def test_without_a_position_the_first_page_begins_at_what_is_kept(
    client: httpx.AsyncClient, conductor: FastAPI, database: Database, clock: VirtualClock
) -> None:
    await tell(conductor, degraded(1))
    clock.advance(2 * 86_400)
    await tell(conductor, recovered(1))
    async with database.begin() as uow:
        await journal_service.prune(uow, timedelta(days=1))
    page = (await client.get("/events")).json()
    assert [(event["revision"], event["prev"]) for event in page["events"]] == [(2, 0)]
    refused = await client.get("/events", params={"after": "0"})
    assert (refused.status_code, refused.json()["code"]) == (410, "journal.position_compacted")


BROADCAST = {
    "from": "sherlock-hub",
    "event_type": "entity-created",
    "data": {"entity_id": "entity-123", "entity_type": "Person", "name": "John Doe"},
}


async def test_the_printed_broadcast_reaches_the_printed_subscription(
    conductor: FastAPI, client: httpx.AsyncClient
) -> None:
    async with subscribed(conductor, event_type="entity-*") as frames:
        await frames.listening()
        assert (await client.post("/broadcast", json=BROADCAST)).json() == {
            "status": "broadcast",
            "event": "entity-created",
        }
        await tell(conductor, degraded())
        text = await frames.text()
    assert text is not None
    data = json.loads(text.split("data: ", 1)[1])
    assert list(data)[:2] == ["event", "data"]
    assert (data["event"], data["data"]) == ("entity-created", BROADCAST["data"])
    assert (data["subject"], data["kind"]) == ("sherlock-hub", "coordination.broadcast.entity-created")


async def test_a_broadcast_with_a_key_is_told_once(conductor: FastAPI, client: httpx.AsyncClient) -> None:
    for _ in range(2):
        assert (await client.post("/broadcast", json=BROADCAST, headers={"Idempotency-Key": "once"})).is_success
    await tell(conductor)
    assert len((await client.get("/events")).json()["events"]) == 1


async def test_a_broadcast_cannot_pass_for_one_of_the_orchestras_own_events(client: httpx.AsyncClient) -> None:
    for event_type in ("component.offline", "reset", "bookmark", "", "a b", "a\n", "x" * 101):
        answer = await client.post("/broadcast", json={**BROADCAST, "event_type": event_type})
        assert answer.status_code == 422, event_type


async def test_data_that_cannot_be_kept_is_refused(client: httpx.AsyncClient) -> None:
    head = b'{"from":"a","event_type":"b","data":'
    for data in (b'{"a":"\\u0000"}', b'{"a":"\\ud800"}', b'{"a":1e999}', b'{"a":NaN}', b"7", b"[1]"):
        answer = await client.post(
            "/broadcast", content=head + data + b"}", headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422, data
    large = await client.post("/broadcast", json={**BROADCAST, "data": {"a": "x" * DATA_LIMIT_BYTES}})
    assert (large.status_code, large.json()["code"]) == (413, "events.data_too_large")
    fits = {**BROADCAST, "data": {"a": "x" * (DATA_LIMIT_BYTES - len('{"a": ""}'))}}
    assert (await client.post("/broadcast", json=fits)).is_success


async def test_a_component_with_a_token_broadcasts_as_itself(conductor: FastAPI, client: httpx.AsyncClient) -> None:
    house: House = conductor.state.house
    own = Principal("component-global-nexus", "component", "global-nexus", ("component",))
    proof = {"Authorization": "Bearer " + house.signer.sign(own, house.database.clock.now().timestamp())}
    forged = await client.post("/broadcast", json=BROADCAST, headers=proof)
    assert (forged.status_code, forged.json()["code"]) == (403, "events.not_your_name")


async def test_events_are_replayed_since_a_time(
    conductor: FastAPI, client: httpx.AsyncClient, clock: VirtualClock
) -> None:
    for number in range(1, 4):
        await tell(conductor, degraded(number))
        clock.advance(60)
    for since in ("2026-01-01T00:01:00Z", "2026-01-01T00:01:00", "2026-01-01T00:00:30Z"):
        page = (await client.get("/events", params={"since": since})).json()
        assert [event["revision"] for event in page["events"]] == [2, 3], since
    assert (await client.get("/events", params={"since": "2030-01-01T00:00:00Z"})).json()["events"] == []
    async with subscribed(conductor, since="2026-01-01T00:02:00Z") as frames:
        assert ((await frames.event())["revision"]) == 3


async def test_several_patterns_are_followed_at_once(client: httpx.AsyncClient, conductor: FastAPI) -> None:
    await tell(conductor, degraded(), recovered())
    await client.post("/broadcast", json=BROADCAST)
    await tell(conductor)
    page = await client.get("/events", params={"event_type": "entity-*,component.recovered"})
    assert [event["event"] for event in page.json()["events"]] == ["component.recovered", "entity-created"]


def test_a_bookmark_is_a_frame_with_an_id_that_one_may_come_back_with() -> None:
    text = to_text(Bookmark("4f1d09c2ab7e:17", 17, 12))
    assert text == (
        'id: 4f1d09c2ab7e:17\nevent: bookmark\ndata: {"event":"bookmark","data":{"revision":17,"prev":12}}\n\n'
    )


async def test_streams_end_when_the_process_closes(conductor: FastAPI) -> None:
    async with subscribed(conductor) as quiet, subscribed(conductor, after="0") as other:
        await quiet.listening()
        await other.listening()
        conductor.state.closing.set()
        await quiet.end()
        await other.end()


async def test_a_stream_ends_after_its_time_so_that_the_caller_is_asked_again(
    conductor: FastAPI, clock: VirtualClock
) -> None:
    async with subscribed(conductor) as frames:
        await frames.listening()
        clock.advance(STREAM_LIFE_SECONDS)
        await tell(conductor, degraded())
        await frames.end()


async def test_open_streams_have_a_bound_and_a_place_is_free_again_when_one_ends(conductor: FastAPI) -> None:
    async def refused() -> bool:
        async with subscribed(conductor) as frames:
            text = await frames.text()
            if frames.status == 503:
                assert text is not None
                assert json.loads(text)["code"] == "http.streams_taken"
            return frames.status == 503

    with ExitStack() as others:
        for number in range(STREAMS_LIMIT - 1):
            others.enter_context(PLACES.opened(f"reader {number}"))
        async with subscribed(conductor) as last:
            await last.listening()
            assert await refused()
        assert not await refused()


async def test_a_bad_position_is_refused_before_a_stream_begins(client: httpx.AsyncClient) -> None:
    answer = await client.get("/events/subscribe", params={"after": "here"})
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, "after")
    header = await client.get("/events/subscribe", headers={"Last-Event-ID": "x" * 65})
    assert header.status_code == 422


def test_every_route_names_its_permission() -> None:
    assert unguarded(router.routes) == []
    assert guards(router.routes) == {
        "GET /events": "events.read",
        "GET /events/subscribe": "events.read",
        "POST /broadcast": "events.broadcast",
    }
