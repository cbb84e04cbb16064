"""The specification's members in a running Harmony: listed, asked through the Conductor, served by the queue."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import httpx
from tests.harmony import COMMAND, Harmony
from tests.people import invented, nobody, operator


def checklist(harmony: Harmony) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [*COMMAND, "checklist", "--json", "--data", str(harmony.data)], capture_output=True, check=False, timeout=60
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, found


def test_the_checklist_ticks_what_runs_and_names_what_does_not(running_harmony: Harmony) -> None:
    code, found = checklist(running_harmony)
    verdicts = {line["text"]: line["verdict"] for line in found["lines"]}
    assert (code, found["complete"]) == (0, True)
    assert "failed" not in verdicts.values(), found["lines"]
    assert len(found["lines"]) == 23
    ticked = ("Register Sherlock Hub", "Register Echo Git Sync", "Verify all heartbeats", "Redis available")
    assert {verdicts[text] for text in ticked} == {"ticked"}
    assert {verdicts[f"Test {number}: {name}"] for number, name in TESTS} == {"ticked"}
    assert verdicts["Test 1: All Components Registered"] == "ticked"


TESTS = ((2, "Heartbeat Synchronization"), (3, "Inter-Component Communication"), (4, "State Synchronization"))


def test_a_printed_sync_request_from_the_queue_makes_real_repositories_alike(running_harmony: Harmony) -> None:
    remotes = running_harmony.data / "remotes"
    remotes.mkdir()
    for name in ("one", "two"):
        subprocess.run(["git", "init", "--quiet", "--bare", str(remotes / f"{name}.git")], check=True)
    empty_tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    author = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", "mktree"], cwd=remotes / "one.git", input=b"", check=True, stdout=subprocess.DEVNULL)
    made = subprocess.run(
        ["git", *author, "commit-tree", "-m", "begun", empty_tree],
        cwd=remotes / "one.git",
        check=True,
        capture_output=True,
        text=True,
    )
    commit = made.stdout.strip()
    subprocess.run(["git", "update-ref", "refs/heads/main", commit], cwd=remotes / "one.git", check=True)
    owner = operator(running_harmony)
    assert owner.ask("echo-git-sync", "POST", "/repositories", json={"name": "my-repo"}).status_code == 201
    for name in ("one", "two"):
        body = {"name": name, "url": f"file://{remotes.resolve()}/{name}.git"}
        added = owner.ask("echo-git-sync", "POST", "/repositories/my-repo/remotes", json=body)
        assert added.status_code == 201, added.text
    payload = {"repository": "my-repo", "force": False}
    message = {"from": "sherlock-hub", "to": "echo-git-sync", "message_type": "sync-request", "payload": payload}
    visitor = nobody(running_harmony)
    assert visitor.ask("conductor", "POST", "/queue/send", json=message).is_success
    asked = {"from": "sherlock-hub", "to": "echo-git-sync", "request_type": "get-sync-status", "timeout_seconds": 10}
    status: dict[str, Any] = {}
    for _ in range(600):  # each turn is a whole request through the Conductor, so the wait ends by itself
        status = visitor.ask("conductor", "POST", "/request", json=asked).json()["response"]
        if status["last_integrity"]:
            break
    assert (status["state"], status["last_integrity"]["commit"]) == ("synced", commit)
    assert visitor.ask("echo-git-sync", "GET", "/sync-status").json()["remotes"] == status["remotes"]


def test_sherlock_hub_is_reached_under_its_name_at_the_front_door_and_nowhere_else(running_harmony: Harmony) -> None:
    reader = invented(running_harmony, "seeker")
    inside = reader.ask("global-nexus", "GET", "/sherlock-hub/api/entities")
    assert inside.status_code == 200 and inside.json()["total"] >= 0
    beside: httpx.Response = reader.ask("global-nexus", "GET", "/api/entities")
    assert "application/json" not in beside.headers["content-type"], "this is an address of the page"
    assert nobody(running_harmony).ask("sherlock-hub", "GET", "/api/entities").status_code == 401
    listed = nobody(running_harmony).ask("conductor", "GET", "/services").json()["services"]
    assert {"sherlock-hub", "echo-git-sync"} <= {one["component"] for one in listed}
