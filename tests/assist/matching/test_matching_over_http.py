"""A request looks for help: one offer at a time, answered or expired, seen by who has to do with it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.assist.conftest import Live
from tests.assist.stories import TRACE, ask, json_of, make_offer, register, report, skilled_pair

from harmony.assist.matching.jobs import expire_offers
from harmony.assist.matching.model import OFFER_LIFE
from harmony.assist.matching.timeline import PATIENCE_SECONDS, follow_timeline
from harmony.commons.notifications.service import of_recipient
from harmony.kernel.clock import VirtualClock


async def asked(live: Live, **changes: Any) -> Any:
    return await ask(live, (await report(live))["contextId"], **changes)


async def offered(live: Live) -> tuple[Any, Any, str]:
    """The request, its offer to Ada, and Bruno's profile."""
    ada, bruno = await skilled_pair(live)
    request = await asked(live)
    return request, await make_offer(live, request["requestId"], ada), bruno


async def state(live: Live, request: Any) -> str:
    found = await json_of(await live["wanda"].get(f"/v1/requests/{request['requestId']}"), 200)
    return str(found["state"])


async def news(live: Live, who: str) -> list[str]:
    async with live.database.reading() as connection:
        return [item.kind for item in (await of_recipient(connection, who, None)).items]


async def test_a_request_takes_what_it_lacks_from_its_context(live: Live) -> None:
    request = await asked(live)
    assert (request["state"], request["issueType"]) == ("open", "cross-platform-compatibility")
    assert request["requiredExpertise"] == ["cross-platform-development", "file-handling", "python"]
    assert request["traceId"] == TRACE
    urgent = await asked(live, urgency="Urgent", requiredExpertise=["React"])
    assert (urgent["urgency"], urgent["requiredExpertise"]) == ("high", ["React"])


async def test_help_is_asked_with_one_s_own_failure_only(live: Live) -> None:
    context = await report(live, "wilbur")
    answer = await live["wanda"].post("/v1/requests", json={"contextId": context["contextId"]})
    assert answer.status_code == 404


async def test_one_open_offer_a_request(live: Live) -> None:
    request, offer, bruno = await offered(live)
    answer = await live["wanda"].post(f"/v1/requests/{request['requestId']}/offers", json={"expertId": bruno})
    assert (answer.status_code, answer.json()["details"]["offer_id"]) == (409, offer["offerId"])


