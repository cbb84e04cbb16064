"""run.json: readable by its owner only, whole or absent, and a dead process's file counts as none."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from harmony.apps.runtime import run_file
from harmony.apps.runtime.run_file import RunFile


def test_what_was_written_is_found_by_this_user_only(tmp_path: Path) -> None:
    run = RunFile(os.getpid(), {"global-nexus": 9001}, "token")
    run_file.write(tmp_path, run)
    assert run_file.read(tmp_path) == run
    assert (tmp_path / "run.json").stat().st_mode & 0o777 == 0o600
    assert run.front_door == "http://127.0.0.1:9001"


def test_the_file_of_a_dead_process_counts_as_none(tmp_path: Path) -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    run_file.write(tmp_path, RunFile(process.pid, {}, "token"))
    assert run_file.read(tmp_path) is None


def test_a_broken_or_missing_file_counts_as_none(tmp_path: Path) -> None:
    assert run_file.read(tmp_path) is None
    (tmp_path / "run.json").write_text('{"process": ')
    assert run_file.read(tmp_path) is None
    (tmp_path / "run.json").write_text("[]")
    assert run_file.read(tmp_path) is None
