"""Who helps registers once, as themselves, with a schedule in a real time zone."""

from __future__ import annotations

from typing import Any

import pytest
from tests.assist.conftest import Live
from tests.assist.stories import json_of, register

from harmony.assist.experts import service
from harmony.kernel.money import REPUTATION, parse

PRINTED: dict[str, Any] = {
    "userId": "ada-expert",
    "expertise": [
        {"skill": "Python", "level": "Expert", "yearsExperience": 8},
        {"skill": "Docker", "level": "Advanced", "yearsExperience": 5},
    ],
    "availability": {
        "timezone": "America/New_York",
        "schedule": [
            {"day": "Monday", "startTime": "09:00", "endTime": "17:00"},
            {"day": "Friday", "startTime": "13:00", "endTime": "18:00"},
        ],
        "maxWeeklyHours": 10,
    },
    "communicationPreferences": {
        "preferredChannels": ["discord", "email"],
        "responseTimeExpectation": "within 2 hours",
    },
}


async def test_the_printed_registration_is_answered_with_an_expert_id_and_read_back(live: Live) -> None:
    made = await json_of(await live["ada"].post("/v1/experts", json=PRINTED), 201)
    read = await json_of(await live["wanda"].get(f"/v1/experts/{made['expertId']}"), 200)
    assert read == made
    assert {entry["skill"] for entry in read["expertise"]} == {"Python", "Docker"}
    assert read["availability"] == {**PRINTED["availability"], "doNotDisturb": []}
    assert (read["name"], read["completedSessions"], read["reputationScore"]) == ("Ada", 0, 3.5)


async def test_nobody_registers_another_but_an_administrator(live: Live) -> None:
    refused = await json_of(await live["bruno"].post("/v1/experts", json=PRINTED), 403)
    assert refused["details"]["field"] == "userId"
    await json_of(await live["olga"].post("/v1/experts", json=PRINTED), 201)
    unknown = {**PRINTED, "userId": "nobody-known"}
    assert (await live["olga"].post("/v1/experts", json=unknown)).status_code == 404


async def test_a_second_registration_is_told_of_the_first(live: Live) -> None:
    expert_id = await register(live, "ada", ("Python", "Expert", 8))
    refused = await json_of(await live["ada"].post("/v1/experts", json=PRINTED), 409)
    assert refused["details"]["expert_id"] == expert_id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"availability": {"timezone": "Mars/Olympus"}}, "availability.timezone"),
        ({"availability": {"timezone": "Europe"}}, "availability.timezone"),
        ({"availability": {"timezone": "../etc/passwd"}}, "availability.timezone"),
        ({"availability": {"schedule": [{"day": "Monday", "startTime": "25:00", "endTime": "26:00"}]}}, "startTime"),
        ({"expertise": []}, "expertise"),
        ({"expertise": [{"skill": "x", "level": "Wizard"}]}, "level"),
        ({"expertise": [{"skill": "x", "level": "Expert", "yearsExperience": 81}]}, "yearsExperience"),
        ({"expertise": [{"skill": "a\x00b", "level": "Expert"}]}, "skill"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_what_cannot_be_is_refused_by_name(live: Live, change: dict[str, Any], field: str) -> None:
    refused = await json_of(await live["ada"].post("/v1/experts", json={**PRINTED, **change}), 422)
    assert refused["details"]["field"].endswith(field)


async def test_a_skill_named_twice_counts_as_the_stronger(live: Live) -> None:
    expert_id = await register(live, "ada", ("python", "Beginner", 1), ("Python3", "Expert", 9))
    read = await json_of(await live["ada"].get(f"/v1/experts/{expert_id}"), 200)
    assert [(entry["skill"], entry["level"]) for entry in read["expertise"]] == [("Python3", "Expert")]


async def test_standing_moves_once_for_a_contribution_and_may_fall(live: Live) -> None:
    expert_id = await register(live, "ada", ("Python", "Expert", 8))
    for contribution, points in (("c-1", "2.5"), ("c-1", "2.5"), ("c-2", "-0.75")):
        async with live.database.begin() as uow:
            await service.credit(uow, expert_id, contribution, parse(points, REPUTATION))
    read = await json_of(await live["ada"].get(f"/v1/experts/{expert_id}"), 200)
    assert read["reputationPoints"] == "1.750"


async def test_experts_are_paged(live: Live) -> None:
    await register(live, "ada", ("Python", "Expert", 8))
    await register(live, "bruno", ("React", "Expert", 8))
    first = await json_of(await live["wanda"].get("/v1/experts?limit=1"), 200)
    second = await json_of(
        await live["wanda"].get("/v1/experts", params={"limit": 1, "cursor": first["nextCursor"]}), 200
    )
    assert {page["items"][0]["name"] for page in (first, second)} == {"Ada", "Bruno"}
    assert second["nextCursor"] is None


@pytest.mark.parametrize("expert_id", ["expert-1", "9" * 40, "expert-" + "0" * 32, "%00", "%ff"])
async def test_unknown_and_malformed_ids_are_not_found(live: Live, expert_id: str) -> None:
    assert (await live["wanda"].get(f"/v1/experts/{expert_id}")).status_code == 404