async def test_two_offers_at_the_same_moment_make_one(live: Live) -> None:
    ada, bruno = await skilled_pair(live)
    request = await asked(live)
    path = f"/v1/requests/{request['requestId']}/offers"
    answers = await asyncio.gather(*(live["wanda"].post(path, json={"expertId": expert}) for expert in (ada, bruno)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_a_declined_request_looks_on_and_does_not_ask_the_same_again(live: Live) -> None:
    request, offer, bruno = await offered(live)
    await json_of(await live["ada"].post(f"/v1/offers/{offer['offerId']}/decline"), 200)
    assert await state(live, request) == "open"
    assert await news(live, "wanda-seeker") == ["request.reopened"]
    matches = await json_of(await live["wanda"].get(f"/v1/requests/{request['requestId']}/matches"), 200)
    assert [match["expertId"] for match in matches["experts"]] == [bruno]
    again = await live["ada"].post(f"/v1/offers/{offer['offerId']}/accept")
    assert (again.status_code, again.json()["details"]["state"]) == (409, "declined")
    assert (await live["ada"].get(f"/v1/requests/{request['requestId']}")).status_code == 404


async def test_an_offer_expires_at_its_instant_and_not_before(live: Live, clock: VirtualClock) -> None:
    request, offer, _ = await offered(live)
    clock.advance(OFFER_LIFE["low"].total_seconds() - 1)
    assert await expire_offers(live.database) == 0
    clock.advance(1)
    late = await live["ada"].post(f"/v1/offers/{offer['offerId']}/accept")
    assert (late.status_code, late.json()["details"]["state"]) == (409, "expired")
    assert await expire_offers(live.database) == 1
    assert await expire_offers(live.database) == 0
    assert await state(live, request) == "open"


async def test_two_jobs_expire_an_offer_once(live: Live, clock: VirtualClock) -> None:
    await offered(live)
    clock.advance(OFFER_LIFE["low"].total_seconds())
    assert sum(await asyncio.gather(*(expire_offers(live.database) for _ in range(3)))) == 1
    assert await news(live, "wanda-seeker") == ["request.reopened"]


async def test_a_cancelled_request_withdraws_its_offer(live: Live) -> None:
    request, offer, _ = await offered(live)
    await json_of(await live["wanda"].post(f"/v1/requests/{request['requestId']}/cancel"), 200)
    assert await state(live, request) == "cancelled"
    answer = await live["ada"].post(f"/v1/offers/{offer['offerId']}/accept")
    assert (answer.status_code, answer.json()["details"]["state"]) == (409, "withdrawn")
    assert (await live["wanda"].post(f"/v1/requests/{request['requestId']}/cancel")).status_code == 409


async def test_only_the_seeker_decides_and_only_the_asked_expert_answers(live: Live) -> None:
    request, offer, bruno = await offered(live)
    path = f"/v1/requests/{request['requestId']}"
    assert (await live["wilbur"].get(path)).status_code == 404
    assert (await live["wilbur"].post(f"{path}/offers", json={"expertId": bruno})).status_code == 404
    assert (await live["wilbur"].post(f"{path}/cancel")).status_code == 404
    assert (await live["ada"].post(f"{path}/offers", json={"expertId": bruno})).status_code == 403
    assert (await live["bruno"].post(f"/v1/offers/{offer['offerId']}/accept")).status_code == 404
    assert (await live["bruno"].post(f"/v1/offers/{offer['offerId']}/decline")).status_code == 404
    assert (await live["wanda"].post(f"/v1/offers/{offer['offerId']}/accept")).status_code == 403
    assert (await live["nobody"].get(path)).status_code == 401


async def test_nobody_is_matched_with_themselves(live: Live) -> None:
    answer = await live["olga"].post("/v1/experts", json={"expertise": [{"skill": "Python", "level": "Expert"}]})
    own = (await json_of(answer, 201))["expertId"]
    context = await json_of(await live["olga"].post("/v1/detect-problem", json={"log": "KeyError: 'glaze'"}), 200)
    body = {"contextId": context["contextId"], "requiredExpertise": ["python"]}
    request = await json_of(await live["olga"].post("/v1/requests", json=body), 201)
    matches = await json_of(await live["olga"].get(f"/v1/requests/{request['requestId']}/matches"), 200)
    assert matches == {"matchesFound": False, "experts": [], "recommendedExpert": None}
    answer = await live["olga"].post(f"/v1/requests/{request['requestId']}/offers", json={"expertId": own})
    assert (answer.status_code, answer.json()["code"]) == (422, "matching.own_offer")


async def test_a_private_space_is_matched_among_its_members_only(live: Live) -> None:
    ada, bruno = await skilled_pair(live)
    made = await json_of(await live["wanda"].post("/v1/knowledge-base/spaces", json={"name": "Studio"}), 201)
    space = made["spaceId"]
    members = f"/v1/knowledge-base/spaces/{space}/members"
    await json_of(await live["wanda"].post(members, json={"userId": "bruno-expert"}), 200)
    context = await report(live, spaceId=space)
    request = await ask(live, context["contextId"])
    assert request["spaceId"] == space
    matches = await json_of(await live["wanda"].get(f"/v1/requests/{request['requestId']}/matches"), 200)
    assert [match["expertId"] for match in matches["experts"]] == [bruno]
    answer = await live["wanda"].post(f"/v1/requests/{request['requestId']}/offers", json={"expertId": ada})
    assert (answer.status_code, answer.json()["code"]) == (422, "matching.expert_outside_space")


async def test_requests_and_offers_are_listed_for_whom_they_concern(live: Live) -> None:
    request, offer, _ = await offered(live)
    for who, many in (("wanda", 1), ("ada", 1), ("bruno", 0), ("wilbur", 0)):
        assert len((await json_of(await live[who].get("/v1/requests"), 200))["items"]) == many, who
    inbox = await json_of(await live["ada"].get("/v1/offers"), 200)
    assert [(item["offerId"], item["requestId"]) for item in inbox["items"]] == [
        (offer["offerId"], request["requestId"])
    ]
    assert (await json_of(await live["ada"].get("/v1/offers?state=declined"), 200))["items"] == []


async def test_the_timeline_goes_on_from_a_revision_and_keeps_strangers_out(live: Live) -> None:
    request, _, _ = await offered(live)
    await live.stamp()
    path = f"/v1/requests/{request['requestId']}/timeline"
    whole = await json_of(await live["wanda"].get(path), 200)
    rest = await json_of(await live["ada"].get(path, params={"after": whole["items"][0]["revision"]}), 200)
    assert rest["items"] == whole["items"][1:]
    assert (await live["wilbur"].get(path)).status_code == 404
    assert (await live["wanda"].get(path, params={"after": 10**6})).status_code == 410
    assert (await live["wanda"].get(path, params={"after": 2**63})).status_code == 422


async def test_who_knows_the_trace_of_another_s_story_reads_nothing_by_it(live: Live) -> None:
    """A report under a borrowed trace, which whoever was once asked to help has seen, begins a story of its own."""
    _, offer, _ = await offered(live)
    borrowed = await report(live, "wilbur")
    own = await json_of(await live["wilbur"].post("/v1/requests", json={"contextId": borrowed["contextId"]}), 201)
    assert own["traceId"] != TRACE
    await live.stamp()
    told = await json_of(await live["wilbur"].get(f"/v1/requests/{own['requestId']}/timeline"), 200)
    assert {entry["actor"] for entry in told["items"]} == {own["seekerId"]}
    assert offer["offerId"] not in str(told)


async def test_a_call_under_another_trace_is_told_in_the_story_too(live: Live) -> None:
    request, offer, _ = await offered(live)
    await json_of(await live["ada"].post(f"/v1/offers/{offer['offerId']}/decline"), 200)
    await live.stamp()
    told = await json_of(await live["wanda"].get(f"/v1/requests/{request['requestId']}/timeline"), 200)
    declined = [item for item in told["items"] if item["kind"] == "assist.offer.declined"]
    assert [item["traceId"] != TRACE for item in declined] == [True]


async def stream(live: Live, who: str, path: str, told: asyncio.Queue[str]) -> None:
    """Call the application itself: what it sends is in ``told`` as it is sent."""
    headers = [(name.lower().encode(), value.encode()) for name, value in live[who].headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("192.0.2.1", 1),
        "server": ("live.test", 80),
    }
    begun = False

    async def receive() -> dict[str, Any]:
        nonlocal begun
        if begun:
            await asyncio.Event().wait()
        begun = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        told.put_nowait(message.get("body", b"").decode())

    await live.app(scope, receive, send)


async def until(told: asyncio.Queue[str], kind: str) -> list[str]:
    """The kinds told up to and with ``kind``."""
    kinds: list[str] = []
    while kind not in kinds:
        chunk = await told.get()
        kinds += [line.removeprefix("event: ") for line in chunk.splitlines() if line.startswith("event: ")]
    return kinds


async def test_events_follow_the_story_and_end_when_the_server_closes(live: Live) -> None:
    request, offer, _ = await offered(live)
    await live.stamp()
    path = f"/v1/requests/{request['requestId']}/events"
    told: asyncio.Queue[str] = asyncio.Queue()
    following = asyncio.ensure_future(stream(live, "wanda", path, told))
    assert await until(told, "assist.offer.made") == [
        "assist.problem.detected",
        "assist.request.opened",
        "assist.offer.made",
    ]
    await live["ada"].post(f"/v1/offers/{offer['offerId']}/decline")
    await live.stamp()
    assert await until(told, "assist.request.reopened") == ["assist.offer.declined", "assist.request.reopened"]
    live.app.state.closing.set()
    await following
    assert (await live["wilbur"].get(path)).status_code == 404


async def test_the_story_is_woken_by_a_call_under_a_trace_of_its_own(live: Live) -> None:
    _, offer, _ = await offered(live)
    await live.stamp()
    head = await live.journal.head()
    growth = follow_timeline(live.journal, head.revision, patience_seconds=PATIENCE_SECONDS * 60)
    assert await anext(growth) is False  # the first look, after which it waits
    waiting = asyncio.ensure_future(anext(growth))
    await json_of(await live["ada"].post(f"/v1/offers/{offer['offerId']}/decline"), 200)
    await live.stamp()
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await waiting
    await growth.aclose()


@pytest.mark.parametrize("request_id", ["request-1", "%00", "9" * 30])
async def test_malformed_ids_are_not_found(live: Live, request_id: str) -> None:
    for call in (
        live["wanda"].get(f"/v1/requests/{request_id}"),
        live["wanda"].get(f"/v1/requests/{request_id}/matches"),
        live["wanda"].get(f"/v1/requests/{request_id}/timeline"),
        live["wanda"].post(f"/v1/requests/{request_id}/cancel"),
        live["ada"].post(f"/v1/offers/{request_id}/accept"),
    ):
        assert (await call).status_code == 404


async def test_an_engaged_expert_is_told_as_such(live: Live) -> None:
    _, offer, _ = await offered(live)
    await json_of(await live["ada"].post(f"/v1/offers/{offer['offerId']}/accept"), 200)
    other = await asked(live)
    matches = await json_of(await live["wanda"].get(f"/v1/requests/{other['requestId']}/matches"), 200)
    assert matches["experts"][0]["estimatedResponseTime"] == "15-20 minutes"
    assert "1 open session" in matches["experts"][0]["reasons"]
    assert await register(live, "olga", ("Weaving", "Expert", 1))
