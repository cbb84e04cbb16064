"""Invented runs over HTTP: agents and editors that go in circles."""

from __future__ import annotations

import itertools
from typing import Any

from tests.assist.conftest import Live
from tests.assist.stories import json_of

FAILURE = "Traceback (most recent call last):\n  File \"/srv/kiln.py\", line 3, in fire\nKeyError: 'cobalt'"


def agent_steps(rounds: int, *, first: int = 0, args: str = "python kiln.py", result: str = FAILURE) -> list[Any]:
    """``rounds`` times the same action with the same result; event ids count from ``first``."""
    count = itertools.count(first)
    return [
        event
        for _ in range(rounds)
        for event in (
            {"eventId": str(next(count)), "role": "agent", "tool": "shell", "args": args},
            {"eventId": str(next(count)), "role": "tool", "name": "shell", "text": result, "error": True},
        )
    ]


def fixing(rounds: int, *, first: int = 0, output: str = FAILURE) -> list[Any]:
    """Edit, run, the same failure: as an editor sees it."""
    count = itertools.count(first)
    return [
        event
        for _ in range(rounds)
        for event in (
            {"eventId": str(next(count)), "kind": "edit", "path": "kiln.py"},
            {"eventId": str(next(count)), "kind": "run", "command": "pytest -q", "exitCode": 1, "output": output},
        )
    ]


async def send(
    live: Live, events: list[Any], *, who: str = "wanda", source: str = "agent", run: str = "run", status: int = 200
) -> Any:
    body = {"source": source, "runId": run, "events": events}
    return await json_of(await live[who].post("/v1/activity", json=body), status)


async def choose(live: Live, who: str = "wanda", **settings: Any) -> Any:
    return await json_of(await live[who].put("/v1/detection/settings", json=settings), 200)


async def alarms(live: Live, who: str = "wanda") -> list[Any]:
    found: list[Any] = (await json_of(await live[who].get("/v1/detection/alarms"), 200))["items"]
    return found


async def notifications(live: Live, who: str = "wanda") -> list[Any]:
    found: list[Any] = (await json_of(await live[who].get("/v1/notifications"), 200))["notifications"]
    return [item for item in found if item["kind"].startswith("detection.")]
