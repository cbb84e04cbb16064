"""Every filter reads an archive of a CI service, as a file and as a case of a batch."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import harmony

SOURCE = str(Path(harmony.__path__[0]).parent)
LOG = "Traceback (most recent call last):\n  File \"/srv/kiln.py\", line 3, in fire\nKeyError: 'cobalt'\n"


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harmony.apps.cli", *arguments],
        input=given,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": SOURCE, "HARMONY_DATA": "/nowhere"},
        timeout=60,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "logs.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("0_build.txt", LOG)
    return path


@pytest.mark.parametrize("command", ["digest", "redact", "classify", "fingerprint"])
def test_an_archive_is_read_as_a_file(archive: Path, command: str) -> None:
    done = run(command, "--json", str(archive))
    assert done.returncode in (0, 1), done.stderr
    assert "cobalt" in done.stdout


@pytest.mark.parametrize("command", ["digest", "redact", "classify"])
def test_an_archive_is_read_as_a_case_and_the_cases_after_it_are_answered(archive: Path, command: str) -> None:
    damaged = archive.with_name("damaged.zip")
    damaged.write_bytes(archive.read_bytes().replace(b"PK\x01\x02", b"PK\x01\xff"))
    cases = [{"id": 1, "log_path": str(archive)}, {"id": 2, "log_path": str(damaged)}, {"id": 3, "text": LOG}]
    done = run(command, "--batch", given="".join(json.dumps(case) + "\n" for case in cases))
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2, 3]
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert "cobalt" in json.dumps(answers[0])
