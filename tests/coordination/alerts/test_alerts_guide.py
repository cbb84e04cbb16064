"""The guide of one page: what it shows is accepted as it stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import httpx

from harmony.coordination.alerts.condition import parse

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "alerts.md").read_text()


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


async def test_every_alert_of_the_guide_is_accepted(http: httpx.AsyncClient) -> None:
    shown = [json.loads(block) for block in blocks("json")]
    assert len(shown) == 4
    for alert in shown:
        answer = await http.post("/alerts/configure", json=alert)
        assert answer.status_code == 200, answer.text
        if "condition" in alert:
            body = {"alert": alert, "start": "2025-12-31T23:00:00Z", "step_seconds": 60}
            assert (await http.post("/alerts/dry-run", json=body)).status_code == 200


async def test_every_channel_of_the_guide_is_accepted(http: httpx.AsyncClient, as_operator: Mapping[str, str]) -> None:
    shown = [json.loads(block) for block in blocks("channel")]
    assert [channel["kind"] for channel in shown] == ["slack", "email", "webhook"]
    for channel in shown:
        answer = await http.put(f"/channels/{channel['kind']}", json=channel, headers=as_operator)
        assert answer.status_code == 200, answer.text


async def test_a_silence_of_the_guide_is_accepted(http: httpx.AsyncClient) -> None:
    [shown] = re.findall(r"`POST /alerts/silences` with `(\{.*?\})`\.", GUIDE, re.DOTALL)
    assert (await http.post("/alerts/silences", json=json.loads(shown))).status_code == 201


def test_every_condition_of_the_guide_is_one() -> None:
    conditions = re.findall(r"^\| `([^`]+)` \|", GUIDE, re.MULTILINE)
    assert len(conditions) == 7
    for condition in conditions:
        assert parse(condition)
