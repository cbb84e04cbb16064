"""Detection in a running Harmony: the guide as printed, worker processes, the front door."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.assist.problems.hooks.payloads import of_github, workflow_job
from tests.assist.problems.watching.events import agent_steps
from tests.harmony import Harmony
from tests.people import invented

from harmony.assist.problems.hooks.routes import BODY_LIMIT_BYTES
from harmony.kernel.clock import SystemClock

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "detection.md"
SNIPPETS = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
ANSWERS: tuple[dict[str, Any], ...] = (
    {"nudge": True, "kind": "edit_run_fail", "suggestedAction": "nudge"},
    {"provider": "github", "events": ["workflow_run", "workflow_job", "check_run"]},
    {"assistanceMode": "Scheduled", "digestHour": 18},
)


@pytest.mark.parametrize(("command", "expected"), list(zip(SNIPPETS, ANSWERS, strict=True)))
def test_the_guide_s_requests_are_answered_as_it_says(
    running_harmony: Harmony, command: str, expected: dict[str, Any]
) -> None:
    person = invented(running_harmony, "seeker")
    environment = {**os.environ, "HARMONY_URL": running_harmony.url, "HARMONY_TOKEN": person.token or ""}
    ended = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert {name: found[name] for name in expected} == expected


def test_an_agents_loop_reaches_its_user_with_everything_redacted(running_harmony: Harmony) -> None:
    secret = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"
    person = invented(running_harmony, "seeker")
    events = agent_steps(4, result=f"error: bad token {secret}")
    found = person.live("POST", "/v1/activity", json={"source": "agent", "runId": "loop", "events": events})
    assert found.status_code == 200, found.text
    assert found.json()["stuck"]
    told = person.live("GET", "/v1/notifications")
    assert told.json()["notifications"][0]["kind"] == "detection.nudge"
    assert secret not in found.text + told.text


def test_a_signed_web_hook_comes_in_by_the_front_door_and_nothing_else_does(running_harmony: Harmony) -> None:
    person = invented(running_harmony, "seeker")
    made = person.live("POST", "/v1/ci/sources", json={"provider": "github", "name": "kiln"}).json()
    address = running_harmony.url + made["hookPath"]
    payload = workflow_job(1, "failure", SystemClock().now())
    with httpx.Client(trust_env=False, timeout=60) as anybody:
        good = anybody.post(address, **of_github(made["secret"], "workflow_job", payload, "one"))
        assert (good.status_code, good.json()["accepted"]) == (200, True)
        forged = anybody.post(address, **of_github("guessed", "workflow_job", payload, "two"))
        assert (forged.status_code, forged.json()["code"]) == (401, "problems.hook_forged")
        for size, status in ((BODY_LIMIT_BYTES, 401), (BODY_LIMIT_BYTES + 1, 413)):
            assert anybody.post(address, content=b" " * size).status_code == status
