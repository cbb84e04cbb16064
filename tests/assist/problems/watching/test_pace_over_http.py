"""Reports of the same failure, as `harmony watch --report` sends them: a nudge first, a person third."""

from __future__ import annotations

from typing import Any

from tests.assist.conftest import Live
from tests.assist.problems.watching.events import FAILURE
from tests.assist.stories import json_of, report


async def watched(live: Live, times: int) -> Any:
    body = {
        "activityData": {
            "recentErrors": [{"errorType": "KeyError", "message": "'cobalt'", "frequency": times}],
            "environmentContext": {"os": "Linux", "recentCodeChanges": False},
            "userFrustrationSignals": {"repeatedAttempts": times > 1},
        },
        "log": FAILURE,
        "command": "python kiln.py",
        "exitCode": 1,
    }
    return await json_of(await live["wanda"].post("/v1/detect-problem", json=body), 200)


async def test_a_simple_failure_that_comes_back_is_a_nudge_until_the_third_time(live: Live) -> None:
    found = [await watched(live, times) for times in (1, 2, 3)]
    assert [one["occurrences"] for one in found] == [1, 2, 3]
    assert [one["suggestedAction"] for one in found] == ["nudge", "nudge", "expert_assistance"]


async def test_what_is_known_comes_before_the_person(live: Live) -> None:
    category = (await watched(live, 1))["classification"]["category"]
    article = {
        "title": "KeyError: 'cobalt'",
        "problem": f"KeyError 'cobalt' {category}",
        "categories": [category],
        "cause": "The glaze is missing from the table.",
        "steps": ["Add cobalt to the table of glazes."],
    }
    drafted = await json_of(await live["ada"].post("/v1/knowledge-base/articles", json=article), 201)
    path = f"/v1/knowledge-base/articles/{drafted['articleId']}/approve"
    await json_of(await live["cora"].post(path, json={}), 200)
    found = [await watched(live, times) for times in (2, 3)]
    assert [one["suggestedAction"] for one in found] == ["known_solution", "expert_assistance"]


async def test_what_is_hard_by_itself_is_not_held_back(live: Live) -> None:
    assert (await report(live))["suggestedAction"] == "expert_assistance"
