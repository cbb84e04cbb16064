"""Two people in a session: nobody else reads, secrets are hidden, context is shown as consented and no longer."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from tests.assist.conftest import Live
from tests.assist.stories import LOG, json_of, open_session, resolved_session

from harmony.assist.sessions.jobs import wipe_shares
from harmony.assist.sessions.model import MESSAGE_LIMIT_BYTES
from harmony.kernel.clock import VirtualClock


def path_of(session: Any) -> str:
    return f"/v1/sessions/{session['sessionId']}"


async def share(live: Live, session: Any, **body: Any) -> Any:
    return await json_of(await live["wanda"].post(f"{path_of(session)}/shares", json=body), 201)


async def test_both_write_and_nobody_else_reads_or_writes(live: Live) -> None:
    session = await open_session(live)
    for who, words in (("ada", "hello"), ("wanda", "good day")):
        await json_of(await live[who].post(f"{path_of(session)}/messages", json={"body": words}), 201)
    read = await json_of(await live["wanda"].get(path_of(session)), 200)
    assert [(m["authorId"], m["body"]) for m in read["messages"]] == [
        ("ada-expert", "hello"),
        ("wanda-seeker", "good day"),
    ]
    for who in ("wilbur", "bruno"):
        assert (await live[who].get(path_of(session))).status_code == 404
        assert (await live[who].post(f"{path_of(session)}/messages", json={"body": "let me in"})).status_code == 404
    after = await json_of(await live["ada"].get(f"{path_of(session)}/messages?after=1"), 200)
    assert [m["position"] for m in after["items"]] == [2]


async def test_secrets_in_messages_are_hidden_before_they_are_stored(live: Live) -> None:
    session = await open_session(live)
    body = {"body": "my password=correct-horse-battery-9 and pat.potter@example.org"}
    message = await json_of(await live["wanda"].post(f"{path_of(session)}/messages", json=body), 201)
    assert message["hidden"] == 2
    async with live.database.reading() as connection:
        stored = await connection.fetchval("SELECT body FROM session_messages")
    assert "correct-horse" not in stored
    assert "pat.potter" not in stored


async def test_the_message_s_limit_is_met_at_its_edge(live: Live) -> None:
    session = await open_session(live)

    async def status(body: str) -> int:
        return (await live["ada"].post(f"{path_of(session)}/messages", json={"body": body})).status_code

    assert await status("é" * (MESSAGE_LIMIT_BYTES // 2)) == 201
    assert await status("é" * (MESSAGE_LIMIT_BYTES // 2) + "a") == 413
    assert await status("") == 422


async def test_messages_at_the_same_moment_each_have_their_place(live: Live) -> None:
    session = await open_session(live)
    calls = (live["ada"].post(f"{path_of(session)}/messages", json={"body": f"{n}"}) for n in range(6))
    answers = await asyncio.gather(*calls)
    assert sorted(answer.json()["position"] for answer in answers) == [1, 2, 3, 4, 5, 6]


async def test_exactly_what_is_named_is_shown(live: Live) -> None:
    session = await open_session(live)
    granted = await share(
        live, session, scope=["environment", "snippet"], snippet="open(path) # pat.potter@example.org"
    )
    shown = await json_of(await live["ada"].get(f"{path_of(session)}/shares/{granted['shareId']}"), 200)
    assert shown["content"] == {
        "environment": {"os": "Linux", "previousEnvironment": "Windows"},
        "snippet": "open(path) # [PERSONAL:email:1]",
    }
    assert LOG not in json.dumps(shown)


async def test_only_the_seeker_shares_and_revokes(live: Live) -> None:
    session = await open_session(live)
    answer = await live["ada"].post(f"{path_of(session)}/shares", json={"scope": ["log"]})
    assert answer.status_code == 403
    granted = await share(live, session, scope=["log"])
    revoke = f"{path_of(session)}/shares/{granted['shareId']}/revoke"
    assert (await live["ada"].post(revoke)).status_code == 403
    assert (await live["bruno"].get(f"{path_of(session)}/shares/{granted['shareId']}")).status_code == 404


async def test_a_revoked_share_is_read_no_more_and_wiped(live: Live) -> None:
    session = await open_session(live)
    granted = await share(live, session, scope=["log"])
    path = f"{path_of(session)}/shares/{granted['shareId']}"
    await json_of(await live["wanda"].post(f"{path}/revoke"), 200)
    await json_of(await live["wanda"].post(f"{path}/revoke"), 200)
    refused = await json_of(await live["ada"].get(path), 410)
    assert refused["code"] == "sessions.share_ended"
    async with live.database.reading() as connection:
        assert await connection.fetchval("SELECT content FROM session_shares") is None


async def test_a_share_ends_at_its_instant_and_is_wiped_by_the_job(live: Live, clock: VirtualClock) -> None:
    session = await open_session(live)
    granted = await share(live, session, scope=["log"], expiresInMinutes=5)
    path = f"{path_of(session)}/shares/{granted['shareId']}"
    clock.advance(299)
    await json_of(await live["ada"].get(path), 200)
    assert await wipe_shares(live.database) == 0
    clock.advance(1)
    await json_of(await live["ada"].get(path), 410)
    assert await wipe_shares(live.database) == 1
    assert await wipe_shares(live.database) == 0


async def test_only_the_seeker_resolves_with_one_to_five_stars_and_once(live: Live) -> None:
    session = await open_session(live)
    path = f"{path_of(session)}/resolve"
    assert (await live["ada"].post(path, json={"rating": 5})).status_code == 403
    for rating in (0, 6, "x"):
        assert (await live["wanda"].post(path, json={"rating": rating})).status_code == 422
    done = await json_of(await live["wanda"].post(path, json={"rating": 4}), 200)
    assert (done["state"], done["rating"]) == ("resolved", 4)
    assert (await live["wanda"].post(path, json={"rating": 5})).status_code == 409
    assert (await live["ada"].post(f"{path_of(session)}/messages", json={"body": "late"})).status_code == 409
    request = await json_of(await live["wanda"].get(f"/v1/requests/{session['requestId']}"), 200)
    assert request["state"] == "resolved"
    expert = await json_of(await live["wanda"].get(f"/v1/experts/{session['expertId']}"), 200)
    assert (expert["completedSessions"], expert["reputationScore"]) == (1, 3.6)


async def test_an_abandoned_session_lets_its_request_look_on(live: Live) -> None:
    session = await open_session(live)
    done = await json_of(await live["ada"].post(f"{path_of(session)}/abandon"), 200)
    assert done["state"] == "abandoned"
    request = await json_of(await live["wanda"].get(f"/v1/requests/{session['requestId']}"), 200)
    assert (request["state"], request["sessionId"]) == ("open", None)
    assert (await live["wanda"].post(f"{path_of(session)}/resolve", json={"rating": 5})).status_code == 409


async def test_sessions_are_listed_for_their_parties(live: Live) -> None:
    session = await resolved_session(live)
    for who, many in (("wanda", 1), ("ada", 1), ("bruno", 0)):
        found = await json_of(await live[who].get("/v1/sessions"), 200)
        assert [item["sessionId"] for item in found["items"]] == [session["sessionId"]] * many


async def test_an_offer_accepted_twice_opens_one_session(live: Live) -> None:
    session = await open_session(live)
    offers = (await json_of(await live["ada"].get("/v1/offers"), 200))["items"]
    answer = await live["ada"].post(f"/v1/offers/{offers[0]['offerId']}/accept")
    assert answer.status_code == 409
    assert len((await json_of(await live["ada"].get("/v1/sessions"), 200))["items"]) == 1
    assert session["state"] == "open"
