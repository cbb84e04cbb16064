"""What `harmony mcp` sends to a Harmony, before it sends it."""

from __future__ import annotations

import json

import pytest

from harmony.apps.cli.mcp import redacted
from harmony.assist.problems.schemas import DetectProblem

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
