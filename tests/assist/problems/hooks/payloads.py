"""Invented web hooks in the form in which GitHub and GitLab send them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

REPOSITORY = "pottery/kiln"


def workflow_job(number: int, conclusion: str, at: datetime, **changes: Any) -> dict[str, Any]:
    job = {
        "id": number,
        "run_id": number * 10,
        "run_attempt": 1,
        "name": "test (3.12)",
        "workflow_name": "CI",
        "head_branch": "main",
        "head_sha": f"{number:040x}",
        "status": "completed",
        "conclusion": conclusion,
        "completed_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "html_url": f"https://github.example/{REPOSITORY}/actions/runs/{number}",
        **changes,
    }
    repository = {"full_name": REPOSITORY, "default_branch": "main"}
    return {"action": "completed", "workflow_job": job, "repository": repository}


def workflow_run(number: int, conclusion: str, at: datetime, **changes: Any) -> dict[str, Any]:
    run = {
        "id": number,
        "name": "CI",
        "head_branch": "main",
        "head_sha": f"{number:040x}",
        "run_attempt": 1,
        "status": "completed",
        "conclusion": conclusion,
        "updated_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "head_repository": {"full_name": REPOSITORY},
        **changes,
    }
    return {
        "action": "completed",
        "workflow_run": run,
        "repository": {"full_name": REPOSITORY, "default_branch": "main"},
    }


def check_run(number: int, conclusion: str, at: datetime, app: str = "kiln-watch") -> dict[str, Any]:
    run = {
        "id": number,
        "name": "heat",
        "head_sha": f"{number:040x}",
        "conclusion": conclusion,
        "completed_at": at.isoformat(),
        "check_suite": {"head_branch": "main"},
        "app": {"slug": app, "name": "Kiln watch"},
    }
    return {
        "action": "completed",
        "check_run": run,
        "repository": {"full_name": REPOSITORY, "default_branch": "main"},
    }


def pipeline(number: int, ends: dict[str, str], at: datetime, **changes: Any) -> dict[str, Any]:
    builds = [
        {
            "id": number * 100 + place,
            "stage": "test",
            "name": name,
            "status": status,
            "finished_at": (at + timedelta(seconds=place)).strftime("%Y-%m-%d %H:%M:%S UTC"),
            "allow_failure": False,
        }
        for place, (name, status) in enumerate(ends.items())
    ]
    attributes = {
        "id": number,
        "ref": "main",
        "tag": False,
        "sha": f"{number:040x}",
        "source": "push",
        "status": "failed",
        "finished_at": at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        **changes,
    }
    project = {"path_with_namespace": REPOSITORY, "default_branch": "main"}
    return {"object_kind": "pipeline", "object_attributes": attributes, "project": project, "builds": builds}


def job_hook(number: int, status: str, at: datetime) -> dict[str, Any]:
    return {
        "object_kind": "build",
        "ref": "main",
        "tag": False,
        "sha": f"{number:040x}",
        "build_id": number * 100,
        "build_name": "glaze",
        "build_stage": "test",
        "build_status": status,
        "build_finished_at": at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        "build_allow_failure": False,
        "project": {"path_with_namespace": REPOSITORY, "default_branch": "main"},
    }


def of_github(secret: str, event: str, payload: dict[str, Any], delivery: str) -> dict[str, Any]:
    """The arguments of an HTTP request, signed."""
    body = json.dumps(payload).encode()
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "x-github-event": event,
        "x-github-delivery": delivery,
        "x-hub-signature-256": signature,
    }
    return {"content": body, "headers": headers}


def of_gitlab(secret: str, event: str, payload: dict[str, Any], delivery: str) -> dict[str, Any]:
    """With the secret itself, as a GitLab without a signing token does."""
    headers = {
        "content-type": "application/json",
        "x-gitlab-event": event,
        "x-gitlab-event-uuid": delivery,
        "x-gitlab-token": secret,
    }
    return {"content": json.dumps(payload).encode(), "headers": headers}


def signed_by_gitlab(secret: str, event: str, payload: dict[str, Any], delivery: str, now: datetime) -> dict[str, Any]:
    body, stamp = json.dumps(payload).encode(), str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{delivery}.{stamp}.".encode() + body, "sha256")
    headers = {
        "content-type": "application/json",
        "x-gitlab-event": event,
        "webhook-id": delivery,
        "webhook-timestamp": stamp,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }
    return {"content": body, "headers": headers}
