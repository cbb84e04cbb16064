"""GitHub's payloads to outcomes: ``workflow_run``, ``workflow_job``, ``check_run`` (docs.github.com, webhook events).

Checks that GitHub Actions makes of its own jobs are left to ``workflow_job``, which tells them better.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.assist.problems.hooks.fields import address, at, instant, text, word
from harmony.assist.problems.pipelines import JobOutcome

EVENTS = ("workflow_run", "workflow_job", "check_run")
ENDS = {"success": True, "failure": False, "timed_out": False, "startup_failure": False}
"""Other conclusions (cancelled, skipped, neutral, stale) say nothing of the work."""
OWN_CHECKS = "github-actions"


def outcomes(event: str, payload: Any, now: datetime) -> list[JobOutcome]:
    """None, or the one that the event tells of."""
    found = at(payload, event)
    passed = ENDS.get(word(found, "conclusion"))
    if event not in EVENTS or at(payload, "action") != "completed" or passed is None:
        return []
    workflow, job, branch, ended = _names(event, found)
    if event == "check_run" and at(found, "app", "slug") == OWN_CHECKS:
        return []
    repository, source = text(payload, "repository", "full_name"), text(found, "head_repository", "full_name")
    forked = bool(source) and source != repository
    attempt = word(found, "run_attempt") if event == "workflow_run" else "1"
    outcome = JobOutcome(
        object_id=f"{event}/{word(found, 'id')}/{attempt}",
        repository=repository,
        workflow=workflow,
        job=job,
        branch=f"{source}:{branch}" if forked else branch,
        is_main=not forked and branch != "" and branch == text(payload, "repository", "default_branch"),
        commit_id=word(found, "head_sha"),
        passed=passed,
        ended_at=instant(found, ended, now=now),
        url=address(found, "html_url"),
    )
    complete = word(found, "id") and outcome.repository and outcome.title and outcome.commit_id
    return [outcome] if complete else []


def _names(event: str, found: Any) -> tuple[str, str, str, str]:
    """Workflow, job, branch, and the name of the field that says when it ended."""
    if event == "workflow_run":
        return text(found, "name"), "", text(found, "head_branch"), "updated_at"
    if event == "workflow_job":
        return text(found, "workflow_name"), text(found, "name"), text(found, "head_branch"), "completed_at"
    return text(found, "app", "name"), text(found, "name"), text(found, "check_suite", "head_branch"), "completed_at"
