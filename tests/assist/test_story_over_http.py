"""The whole story of one failure, over the wire, as a seeker and an expert live it."""

from __future__ import annotations

from typing import Any

from tests.assist.conftest import Live
from tests.assist.stories import LOG, TRACE, TRACEPARENT, ask, json_of, make_offer, report, skilled_pair

from harmony.assist.rewards import service as rewards
from harmony.assist.rewards.fakes import MemoryBook
from harmony.assist.rewards.jobs import distribute_valued
from harmony.commons.notifications.service import of_recipient


async def a_private_space(live: Live) -> Any:
    space = await json_of(
        await live["wanda"].post("/v1/knowledge-base/spaces", json={"name": "Figures", "visibility": "private"}), 201
    )
    for member in ("ada-expert", "bruno-expert"):
        await json_of(
            await live["wanda"].post(f"/v1/knowledge-base/spaces/{space['spaceId']}/members", json={"userId": member}),
            200,
        )
    return space


async def an_offer_to_the_better(live: Live, detected: Any) -> tuple[Any, Any]:
    ada, bruno = await skilled_pair(live)
    request = await ask(live, detected["contextId"])
    assert request["traceId"] == TRACE
    matches = await json_of(await live["wanda"].get(f"/v1/requests/{request['requestId']}/matches"), 200)
    assert [match["expertId"] for match in matches["experts"]] == [ada, bruno]
    assert matches["recommendedExpert"] == ada
    assert any("Cross-platform development: Expert, 9 years" in reason for reason in matches["experts"][0]["reasons"])

    offer = await make_offer(live, request["requestId"], ada)
    async with live.database.reading() as connection:
        news = (await of_recipient(connection, "ada-expert", None)).items
    assert [(notice.kind, notice.subject) for notice in news] == [("offer.made", offer["offerId"])]
    inbox = await json_of(await live["ada"].get("/v1/offers?state=pending"), 200)
    assert [item["offerId"] for item in inbox["items"]] == [offer["offerId"]]
    seen = await json_of(await live["ada"].get(f"/v1/problems/{detected['contextId']}"), 200)
    assert seen["log"] is None and seen["evidence"]
    return request, offer


async def a_session_with_messages_and_a_share(live: Live, offer: Any) -> Any:
    session = await json_of(await live["ada"].post(f"/v1/offers/{offer['offerId']}/accept", headers=TRACEPARENT), 200)
    path = f"/v1/sessions/{session['sessionId']}"
    for who, body in (("ada", "Which path does it open?"), ("wanda", "One with a drive letter.")):
        await json_of(await live[who].post(f"{path}/messages", json={"body": body}, headers=TRACEPARENT), 201)
    share = await json_of(
        await live["wanda"].post(f"{path}/shares", json={"scope": ["log", "command"]}, headers=TRACEPARENT), 201
    )
    shared = await json_of(await live["ada"].get(f"{path}/shares/{share['shareId']}"), 200)
    assert shared["content"] == {"log": LOG, "command": {"command": "python load.py", "exitCode": 1}}
    return session


async def resolved_and_rewarded(live: Live, session: Any) -> None:
    path = f"/v1/sessions/{session['sessionId']}"
    await json_of(
        await live["wanda"].post(f"{path}/resolve", json={"rating": 5, "consentToPublish": True}, headers=TRACEPARENT),
        200,
    )
    async with live.database.begin(trace=TRACE) as uow:
        await rewards.value(uow, session["sessionId"], 92)
    book = MemoryBook()
    assert await distribute_valued(live.database, book) == 1
    contribution = await json_of(await live["ada"].get(f"{path}/contribution"), 200)
    assert contribution["state"] == "distributed"
    assert contribution["shares"]["expert"] == "14.660800"
    assert book.accounts["expert:ada-expert"] == 14_660_800


async def written_down_and_approved(live: Live, session: Any, space: Any) -> Any:
    article = await json_of(
        await live["ada"].post(
            "/v1/knowledge-base/articles",
            json={
                "title": "Paths with a drive letter fail on Linux",
                "sessionId": session["sessionId"],
                "steps": ["Build the path with pathlib", "Keep the folder in a setting"],
            },
            headers=TRACEPARENT,
        ),
        201,
    )
    assert (article["status"], article["spaceId"]) == ("draft", space["spaceId"])
    approved = await json_of(
        await live["wanda"].post(f"/v1/knowledge-base/articles/{article['articleId']}/approve", headers=TRACEPARENT),
        200,
    )
    assert approved["status"] == "approved"
    return article


async def test_a_failure_is_solved_by_an_expert_and_answered_from_knowledge_the_next_time(live: Live) -> None:
    space = await a_private_space(live)
    detected = await report(live, spaceId=space["spaceId"])
    assert detected["problemDetected"] is True
    assert detected["classification"]["subcategory"] == "file-path-handling"
    assert detected["knownSolutions"] == []
    assert detected["suggestedAction"] == "expert_assistance"

    request, offer = await an_offer_to_the_better(live, detected)
    session = await a_session_with_messages_and_a_share(live, offer)
    await resolved_and_rewarded(live, session)
    article = await written_down_and_approved(live, session, space)

    elsewhere = LOG.replace("/srv/figures", "/home/wanda/copy of figures").replace("line 12", "line 90")
    again = await report(live, log=elsewhere, spaceId=space["spaceId"])
    assert again["fingerprint"] == detected["fingerprint"]
    assert again["suggestedAction"] == "known_solution"
    assert [known["articleId"] for known in again["knownSolutions"]] == [article["articleId"]]

    await live.stamp()
    timeline = await json_of(await live["wanda"].get(f"/v1/requests/{request['requestId']}/timeline"), 200)
    kinds = [item["kind"] for item in timeline["items"]]
    assert kinds[:7] == [
        "assist.problem.detected",
        "assist.request.opened",
        "assist.offer.made",
        "assist.offer.accepted",
        "assist.session.opened",
        "assist.message.sent",
        "assist.message.sent",
    ]
    for kind in (
        "assist.context.shared",
        "assist.session.resolved",
        "assist.contribution.valued",
        "assist.reputation.moved",
        "assist.contribution.distributed",
        "assist.article.drafted",
        "assist.article.approved",
    ):
        assert kinds.count(kind) == 1, kind
    assert "drive letter" not in str(timeline), "the journal holds facts and no words of people"
