"""What is learned is found by who may see it, published by who may, and only when both parties consent."""

from __future__ import annotations

from typing import Any

import pytest
from tests.assist.conftest import Live
from tests.assist.stories import json_of, resolved_session

from harmony.kernel.clock import VirtualClock

BASE = "/v1/knowledge-base"
ARTICLE = {
    "title": "Colours run when the glaze is thin",
    "problem": "The blue glaze runs into the white one",
    "steps": ["Stir for ten minutes", "Fire slowly"],
    "categories": ["pottery"],
    "platforms": ["Kiln"],
    "languages": ["Python"],
}


async def write(live: Live, who: str = "ada", **changes: Any) -> Any:
    return await json_of(await live[who].post(f"{BASE}/articles", json={**ARTICLE, **changes}), 201)


async def approve(live: Live, article: Any, who: str = "cora", status: int = 200) -> Any:
    return await json_of(await live[who].post(f"{BASE}/articles/{article['articleId']}/approve"), status)


async def search(live: Live, who: str = "wilbur", query: str = "glaze runs", **changes: Any) -> Any:
    return await json_of(await live[who].post(f"{BASE}/search", json={"query": query, **changes}), 200)


async def space(live: Live, who: str = "wanda", *members: str) -> str:
    made = await json_of(await live[who].post(f"{BASE}/spaces", json={"name": "Studio"}), 201)
    for member in members:
        await json_of(await live[who].post(f"{BASE}/spaces/{made['spaceId']}/members", json={"userId": member}), 200)
    return str(made["spaceId"])


async def test_a_draft_is_not_found_an_approved_article_is_and_an_archived_one_no_longer(live: Live) -> None:
    article = await write(live)
    assert (await search(live))["totalResults"] == 0
    assert (await approve(live, article))["approvedBy"] == "cora-coordinator"
    found = await search(live)
    assert (found["totalResults"], found["items"][0]["articleId"]) == (1, article["articleId"])
    await json_of(await live["cora"].post(f"{BASE}/articles/{article['articleId']}/archive"), 200)
    assert (await search(live))["totalResults"] == 0
    await approve(live, article, status=409)


async def test_the_better_match_comes_first_with_a_relevance_between_none_and_all(live: Live) -> None:
    near = await write(live)
    far = await write(live, title="Cracks", problem="A glaze cracked", steps=[])
    for article in (far, near):
        await approve(live, article)
    found = await search(live, query="glaze runs when thin")
    assert [item["articleId"] for item in found["items"]] == [near["articleId"], far["articleId"]]
    scores = [item["relevanceScore"] for item in found["items"]]
    assert 1 >= scores[0] > scores[1] > 0


@pytest.mark.parametrize(
    ("filters", "many"),
    [
        ({"categories": ["POTTERY", "other"]}, 1),
        ({"platforms": ["kiln"], "languages": ["python"]}, 1),
        ({"categories": ["weaving"]}, 0),
        ({"categories": ["pottery"], "languages": ["Go"]}, 0),
    ],
)
async def test_filters_match_whatever_the_case(live: Live, filters: dict[str, list[str]], many: int) -> None:
    await approve(live, await write(live))
    assert (await search(live, filters=filters))["totalResults"] == many


@pytest.mark.parametrize("query", ["the of and", "' & | ! <-> :*", "a/b?c=1&d=2", "%", "\\", "𝔤𝔩𝔞𝔷𝔢"])
async def test_odd_queries_find_nothing_and_break_nothing(live: Live, query: str) -> None:
    await approve(live, await write(live))
    assert (await search(live, query=query))["items"] == []


async def test_a_private_space_is_seen_by_its_members_only(live: Live) -> None:
    space_id = await space(live, "wanda", "ada-expert")
    article = await write(live, spaceId=space_id)
    await approve(live, article, "cora", 404)
    await approve(live, article, "wanda")
    assert (await search(live, "ada"))["totalResults"] == 1
    assert (await search(live, "wilbur"))["totalResults"] == 0
    assert (await live["wilbur"].get(f"{BASE}/articles/{article['articleId']}")).status_code == 404
    assert (await live["wilbur"].get(f"{BASE}/spaces/{space_id}")).status_code == 404
    assert (await live["wilbur"].post(f"{BASE}/articles", json={**ARTICLE, "spaceId": space_id})).status_code == 404


