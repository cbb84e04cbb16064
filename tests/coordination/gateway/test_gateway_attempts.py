"""How often a request is sent, and what one caller may have: before components in memory."""

from __future__ import annotations

import asyncio

import pytest
from tests.coordination.gateway.conftest import Nexus, Stranger, codes, raw, saying
from tests.coordination.gateway.test_gateway_model import component

from harmony.coordination.gateway.errors import Overloaded, TooManyAtOnce, TooOften
from harmony.coordination.gateway.fakes import Rehearsal, fails, says
from harmony.coordination.gateway.model import ATTEMPTS_LIMIT, OUTSTANDING_LIMIT, Bucket
from harmony.coordination.gateway.ports import Lost, NotSent, Upstream
from harmony.coordination.gateway.traffic import Traffic
from harmony.coordination.gateway.upstream import HttpUpstream


async def test_what_may_have_arrived_is_sent_again_only_when_that_does_no_harm(
    rehearsed: Nexus, rehearsal: Rehearsal
) -> None:
    for port in (7_001, 7_002):
        await rehearsed.register(port)
    rehearsal.acts = {"hub-001": fails("broken off"), "hub-002": fails("broken off")}
    for method in ("POST", "PATCH"):
        rehearsal.heard.clear()
        assert await codes(rehearsed, "/hub/x", method=method) == ["gateway.broken_off"]
        assert len(rehearsal.heard) == 1
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        rehearsal.heard.clear()
        await rehearsed.client.request(method, "/hub/x")
        assert len(rehearsal.heard) == ATTEMPTS_LIMIT
        assert {component_id for component_id, _ in rehearsal.heard} == {"hub-001", "hub-002"}


async def test_a_large_body_is_sent_once_whatever_the_method(rehearsed: Nexus, rehearsal: Rehearsal) -> None:
    await rehearsed.register(7_001)
    rehearsal.acts = {"hub-001": fails("broken off")}
    assert await codes(rehearsed, "/hub/x", method="PUT", content=bytes(100_000)) == ["gateway.broken_off"]
    assert len(rehearsal.heard) == 1


async def test_what_did_not_arrive_is_brought_to_another_whatever_the_method(
    rehearsed: Nexus, rehearsal: Rehearsal
) -> None:
    for port in (7_001, 7_002):
        await rehearsed.register(port)
    rehearsal.acts = {"hub-002": says(b"here")}
    for _ in range(10):
        assert (await rehearsed.client.post("/hub/x", content=b"once")).text == "here"
    assert len(rehearsal.heard) == 10


async def test_without_budget_there_is_one_try(rehearsed: Nexus, rehearsal: Rehearsal) -> None:
    await rehearsed.register(7_001)
    rehearsal.acts = {"hub-001": fails("broken off")}
    far_ahead = rehearsed.house.database.clock.monotonic() + 1_000
    rehearsed.board.traffic.budget = Bucket(0.0, far_ahead)
    assert await codes(rehearsed, "/hub/x") == ["gateway.broken_off"]
    assert len(rehearsal.heard) == 1


async def test_silence_is_not_asked_twice(rehearsed: Nexus, rehearsal: Rehearsal) -> None:
    await rehearsed.register(7_001)
    rehearsal.acts = {"hub-001": fails("silent")}
    assert await codes(rehearsed, "/hub/x") == ["gateway.silent"]
    assert len(rehearsal.heard) == 1


async def test_components_that_have_all_they_may_are_given_no_more(rehearsed: Nexus, rehearsal: Rehearsal) -> None:
    await rehearsed.register(7_001)
    rehearsal.acts = {"hub-001": says()}
    rehearsed.board.traffic.busy["hub-001"] = OUTSTANDING_LIMIT
    assert await codes(rehearsed, "/hub/x") == ["gateway.overloaded"]
    rehearsed.board.traffic.busy["hub-001"] = OUTSTANDING_LIMIT - 1
    assert await codes(rehearsed, "/hub/x") == [""]


def test_one_caller_has_so_many_at_once_and_no_more_and_others_have_theirs() -> None:
    traffic = Traffic(at_once=2)
    with traffic.admitted("a", 0.0), traffic.admitted("a", 0.0):
        with pytest.raises(TooManyAtOnce), traffic.admitted("a", 0.0):
            pass
        with traffic.admitted("b", 0.0):
            assert traffic.callers() == {"a": 2, "b": 1}
    with traffic.admitted("a", 0.0):
        assert traffic.callers() == {"a": 1}


def test_one_caller_may_ask_so_often_and_again_when_time_has_passed() -> None:
    traffic = Traffic(per_second=10.0)
    for _ in range(20):
        with traffic.admitted("a", 0.0):
            pass
    with pytest.raises(TooOften) as refused, traffic.admitted("a", 0.05):
        pass
    assert refused.value.details["retry_after_seconds"] == 1
    with traffic.admitted("a", 0.1), traffic.admitted("b", 0.1):
        pass


def test_places_for_web_sockets_are_counted() -> None:
    traffic = Traffic()
    with traffic.socket(1), pytest.raises(Overloaded), traffic.socket(1):
        pass
    with traffic.socket(1):
        pass


def test_who_is_gone_is_forgotten_once_nothing_of_it_is_in_flight() -> None:
    traffic = Traffic()
    traffic.began("hub-001")
    traffic.failed("hub-001", "refused", 0.0)
    traffic.keep_only(())
    assert "hub-001" in traffic.counts
    traffic.ended("hub-001")
    traffic.keep_only(())
    assert not traffic.counts
    assert traffic.record("hub-001").failures == 0


# One contract, over sockets and in memory.


async def asked(upstream: Upstream, port: int, component_id: str) -> bytes:
    line = await upstream.connect(component(1, id=component_id, port=port), fresh=False)
    line.send(b"GET /x HTTP/1.1\r\nhost: hub\r\n\r\n")
    await line.drained()
    try:
        answer = await line.answer(30.0, head_only=False)
        found = bytearray()
        while not answer.ended:
            found += await answer.read(30.0)
        return bytes(found + answer.taken())
    finally:
        line.release(whole=True)


@pytest.mark.parametrize("kind", ["sockets", "memory"])
async def test_every_way_to_components_keeps_the_same_promises(kind: str) -> None:
    ports: dict[str, int] = {}
    rehearsal = Rehearsal()
    rehearsal.acts = {"well": says(b"hello"), "broken": fails("broken off"), "unfit": fails("unfit")}
    upstream: Upstream = HttpUpstream() if kind == "sockets" else rehearsal
    servers = []
    for name, talk in (("well", saying(b"hello")), ("broken", raw(b"")), ("unfit", raw(b"rubbish\r\n\r\n"))):
        serving = await asyncio.start_server(Stranger(talk).serve, "127.0.0.1", 0)
        servers.append(serving)
        ports[name] = serving.sockets[0].getsockname()[1]
    try:
        for _ in range(3):
            assert await asked(upstream, ports["well"], "well") == b"hello"
        for name in ("broken", "unfit"):
            with pytest.raises(Lost) as lost:
                await asked(upstream, ports[name], name)
            assert lost.value.kind == {"broken": "broken off"}.get(name, name)
        with pytest.raises(NotSent):
            await upstream.connect(component(1, id="absent", port=1), fresh=True)
    finally:
        await upstream.close()
        for serving in servers:
            serving.close()
