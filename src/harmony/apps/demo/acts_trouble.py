"""A really failing program: run under ``harmony watch``, reported, and later failing again elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from harmony.adapters.http.traces import traceparent
from harmony.apps.demo.errors import StoryWentWrong
from harmony.apps.demo.stage import SPAN_BYTES, Stage

ATTEMPTS = 3
RUN_LIMIT_SECONDS = 60
PROGRAM = "report.py"
MOVED_DOWN = "# Copied from another project.\n# Another folder, other line numbers, the same cause.\n\n"


def fail(stage: Stage) -> dict[str, Any]:
    """Try the program a few times, as one does; the last attempt asks Harmony."""
    folder = _copy(stage, "first")
    memory = stage.workspace / "watch.json"
    for _ in range(ATTEMPTS - 1):
        _watch(stage, folder, memory, report=False)
    seen = _watch(stage, folder, memory, report=True)
    if seen["times"] < ATTEMPTS or not seen["hidden"]:
        raise StoryWentWrong("the repetition or the secret in the output was not noticed", details=seen)
    return {
        "context_id": seen["answer"]["contextId"],
        "decisive_line": seen["decisive"],
        "failed_times": seen["times"],
        "secrets_hidden": seen["hidden"],
    }


def detect(stage: Stage) -> dict[str, Any]:
    """What Harmony made of it: class, confidence, evidence; and that nothing is known about it yet."""
    problem = stage.ask("seeker", "GET", f"/v1/problems/{stage.fact('context_id')}")
    found = problem["classification"]
    if problem["knownSolutions"]:
        raise StoryWentWrong("a new knowledge space already knows a solution", details=problem)
    return {
        "category": found["category"],
        "subcategory": found["subcategory"],
        "confidence": problem["confidenceScore"],
        "evidence": [item["text"] for item in problem["evidence"]],
        "known_solutions": len(problem["knownSolutions"]),
    }


def fail_elsewhere(stage: Stage) -> dict[str, Any]:
    """The same failure from another folder and line number: answered from the article, without any expert."""
    folder = _copy(stage, "elsewhere/deeper")
    program = folder / PROGRAM
    program.write_text(MOVED_DOWN + program.read_text(encoding="utf-8"), encoding="utf-8")
    seen = _watch(stage, folder, stage.workspace / "elsewhere.json", report=True)
    answer = seen["answer"]
    known = [solution["articleId"] for solution in answer["knownSolutions"]]
    if answer["suggestedAction"] != "known_solution" or stage.fact("article_id") not in known:
        raise StoryWentWrong("the same failure was not answered from the article", details=answer)
    return {"second_context_id": answer["contextId"], "answered_from_article_id": stage.fact("article_id")}


def _copy(stage: Stage, name: str) -> Path:
    folder = stage.workspace / name
    shutil.copytree(stage.folder / "report", folder, dirs_exist_ok=True)
    return folder


def _watch(stage: Stage, folder: Path, memory: Path, *, report: bool) -> dict[str, Any]:
    """One run of the program under ``harmony watch``, as a command of its own with an empty environment."""
    command = [sys.executable, "-m", "harmony.apps.cli", "watch", "--json", "--memory", str(memory)]
    if report:
        command += ["--report", "--url", stage.run.front_door, "--space", stage.fact("space_id"), "--was-on", "Windows"]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
        "HARMONY_TOKEN": stage.token("seeker"),
        "TRACEPARENT": traceparent(stage.state.trace, stage.chance.secret_bytes(SPAN_BYTES).hex()),
    }
    done = subprocess.run(
        [*command, "--", "python3", PROGRAM],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=RUN_LIMIT_SECONDS,
        check=False,
    )
    seen: dict[str, Any] = json.loads(done.stderr.splitlines()[-1])
    if report and seen["answer"] is None:
        stage.interrupted(str(seen["trouble"]))
    return seen
