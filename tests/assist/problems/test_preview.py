"""Previewing a log: what a report would hide and come to, before anything is sent; nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assist.conftest import Live
from tests.assist.stories import LOG, json_of

from harmony.adapters.workers.pool import Workers
from harmony.apps.links.wiring import PreviewWorker
from harmony.assist.problems.model import FAILED_TESTS_SHOWN_ITEMS, LOG_LIMIT_BYTES, Report
from harmony.assist.problems.preview import preview

TOKEN = "ghp_" + "a1B2c3D4e5F6" * 3
MAIL = "pat.potter@example.org"
KEY = "\n".join(
    ("-----BEGIN RSA PRIVATE KEY-----", *("MIIEpAIBAAKCAQEA" + "k9Zq" * 12,) * 4, "-----END RSA PRIVATE KEY-----", "")
)


async def ask(live: Live, log: str, who: str = "wanda", **more: Any) -> Any:
    return await json_of(await live[who].post("/v1/preview", json={"log": log, **more}), 200)


def applied(log: str, spans: list[dict[str, Any]]) -> str:
    """The spans put into the given log, as a client does it."""
    pieces, done = [], 0
    for span in spans:
        pieces += [log[done : span["start"]], span["placeholder"]]
        done = span["end"]
    return "".join([*pieces, log[done:]])


async def test_a_preview_says_what_is_hidden_where_and_whether_it_may_be_shown(live: Live) -> None:
    log = f"\N{SNOWMAN}\N{WOMAN} token={TOKEN} of {MAIL}\n{LOG}"
    found = await ask(live, log)
    secret, personal = found["spans"]
    assert (log[secret["start"] : secret["end"]], secret["secret"]) == (TOKEN, True)
    assert (log[personal["start"] : personal["end"]], personal["secret"]) == (MAIL, False)
    assert personal["type"] == personal["rule"] == "email"
    assert applied(log, found["spans"]) == found["redacted"]
    assert TOKEN not in json.dumps(found)
    assert MAIL not in json.dumps(found)


async def test_a_preview_judges_as_the_report_will(live: Live) -> None:
    environment = {"os": "Linux", "previousEnvironment": "Windows"}
    found = await ask(live, LOG, environmentContext=environment)
    body = {"log": found["redacted"], "activityData": {"environmentContext": environment}}
    reported = await json_of(await live["wanda"].post("/v1/detect-problem", json=body), 200)
    for name in ("problemDetected", "classification", "confidenceScore", "fingerprint"):
        assert found[name] == reported[name], name
    assert found["classification"]["category"] == "cross-platform-compatibility"


async def test_a_preview_keeps_nothing_and_tells_nobody(live: Live) -> None:
    await live.stamp()
    before = await live.journal.head()
    await ask(live, LOG)
    await live.stamp()
    assert (await json_of(await live["wanda"].get("/v1/problems"), 200))["items"] == []
    assert await live.journal.head() == before


def test_lines_count_in_the_given_log_though_a_key_of_many_lines_became_one() -> None:
    log = f"start\n{KEY}{KEY}between\nValueError: the kiln is cold\n"
    found = preview(Report(log=log))
    decisive = found.digest.decisive[0]
    assert decisive.line is not None
    assert log.split("\n")[decisive.line - 1] == decisive.text == "ValueError: the kiln is cold"


def test_the_digest_counts_all_and_names_the_first_failed_tests() -> None:
    many = FAILED_TESTS_SHOWN_ITEMS + 1
    names = "".join(f"FAILED tests/test_kiln.py::test_{n} - AssertionError\n" for n in range(many))
    found = preview(Report(log=f"{names}=== {many} failed, 7 passed, 2 skipped in 3.10s ===\n")).digest
    assert (found.status, found.ran, found.failed, found.skipped) == ("broken", many + 7, many, 2)
    assert len(found.failed_tests) == FAILED_TESTS_SHOWN_ITEMS
    assert found.framework == "pytest"


def test_an_empty_log_says_that_nothing_failed() -> None:
    found = preview(Report(log=""))
    assert (found.redacted, found.spans, found.judgement.problem_detected) == ("", (), False)


@given(st.lists(st.sampled_from((MAIL, f"password={TOKEN}", KEY, "\n", "é\N{SNOWMAN}", " x ", LOG, "\r\n"))))
def test_the_spans_applied_to_the_given_log_are_the_redacted_text(pieces: list[str]) -> None:
    log = "".join(pieces)
    found = preview(Report(log=log))
    spans = [{"start": s.start, "end": s.end, "placeholder": s.placeholder} for s in found.spans]
    assert applied(log, spans) == found.redacted
    assert TOKEN not in found.redacted


async def test_a_preview_has_the_report_s_limit(live: Live) -> None:
    await ask(live, "é" * (LOG_LIMIT_BYTES // 2))
    for log in ("é" * (LOG_LIMIT_BYTES // 2) + "a", "a" * (LOG_LIMIT_BYTES + 1)):
        answer = await live["wanda"].post("/v1/preview", json={"log": log})
        assert answer.status_code in (413, 422)
        assert answer.json()["details"]["field"] == "log"


@pytest.mark.parametrize(
    "body", [{}, {"log": 7}, {"log": "a\x00"}, {"log": "a", "userId": "wanda-seeker"}, {"log": "\x01" * 3_000}]
)
async def test_what_is_no_log_is_refused_without_echoing_it(live: Live, body: dict[str, Any]) -> None:
    answer = await live["wanda"].post("/v1/preview", json=body)
    assert answer.status_code == 422
    assert "wanda-seeker" not in answer.text


async def test_previewing_needs_the_permission_to_report(live: Live) -> None:
    for who, status in (("wanda", 200), ("cora", 403), ("nobody", 401)):
        assert (await live[who].post("/v1/preview", json={"log": LOG})).status_code == status, who


async def test_a_worker_process_previews_as_the_calling_one(tmp_path: Path) -> None:
    workers = Workers(1)
    try:
        report = Report(log=f"{MAIL}\n{LOG}")
        assert await PreviewWorker(workers, tmp_path)(report) == preview(report)
    finally:
        workers.close()
