"""GitLab's payloads to outcomes: Pipeline Hook and Job Hook (docs.gitlab.com, webhook events).

The jobs of a pipeline come with either hook under the same id, so both may be switched on. Jobs that are allowed to
fail say nothing when they do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.assist.problems.hooks.fields import address, at, instant, text, word
from harmony.assist.problems.pipelines import OUTCOMES_LIMIT_ITEMS, JobOutcome

EVENTS = ("Pipeline Hook", "Job Hook")
ENDS = {"success": True, "failed": False}
MERGE_REQUEST = "merge_request_event"


def outcomes(event: str, payload: Any, now: datetime) -> list[JobOutcome]:
    """Those of the jobs that ended; of a pipeline that names none its own. Failed ones first."""
    if event == "Job Hook" and at(payload, "object_kind") == "build":
        found = [_of_job_hook(payload, now)]
    elif event == "Pipeline Hook" and at(payload, "object_kind") == "pipeline":
        builds = at(payload, "builds")
        listed = builds if isinstance(builds, list) else []
        found = [_of_build(payload, build, now) for build in listed] or [_of_pipeline(payload, now)]
    else:
        return []
    complete = [one for one in found if one is not None]
    return sorted(complete, key=lambda one: one.passed)[:OUTCOMES_LIMIT_ITEMS]


def _of_job_hook(payload: Any, now: datetime) -> JobOutcome | None:
    passed = ENDS.get(word(payload, "build_status"))
    allowed = at(payload, "build_allow_failure") is True
    ref = text(payload, "ref")
    return _outcome(
        payload,
        object_id=f"job/{word(payload, 'build_id')}",
        job=text(payload, "build_name"),
        stage=text(payload, "build_stage"),
        ref=ref,
        is_branch=at(payload, "tag") is not True,
        commit=word(payload, "sha"),
        passed=None if allowed and passed is False else passed,
        ended_at=instant(payload, "build_finished_at", now=now),
        url=None,
    )


def _of_build(payload: Any, build: Any, now: datetime) -> JobOutcome | None:
    passed = ENDS.get(word(build, "status"))
    allowed = at(build, "allow_failure") is True
    return _outcome(
        payload,
        object_id=f"job/{word(build, 'id')}",
        job=text(build, "name"),
        stage=text(build, "stage"),
        ref=text(payload, "object_attributes", "ref"),
        is_branch=_is_branch(payload),
        commit=word(payload, "object_attributes", "sha"),
        passed=None if allowed and passed is False else passed,
        ended_at=instant(build, "finished_at", now=now),
        url=address(payload, "object_attributes", "url"),
    )


def _of_pipeline(payload: Any, now: datetime) -> JobOutcome | None:
    return _outcome(
        payload,
        object_id=f"pipeline/{word(payload, 'object_attributes', 'id')}",
        job="",
        stage="pipeline",
        ref=text(payload, "object_attributes", "ref"),
        is_branch=_is_branch(payload),
        commit=word(payload, "object_attributes", "sha"),
        passed=ENDS.get(word(payload, "object_attributes", "status")),
        ended_at=instant(payload, "object_attributes", "finished_at", now=now),
        url=address(payload, "object_attributes", "url"),
    )


def _is_branch(payload: Any) -> bool:
    of_merge_request = at(payload, "object_attributes", "source") == MERGE_REQUEST
    return at(payload, "object_attributes", "tag") is not True and not of_merge_request


def _outcome(
    payload: Any,
    *,
    object_id: str,
    job: str,
    stage: str,
    ref: str,
    is_branch: bool,
    commit: str,
    passed: bool | None,
    ended_at: datetime,
    url: str | None,
) -> JobOutcome | None:
    repository = text(payload, "project", "path_with_namespace")
    if passed is None or not (repository and commit and (job or stage)) or object_id.endswith("/"):
        return None
    main = text(payload, "project", "default_branch")
    is_main = is_branch and ref != "" and ref == main
    return JobOutcome(object_id, repository, stage, job, ref, is_main, commit, passed, ended_at, url)
