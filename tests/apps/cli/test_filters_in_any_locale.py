"""What a filter says is UTF-8 whatever the locale is: words of a log from elsewhere end no filter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import harmony

SOURCE = str(Path(harmony.__path__[0]).parent)
LOG = "Traceback (most recent call last):\n  File \"/srv/öfen.py\", line 3, in glühe\nKeyError: 'töpfer ✗'\n"
EVENT = {"role": "tool", "name": "shell", "error": True, "text": "KeyError: 'töpfer ✗ \ud800'"}
RUN = "".join(
    json.dumps(event) + "\n" for _ in range(4) for event in ({"role": "agent", "tool": "shell", "args": "glühe"}, EVENT)
)


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        (("digest",), LOG, "töpfer ✗"),
        (("classify",), LOG, "töpfer ✗"),
        (("fingerprint",), LOG, "töpfer ✗"),
        (("redact",), LOG, "töpfer ✗"),
        (("stuck",), RUN, "töpfer ✗"),
        (("stuck", "--follow"), RUN, "töpfer ✗"),
        (("translate", "--from", "linux", "--to", "windows", "--path"), "töpfer ✗/x\n", "töpfer ✗"),
    ],
)
def test_a_filter_speaks_utf_8_in_a_locale_that_cannot(command: tuple[str, ...], given: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "harmony.apps.cli", *command],
        input=given.encode(),
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": SOURCE, "HARMONY_DATA": "/nowhere", "PYTHONIOENCODING": "ascii"},
        timeout=60,
    )
    assert b"Traceback" not in done.stderr, done.stderr
    assert said in done.stdout.decode()


def test_why_two_are_not_one_is_said_in_utf_8(tmp_path: Path) -> None:
    for name, word in (("one", "töpfer"), ("other", "ofen")):
        (tmp_path / name).write_text(LOG.replace("töpfer", word).replace("glühe", word), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "harmony.apps.cli", "fingerprint", "--explain", "one", "other"],
        cwd=tmp_path,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": SOURCE, "PYTHONIOENCODING": "ascii"},
        timeout=60,
    )
    assert "töpfer" in done.stdout.decode(), done.stderr
