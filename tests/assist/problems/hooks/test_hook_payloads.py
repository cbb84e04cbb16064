"""Signatures and payloads, without a server."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assist.problems.hooks.payloads import (
    check_run,
    job_hook,
    of_github,
    of_gitlab,
    pipeline,
    signed_by_gitlab,
    workflow_job,
    workflow_run,
)

from harmony.assist.problems.hooks import github, gitlab
from harmony.assist.problems.hooks.signatures import (
    SIGNATURES_LIMIT_ITEMS,
    TOLERANCE_SECONDS,
    sent_by_gitlab,
    signed_by_github,
)
from harmony.assist.problems.pipelines import NAME_LIMIT_CHARS, OUTCOMES_LIMIT_ITEMS

NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
SECRET = "whsec_a2lsbmtpbG5raWxua2lsbmtpbG5raWxua2lsbmtpbG4="
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def test_githubs_signature_of_the_documentation_holds() -> None:
    header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert signed_by_github({"x-hub-signature-256": header}, b"Hello, World!", "It's a Secret to Everybody")


def test_the_signature_of_the_standard_webhooks_example_holds() -> None:
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    body, then = b'{"test": 2432232314}', datetime.fromtimestamp(1614265330, UTC)
    assert sent_by_gitlab(headers, body, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", then)


@pytest.mark.parametrize("header", [None, "", "sha256=", "sha1=abc", "sha256=" + "0" * 64, "é" * 64])
def test_another_signature_does_not(header: str | None) -> None:
    headers = {} if header is None else {"x-hub-signature-256": header}
    assert not signed_by_github(headers, b"{}", SECRET)


def test_one_changed_byte_breaks_a_signature() -> None:
    sent = of_github(SECRET, "workflow_run", {"a": 1}, "d")
    assert signed_by_github(sent["headers"], sent["content"], SECRET)
    assert not signed_by_github(sent["headers"], sent["content"] + b" ", SECRET)
    assert not signed_by_github(sent["headers"], sent["content"], SECRET[:-1])


def test_gitlabs_token_and_its_signature_hold() -> None:
    plain = of_gitlab(SECRET, "Job Hook", {}, "d")
    assert sent_by_gitlab(plain["headers"], plain["content"], SECRET, NOW)
    assert not sent_by_gitlab({**plain["headers"], "x-gitlab-token": SECRET + "x"}, b"{}", SECRET, NOW)
    assert not sent_by_gitlab({}, b"{}", SECRET, NOW)
    signed = signed_by_gitlab(SECRET, "Job Hook", {}, "d", NOW)
    assert sent_by_gitlab(signed["headers"], signed["content"], SECRET, NOW)
    assert not sent_by_gitlab(signed["headers"], b"{} ", SECRET, NOW)
    assert not sent_by_gitlab({**signed["headers"], "webhook-id": "e"}, signed["content"], SECRET, NOW)


def test_a_token_does_not_rescue_a_signature_that_does_not_hold() -> None:
    headers = {**signed_by_gitlab(SECRET, "Job Hook", {}, "d", NOW)["headers"], "x-gitlab-token": SECRET}
    assert not sent_by_gitlab(headers, b"changed", SECRET, NOW)


@pytest.mark.parametrize(("seconds", "holds"), [(0, True), (TOLERANCE_SECONDS, True), (TOLERANCE_SECONDS + 1, False)])
def test_a_signature_holds_for_a_while(seconds: int, holds: bool) -> None:
    signed = signed_by_gitlab(SECRET, "Job Hook", {}, "d", NOW)
    for later in (timedelta(seconds=seconds), timedelta(seconds=-seconds)):
        assert sent_by_gitlab(signed["headers"], signed["content"], SECRET, NOW + later) is holds


@pytest.mark.parametrize("stamp", ["", "x", "-1", "9" * 40, "٣"])
def test_a_time_that_is_none_is_refused(stamp: str) -> None:
    signed = signed_by_gitlab(SECRET, "Job Hook", {}, "d", NOW)
    assert not sent_by_gitlab({**signed["headers"], "webhook-timestamp": stamp}, signed["content"], SECRET, NOW)


def test_of_several_signatures_one_must_hold_among_the_first() -> None:
    signed = signed_by_gitlab(SECRET, "Job Hook", {}, "d", NOW)
    good = signed["headers"]["webhook-signature"]
    for others, holds in ((SIGNATURES_LIMIT_ITEMS - 1, True), (SIGNATURES_LIMIT_ITEMS, False)):
        several = " ".join(["v1,AAAA"] * others + [good])
        headers = {**signed["headers"], "webhook-signature": several}
        assert sent_by_gitlab(headers, signed["content"], SECRET, NOW) is holds


def test_githubs_events_become_outcomes() -> None:
    (job,) = github.outcomes("workflow_job", workflow_job(7, "failure", NOW), NOW)
    assert (job.title, job.branch, job.is_main, job.passed, job.ended_at) == (
        "CI / test (3.12)",
        "main",
        True,
        False,
        NOW,
    )
    assert job.url == "https://github.example/pottery/kiln/actions/runs/7"
    (run,) = github.outcomes("workflow_run", workflow_run(8, "success", NOW, run_attempt=2), NOW)
    assert (run.object_id, run.title, run.passed) == ("workflow_run/8/2", "CI", True)
    (check,) = github.outcomes("check_run", check_run(9, "timed_out", NOW), NOW)
    assert (check.title, check.passed) == ("Kiln watch / heat", False)


def test_what_says_nothing_of_the_work_is_passed_over() -> None:
    for conclusion in ("cancelled", "skipped", "neutral", "action_required", "stale", ""):
        assert github.outcomes("workflow_run", workflow_run(1, conclusion, NOW), NOW) == []
    assert github.outcomes("workflow_run", {**workflow_run(1, "failure", NOW), "action": "requested"}, NOW) == []
    assert github.outcomes("check_run", check_run(1, "failure", NOW, app="github-actions"), NOW) == []
    assert github.outcomes("push", workflow_run(1, "failure", NOW), NOW) == []
    assert gitlab.outcomes("Push Hook", pipeline(1, {"glaze": "failed"}, NOW), NOW) == []
    running = pipeline(1, {"glaze": "running", "fire": "canceled"}, NOW)
    assert gitlab.outcomes("Pipeline Hook", running, NOW) == []


def test_the_main_branch_of_a_fork_is_not_ours() -> None:
    forked = workflow_run(1, "failure", NOW, head_repository={"full_name": "stranger/kiln"})
    (run,) = github.outcomes("workflow_run", forked, NOW)
    assert (run.branch, run.is_main) == ("stranger/kiln:main", False)
    asked = pipeline(1, {"glaze": "failed"}, NOW, source="merge_request_event")
    assert not gitlab.outcomes("Pipeline Hook", asked, NOW)[0].is_main


def test_a_job_of_gitlab_is_the_same_whichever_hook_tells_it() -> None:
    (by_pipeline,) = gitlab.outcomes("Pipeline Hook", pipeline(7, {"glaze": "failed"}, NOW), NOW)
    (by_job,) = gitlab.outcomes("Job Hook", job_hook(7, "failed", NOW), NOW)
    assert by_pipeline == by_job
    assert by_job.title == "test / glaze"


def test_a_job_that_is_allowed_to_fail_says_nothing() -> None:
    allowed = pipeline(7, {"glaze": "failed", "fire": "success"}, NOW)
    allowed["builds"][0]["allow_failure"] = True
    assert [one.job for one in gitlab.outcomes("Pipeline Hook", allowed, NOW)] == ["fire"]


def test_a_pipeline_without_jobs_speaks_for_itself_and_one_with_too_many_by_its_failures() -> None:
    (whole,) = gitlab.outcomes("Pipeline Hook", pipeline(7, {}, NOW), NOW)
    assert (whole.title, whole.passed) == ("pipeline", False)
    many = {f"job {at}": "success" for at in range(OUTCOMES_LIMIT_ITEMS)} | {"last": "failed"}
    found = gitlab.outcomes("Pipeline Hook", pipeline(7, many, NOW), NOW)
    assert len(found) == OUTCOMES_LIMIT_ITEMS
    assert found[0].job == "last"


def test_names_are_short_clean_and_without_secrets() -> None:
    token = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"
    nasty = workflow_job(
        7, "failure", NOW, name=f"\x1b[2J{token} \x00{'x' * 999}", head_branch="pat.potter@example.org"
    )
    (job,) = github.outcomes("workflow_job", nasty, NOW)
    assert token not in job.job
    assert job.job.isprintable()
    assert len(job.job) <= NAME_LIMIT_CHARS
    assert job.branch == "[PERSONAL:email:1]"


def test_what_lies_ahead_of_us_ended_now() -> None:
    (job,) = github.outcomes("workflow_job", workflow_job(7, "failure", NOW + timedelta(days=9)), NOW)
    assert job.ended_at == NOW


@given(st.sampled_from([*github.EVENTS, *gitlab.EVENTS]), JSON, st.data())
def test_no_payload_is_an_error(event: str, noise: Any, data: st.DataObject) -> None:
    whole: dict[str, Any] = data.draw(
        st.sampled_from(
            [workflow_job(1, "failure", NOW), pipeline(1, {"a": "failed"}, NOW), job_hook(1, "failed", NOW)]
        )
    )
    payload: dict[str, Any] = json.loads(json.dumps(whole))
    holder: Any = payload
    for _ in range(data.draw(st.integers(0, 2))):
        inner = data.draw(st.sampled_from(sorted(holder)))
        if isinstance(holder[inner], dict) and holder[inner]:
            holder = holder[inner]
    holder[data.draw(st.sampled_from(sorted(holder)))] = noise
    for read in (github.outcomes, gitlab.outcomes):
        for outcome in read(event, payload, NOW):
            assert outcome.ended_at <= NOW
            assert outcome.repository
            assert outcome.commit_id