async def test_a_member_who_is_not_the_owner_neither_approves_nor_adds_members(live: Live) -> None:
    space_id = await space(live, "wanda", "ada-expert")
    article = await write(live, spaceId=space_id)
    await approve(live, article, "ada", 403)
    answer = await live["ada"].post(f"{BASE}/spaces/{space_id}/members", json={"userId": "wilbur-seeker"})
    assert answer.status_code == 403


async def test_a_seeker_does_not_approve_what_is_public(live: Live) -> None:
    article = await write(live)
    await approve(live, article, "ada", 403)
    await approve(live, article, "wanda", 404)


async def test_an_article_from_a_session_needs_the_consent_of_both(live: Live) -> None:
    session = await resolved_session(live, rating=4)
    article = await write(live, "ada", sessionId=session["sessionId"], problem="", categories=[])
    assert article["consents"] == ["ada-expert"]
    assert article["effectiveness"] == 0.8
    assert article["categories"] == ["cross-platform-compatibility", "file-path-handling"]
    assert article["problem"].startswith("FileNotFoundError")
    refused = await approve(live, article, status=409)
    assert refused["details"]["missing"] == ["wanda-seeker"]
    path = f"{BASE}/articles/{article['articleId']}/consent"
    assert (await live["bruno"].post(path)).status_code == 404
    await json_of(await live["wanda"].post(path), 200)
    assert (await approve(live, article))["consents"] == ["wanda-seeker", "ada-expert"]


async def test_a_session_gives_one_article_and_only_when_resolved_and_to_its_parties(live: Live) -> None:
    session = await resolved_session(live)
    await write(live, "ada", sessionId=session["sessionId"])
    again = await live["wanda"].post(f"{BASE}/articles", json={**ARTICLE, "sessionId": session["sessionId"]})
    assert (again.status_code, again.json()["code"]) == (409, "knowledge.article_exists")
    foreign = await live["bruno"].post(f"{BASE}/articles", json={**ARTICLE, "sessionId": session["sessionId"]})
    assert foreign.status_code == 404


async def test_secrets_are_hidden_before_an_article_is_stored(live: Live) -> None:
    article = await write(live, steps=["Write to pat.potter@example.org"])
    assert "pat.potter" not in str(article)
    assert "[PERSONAL:email:1]" in article["steps"][0]


async def test_articles_are_paged_and_filtered_by_status(live: Live, clock: VirtualClock) -> None:
    written = []
    for number in range(3):
        written.append(await write(live, title=f"Article {number}"))
        clock.advance(1)
    await approve(live, written[1])
    first = await json_of(await live["ada"].get(f"{BASE}/articles?status=draft&limit=1"), 200)
    second = await json_of(
        await live["ada"].get(
            f"{BASE}/articles", params={"status": "draft", "limit": 1, "cursor": first["nextCursor"]}
        ),
        200,
    )
    assert [page["items"][0]["title"] for page in (first, second)] == ["Article 2", "Article 0"]
    assert second["nextCursor"] is None
    assert (await live["ada"].get(f"{BASE}/articles?cursor=nonsense!")).status_code == 422


async def test_the_document_has_front_matter_that_no_text_can_leave(live: Live) -> None:
    article = await write(live, title='---\nstatus: "approved"', code="print('```')")
    front, body = article["document"].removeprefix("---\n").split("\n---\n", 1)
    assert 'title: "---\\nstatus: \\"approved\\""' in front.splitlines()
    assert 'status: "draft"' in front.splitlines()
    assert "````\nprint('```')\n````" in body
    assert "1. Stir for ten minutes" in body


async def test_a_party_that_approves_consents_by_it(live: Live) -> None:
    space_id = await space(live, "wanda", "ada-expert")
    session = await resolved_session(live, spaceId=space_id)
    article = await write(live, "ada", sessionId=session["sessionId"])
    assert (await approve(live, article, "wanda"))["consents"] == ["wanda-seeker", "ada-expert"]
