"""What `harmony mcp` sends to a Harmony, and what it makes of the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from tests.apps.cli.test_watch import Server

from harmony.apps.cli.mcp import TOOLS, activity, redacted, server
from harmony.apps.cli.reach import ANSWER_LIMIT_BYTES, Reach
from harmony.assist.problems.errors import BatchTooLarge
from harmony.assist.problems.schemas import DetectProblem
from harmony.assist.problems.watched import BATCH_LIMIT_CHARS
from harmony.assist.problems.watching.schemas import ReportActivity

SECRET = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"


def test_every_text_is_redacted_and_the_report_stays_within_its_limits() -> None:
    log = ("é" * 100 + "\n") * 1_300 + "password=abcdef12345\n"
    errors = [{"errorType": "E", "message": "mail ada.quill@example.org", "timestamp": "2026-01-02T03:04:05Z"}]
    report = DetectProblem.model_validate({"log": log, "activityData": {"recentErrors": errors}, "command": SECRET})
    sent = DetectProblem.model_validate(redacted(report))
    assert sent.log is not None
    assert len(sent.log.encode()) <= len(log.encode())
    assert sent.activity_data.recent_errors[0].timestamp == report.activity_data.recent_errors[0].timestamp
    for hidden in ("abcdef12345", "ada.quill", SECRET[14:]):
        assert hidden not in sent.model_dump_json()


def test_the_same_secret_has_the_same_placeholder_in_every_field() -> None:
    sent = redacted(
        DetectProblem(log=f"first {SECRET} and more of the log", command=f"run --with {SECRET} for a while")
    )
    (placeholder,) = {word for word in f"{sent['log']} {sent['command']}".split() if word.startswith("[SECRET")}
    assert placeholder in sent["log"]
    assert placeholder in sent["command"]


@pytest.mark.parametrize("colour", ["\x1b[31m", "\x9b0m", "\x1b]0;title\x07", "\x08"])
def test_a_colour_in_the_midst_of_a_secret_does_not_save_it(colour: str) -> None:
    broken = SECRET[:12] + colour + SECRET[12:]
    assert SECRET[14:] not in json.dumps(redacted(DetectProblem(log=f"cannot use {broken}\n", command=broken)))


def run_of(*events: dict[str, Any]) -> ReportActivity:
    numbered = [{"eventId": str(number), **event} for number, event in enumerate(events)]
    return ReportActivity.model_validate({"runId": "kiln", "events": numbered})


def test_events_leave_redacted_also_where_only_their_structure_tells_a_secret() -> None:
    sent = activity(
        run_of(
            {"role": "user", "text": f"use {SECRET}, \x1b[31mplease\x1b[0m"},
            {"role": "agent", "tool": "shell", "args": {"password": "hunter2-and-more", SECRET: 1}},
            {"role": "tool", "name": "shell", "text": "no such oven", "error": True},
        )
    )
    assert [event["eventId"] for event in sent["events"]] == ["0", "1", "2"]
    assert (sent["source"], sent["runId"]) == ("agent", "kiln")
    for hidden in (SECRET[14:], "hunter2", "\x1b"):
        assert hidden not in json.dumps(sent, ensure_ascii=False)
    assert sent["events"][2] == {
        "eventId": "2",
        "role": "tool",
        "text": "no such oven",
        "tool": "",
        "args": "",
        "name": "shell",
        "error": True,
    }
    again = run_of(*({name: value for name, value in event.items() if name != "eventId"} for event in sent["events"]))
    assert activity(again) == sent


def test_a_batch_beyond_its_limit_is_refused_before_anything_leaves() -> None:
    texts = [{"role": "tool", "text": "x" * 16_000} for _ in range(BATCH_LIMIT_CHARS // 16_000 + 1)]
    activity(run_of(*texts[:-1]))
    with pytest.raises(BatchTooLarge):
        activity(run_of(*texts))


STANDING: dict[str, Any] = {
    **dict.fromkeys(("alarmAt", "kind", "confidenceScore", "alarmId", "alarmState", "contextId")),
    **dict.fromkeys(("accepted", "events"), 1),
    **dict.fromkeys(("repeated", "rounds", "score"), 0),
    **{name: [] for name in ("hints", "evidence", "knownSolutions", "actions")},
    **dict.fromkeys(("stuck", "nudge"), False),
    "surmountable": True,
    "obstacle": "",
    "suggestedAction": "none",
    "runId": "kiln",
    "watchedRunId": "run-1",
}


async def reported(harmony: Reach) -> Any:
    arguments = {"runId": "kiln", "events": [{"eventId": "1", "role": "tool", "text": f"used {SECRET}"}]}
    async with Client(server(harmony)) as client:
        return await client.call_tool("reportActivity", arguments)


async def test_activity_is_judged_by_the_harmony_that_is_named_and_a_later_one_may_say_more() -> None:
    with Server(200, json.dumps({**STANDING, "later": 1}).encode()) as harmony:
        answer = await reported(Reach(harmony.url, Path("/nowhere"), "t"))
    assert not answer.is_error, answer.content
    assert answer.structured_content == STANDING
    (asked,) = harmony.asked
    assert (asked["path"], asked["token"], asked["source"]) == ("/v1/activity", "Bearer t", "agent")
    assert SECRET not in json.dumps(asked)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"[]", "cli.answer_unreadable"), (b" " * (ANSWER_LIMIT_BYTES + 1), "cli.answer_unreadable")],
)
async def test_what_answers_and_is_no_harmony_is_refused_in_bounded_memory(content: bytes, code: str) -> None:
    with Server(200, content) as harmony:
        answer = await reported(Reach(harmony.url, Path("/nowhere"), None))
    assert answer.is_error
    assert code in answer.content[0].text


async def test_without_a_harmony_activity_is_refused_with_the_remedy_and_its_tool_says_so() -> None:
    answer = await reported(Reach(None, Path("/nowhere"), None))
    assert answer.is_error
    assert "runtime.not_running" in answer.content[0].text
    assert "make up" in answer.content[0].text
    tool = TOOLS["reportActivity"]
    assert "refused" in tool.description
    assert (tool.effects.reads_only, tool.effects.repeatable, tool.alone) == (False, True, None)
