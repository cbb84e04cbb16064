"""A person merges and splits failures; the decision is remembered, can be undone, and never contradicts another."""

from __future__ import annotations

from typing import Any

import pytest
from tests.assist.conftest import Live
from tests.assist.stories import json_of

from harmony.adapters.db.pool import Database
from harmony.assist.knowledge import service as knowledge
from harmony.assist.problems import grouping

GROUPINGS = "/v1/problems/fingerprints/groupings"


async def reported(live: Live, function: str, who: str = "wanda", library: str = "dip") -> str:
    log = (
        "Traceback (most recent call last):\n"
        f'  File "/srv/shop.py", line 7, in {function}\n    heat(oven)\n'
        f'  File "/x/site-packages/paint.py", line 7, in {library}\n    x()\n'
        "shop.ColdError: kiln is cold\n"
    )
    found = await json_of(await live[who].post("/v1/detect-problem", json={"log": log, "exitCode": 1}), 200)
    return str(found["fingerprint"])


async def occurrences(live: Live, function: str) -> int:
    log = (
        "Traceback (most recent call last):\n"
        f'  File "/srv/shop.py", line 9, in {function}\n    heat(oven)\nshop.ColdError: kiln is cold\n'
    )
    found = await json_of(await live["wanda"].post("/v1/detect-problem", json={"log": log, "exitCode": 1}), 200)
    return int(found["occurrences"])


async def decide(live: Live, one: str, other: str, verdict: str, status: int = 200, who: str = "wanda") -> Any:
    body = {"one": one, "other": other, "verdict": verdict, "reason": "both stem from the thermostat"}
    return await json_of(await live[who].post(GROUPINGS, json=body), status)


async def test_merged_failures_count_as_one_until_the_merge_is_undone(live: Live) -> None:
    fire, warm = await reported(live, "fire"), await reported(live, "warm")
    assert fire != warm
    decided = await decide(live, fire, warm, "merge")
    assert await occurrences(live, "fire") == 3
    assert (await live["wanda"].delete(f"{GROUPINGS}/{decided['groupingId']}")).status_code == 204
    assert await occurrences(live, "warm") == 2


async def test_a_decision_is_listed_and_a_later_one_about_the_same_two_takes_its_place(live: Live) -> None:
    fire, warm = await reported(live, "fire"), await reported(live, "warm")
    await decide(live, warm, fire, "merge")
    await decide(live, fire, warm, "split")
    listed = await json_of(await live["wanda"].get(GROUPINGS), 200)
    assert [(item["one"], item["other"], item["verdict"]) for item in listed["items"]] == [
        (*sorted((fire, warm)), "split")
    ]


async def test_a_failure_whose_own_frames_do_not_tell_can_be_split_by_its_library_s(live: Live) -> None:
    one = await reported(live, "fire", library="dip")
    assert one == await reported(live, "fire", library="spray")
    await decide(live, one, one, "split")
    assert await reported(live, "fire", library="dip") != await reported(live, "fire", library="spray")


async def test_a_merge_across_a_split_is_refused(live: Live) -> None:
    a, b, c = [await reported(live, name) for name in ("fire", "warm", "bake")]
    await decide(live, a, b, "merge")
    await decide(live, a, c, "split")
    refused = await decide(live, b, c, "merge", 409)
    assert refused["code"] == "problems.grouping_contradicts"


async def test_a_split_of_two_that_others_join_is_refused_and_leaves_nothing(live: Live) -> None:
    a, b, c = [await reported(live, name) for name in ("fire", "warm", "bake")]
    await decide(live, a, b, "merge")
    await decide(live, b, c, "merge")
    await decide(live, a, c, "split", 409)
    listed = await json_of(await live["wanda"].get(GROUPINGS), 200)
    assert [item["verdict"] for item in listed["items"]] == ["merge", "merge"]


async def test_the_like_failures_come_with_reasons_and_what_was_decided(live: Live) -> None:
    fire, warm = await reported(live, "fire"), await reported(live, "warm")
    before = await json_of(await live["wanda"].get(f"/v1/problems/fingerprints/{fire}/similar"), 200)
    assert before["group"] == [fire]
    assert [item["fingerprint"] for item in before["items"]] == [warm]
    assert "own functions: fire | warm" in before["items"][0]["reasons"]
    await decide(live, fire, warm, "merge")
    after = await json_of(await live["wanda"].get(f"/v1/problems/fingerprints/{fire}/similar"), 200)
    assert sorted(after["group"]) == sorted([fire, warm])
    assert after["items"][0]["verdict"] == "same"


async def test_what_one_never_reported_cannot_be_seen_or_decided(live: Live) -> None:
    fire, warm = await reported(live, "fire"), await reported(live, "warm")
    assert (await decide(live, fire, warm, "merge", 404, who="wilbur"))["code"] == "problems.fingerprint_unknown"
    assert (await live["wilbur"].get(f"/v1/problems/fingerprints/{fire}/similar")).status_code == 404
    decided = await decide(live, fire, warm, "merge")
    assert (await live["wilbur"].delete(f"{GROUPINGS}/{decided['groupingId']}")).status_code == 404


async def test_one_failure_cannot_be_merged_with_itself(live: Live) -> None:
    fire = await reported(live, "fire")
    assert (await decide(live, fire, fire, "merge", 422))["code"] == "problems.grouping_empty"


async def test_a_group_is_merged_up_to_its_bound_and_not_beyond(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "GROUP_LIMIT_ITEMS", 2)
    a, b, c = [await reported(live, name) for name in ("fire", "warm", "bake")]
    await decide(live, a, b, "merge")
    assert (await decide(live, b, c, "merge", 413))["code"] == "problems.group_too_large"


async def test_what_answers_one_failure_answers_what_was_merged_with_it(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    known = knowledge.known_solutions

    async def listening(connection: Any, principal_id: str, fingerprint: str, words: str, category: str) -> Any:
        asked.append(fingerprint)
        return await known(connection, principal_id, fingerprint, words, category)

    fire, warm = await reported(live, "fire"), await reported(live, "warm")
    await decide(live, fire, warm, "merge")
    monkeypatch.setattr(knowledge, "known_solutions", listening)
    await reported(live, "warm")
    assert asked == [warm, fire]


async def test_decisions_and_what_undoes_them_are_journalled_without_their_reasons(
    live: Live, admitted: Database
) -> None:
    fire, warm = await reported(live, "fire"), await reported(live, "warm")
    merged = await decide(live, fire, warm, "merge")
    await decide(live, fire, warm, "split")
    await live["wanda"].delete(f"{GROUPINGS}/{merged['groupingId']}")
    await decide(live, fire, fire, "merge", 422)
    await live.stamp()
    async with admitted.reading() as connection:
        rows = await connection.fetch("SELECT kind, subject, payload FROM journal_entries ORDER BY revision")
    told = [(row["kind"], row["payload"]) for row in rows if row["kind"].startswith("assist.grouping")]
    assert [(kind, payload.get("verdict")) for kind, payload in told] == [
        ("assist.grouping.decided", "merge"),
        ("assist.grouping.decided", "split"),
        ("assist.grouping.undone", None),
    ]
    assert told[0][1]["grouping_id"] == merged["groupingId"]
    assert "thermostat" not in str(told)
