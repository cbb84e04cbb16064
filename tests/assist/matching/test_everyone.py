"""An administrator may look at everybody's requests; asking does not help anybody else."""

from __future__ import annotations

from tests.assist.conftest import Live
from tests.assist.stories import ask, json_of, report


async def test_everyone_s_requests_are_listed_for_an_administrator_only(live: Live) -> None:
    request = await ask(live, (await report(live))["contextId"])

    async def listed(name: str, query: str) -> list[str]:
        found = await json_of(await live[name].get(f"/v1/requests{query}"), 200)
        return [item["requestId"] for item in found["items"]]

    assert await listed("olga", "?everyone=true") == [request["requestId"]]
    assert await listed("olga", "") == []
    assert await listed("wilbur", "?everyone=true") == []
    assert await listed("wanda", "?everyone=true") == [request["requestId"]]
