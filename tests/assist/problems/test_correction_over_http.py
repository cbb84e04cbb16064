"""A person corrects the class of a failure: beside what was read, once, told in the journal, and only who may."""

from __future__ import annotations

from typing import Any

from tests.assist.conftest import Live
from tests.assist.stories import json_of, report

NETWORK = {"category": "network", "subcategory": "connection", "reason": "the proxy was down"}


async def reported(live: Live, who: str = "wanda", **changes: Any) -> str:
    return str((await report(live, who, **changes))["contextId"])


async def correct(live: Live, context: str, body: dict[str, str], status: int = 200, who: str = "wanda") -> Any:
    return await json_of(await live[who].put(f"/v1/problems/{context}/classification", json=body), status)


async def told(live: Live) -> list[Any]:
    async with live.database.reading() as connection:
        rows = await connection.fetch(
            "SELECT payload FROM journal_entries WHERE kind = 'assist.problem.reclassified' ORDER BY position"
        )
    return [row["payload"] for row in rows]


async def test_the_owner_corrects_a_class_and_what_was_read_stays(live: Live) -> None:
    context = await reported(live)
    given = await correct(live, context, NETWORK)
    assert given["category"] == "cross-platform-compatibility"
    assert (given["corrected"]["category"], given["corrected"]["correctedBy"]) == ("network", "wanda-seeker")
    read = await json_of(await live["wanda"].get(f"/v1/problems/{context}/classification"), 200)
    assert read == given
    kept = await json_of(await live["wanda"].get(f"/v1/problems/{context}"), 200)
    assert kept["classification"]["category"] == "cross-platform-compatibility"


async def test_a_correction_is_told_once_and_the_same_again_changes_nothing(live: Live) -> None:
    context = await reported(live)
    first = await correct(live, context, NETWORK)
    assert await correct(live, context, NETWORK) == first
    await correct(live, context, {"category": "unknown", "subcategory": "unclassified"})
    payloads = await told(live)
    assert [(p["category"], p["earlier_category"]) for p in payloads] == [
        ("network", "cross-platform-compatibility"),
        ("unknown", "network"),
    ]


async def test_with_a_key_a_correction_is_answered_as_the_first_time(live: Live) -> None:
    context = await reported(live)
    path, headers = f"/v1/problems/{context}/classification", {"Idempotency-Key": "one"}
    first = await live["wanda"].put(path, json=NETWORK, headers=headers)
    again = await live["wanda"].put(path, json=NETWORK, headers=headers)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"


async def test_a_class_that_there_is_not_is_refused_by_name(live: Live) -> None:
    context = await reported(live)
    refused = await correct(live, context, {"category": "network", "subcategory": "teapot"}, 422)
    assert refused["code"] == "problems.class_unknown"
    assert "teapot" in refused["message"]


async def test_who_may_not_see_a_failure_may_not_correct_it(live: Live) -> None:
    context = await reported(live)
    assert (await correct(live, context, NETWORK, 404, "wilbur"))["code"] == "problems.context_unknown"
    assert (await correct(live, context, NETWORK, 404, "ada"))["code"] == "problems.context_unknown"
    assert (await live["nobody"].put(f"/v1/problems/{context}/classification", json=NETWORK)).status_code == 401
    assert await told(live) == []


async def test_secrets_in_a_reason_are_hidden(live: Live) -> None:
    context = await reported(live)
    secret = "AKIA" + "IOSFODNN7EXAMPLQ"
    given = await correct(live, context, {**NETWORK, "reason": f"the key {secret} was wrong"})
    assert secret not in given["corrected"]["reason"]


async def test_an_administrator_takes_out_lessons_in_which_no_sentence_stands(live: Live) -> None:
    first = await reported(live)
    second = await reported(live, "wilbur", log="shop.Trouble: the quince marmalade overflowed\n")
    await correct(live, first, NETWORK)
    answer = await live["olga"].get("/v1/problem-lessons")
    listed = await json_of(answer, 200)
    items = {item["contextId"]: item for item in listed["items"]}
    assert {context: item["correctedCategory"] for context, item in items.items()} == {second: None, first: "network"}
    assert {"rule": "drive-on-posix", "share": 1.0} in items[first]["fitting"]
    assert "morning.csv" not in answer.text
    assert "quince marmalade" not in answer.text


async def test_lessons_come_by_pages_and_only_to_administrators(live: Live) -> None:
    contexts = [await reported(live) for _ in range(3)]
    page = await json_of(await live["olga"].get("/v1/problem-lessons?limit=2"), 200)
    rest = await json_of(await live["olga"].get(f"/v1/problem-lessons?limit=2&cursor={page['nextCursor']}"), 200)
    assert [item["contextId"] for item in (*page["items"], *rest["items"])] == sorted(contexts, reverse=True)
    assert rest["nextCursor"] is None
    assert (await live["wanda"].get("/v1/problem-lessons")).status_code == 403
    assert (await live["olga"].get("/v1/problem-lessons?limit=21")).status_code == 422
