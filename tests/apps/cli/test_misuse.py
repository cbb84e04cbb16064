"""A command that is used wrongly says so in words."""

from __future__ import annotations

import subprocess

import pytest
from tests.harmony import COMMAND


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["up", "--port-offset", "60000"], "50000"),
        (["up", "--nonsense"], "--nonsense"),
        (["demo", "--nonsense"], "--nonsense"),
        (["doctor", "--nonsense"], "--nonsense"),
        (["token", "create"], "label"),
        (["up", "no-such-component"], "no-such-component"),
        (["no-such-command"], "harmony COMMAND --help"),
    ],
    ids=" ".join,
)
def test_misuse_is_told_without_a_traceback(arguments: list[str], said: str) -> None:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "--help" in done.stderr or "harmony doctor" in done.stderr


@pytest.mark.parametrize("command", ["up", "demo", "doctor", "token", "inspect"])
def test_help_is_given_and_is_no_failure(command: str) -> None:
    done = subprocess.run([*COMMAND, command, "--help"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0
    assert "Usage" in done.stdout
