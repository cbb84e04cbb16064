"""Every example of the guide to the filters runs as printed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import harmony
from harmony.apps.cli import filtering

ROOT = Path(__file__).resolve().parents[3]
GUIDE = (ROOT / "docs" / "guides" / "filters.md").read_text(encoding="utf-8")
PROGRAM = f'{sys.executable} -m harmony.apps.cli "$@"'


def examples() -> list[tuple[str, str]]:
    """Each command with what is printed below it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"^```console\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], ""))
            else:
                found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


def test_every_example_prints_what_the_guide_says(tmp_path: Path) -> None:
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "harmony").write_text(f"#!/bin/sh\nexec {PROGRAM}\n")
    (commands / "harmony").chmod(0o755)
    source = str(Path(harmony.__path__[0]).parent)
    environment = {"PATH": f"{commands}:/usr/bin:/bin", "PYTHONPATH": source, "LANG": "C.UTF-8"}
    work = tmp_path / "work"
    work.mkdir()
    assert len(examples()) > 12
    for command, expected in examples():
        done = subprocess.run(
            ["bash", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=work,
            env=environment,
            check=False,
        )
        assert (command, done.stdout.decode()) == (command, expected)


def test_the_table_of_exit_codes_has_every_code() -> None:
    rows = set(re.findall(r"^\| (\d+) \|", GUIDE, re.MULTILINE))
    codes = {
        filtering.FINE,
        filtering.FOUND,
        filtering.USAGE_ERROR,
        filtering.UNREADABLE,
        filtering.STOPPED,
        filtering.INTERRUPTED,
    }
    assert rows == {str(code) for code in codes}
