"""An import turned the wrong way is named with the rule, the reason and the mend."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tidy

LINTER = Path(sys.executable).parent / "lint-imports"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources that may be spoilt."""
    shutil.copytree(tidy.ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(tidy.ROOT / ".importlinter", tmp_path)
    return tmp_path


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"}
    command = [str(LINTER), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def room(root: Path, name: str, **files: str) -> None:
    """A room of ``files`` in the copy, whether or not the house has one of that name."""
    folder = root / "src" / "harmony" / name
    folder.mkdir(parents=True, exist_ok=True)
    for package in (folder.parent, folder):
        (package / "__init__.py").touch()
    for stem, text in files.items():
        (folder / f"{stem}.py").write_text(text)


def test_the_house_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert lint(copy).returncode == 0


@pytest.mark.parametrize(
    ("name", "stem", "text", "rule", "reason", "mend"),
    [
        (
            "kernel/knot",
            "ids",
            "import harmony.messages\n",
            "floors: an arrow may be followed, never turned BROKEN",
            "a lower floor that knows a higher one",
            "move what both need down",
        ),
        (
            "assist/experts",
            "turned",
            "import harmony.settlement.ledger.turned\n",
            "floors: an arrow may be followed, never turned BROKEN",
            "a lower floor that knows a higher one",
            "name a protocol in the room's own ports.py",
        ),
        (
            "settlement/ledger",
            "turned",
            "import harmony.settlement.escrows.turned\n",
            "settlement: its rooms are layered BROKEN",
            "the ledger holds the money and knows nobody",
            "let the higher room call the lower one",
        ),
        (
            "settlement/ledger",
            "model",
            "import asyncpg\n",
            "core: a model does no input or output BROKEN",
            "decisions that touch neither disk nor network",
            "hand it to the model as an argument",
        ),
    ],
)
def test_a_turned_import_is_named_with_rule_reason_and_mend(
    copy: Path, name: str, stem: str, text: str, rule: str, reason: str, mend: str
) -> None:
    room(copy, "settlement/ledger", turned="")
    room(copy, "settlement/escrows", turned="")
    room(copy, name, **{stem: text})
    linted = lint(copy)
    assert linted.returncode != 0
    told = " ".join(linted.stdout.split())
    for words in (rule, reason, mend):
        assert words in told


def test_neighbours_in_a_circle_are_named(copy: Path) -> None:
    room(
        copy,
        "settlement/ledger",
        model="import harmony.settlement.ledger.ports\n",
        ports="import harmony.settlement.ledger.model\n",
    )
    told = lint(copy).stdout
    assert "cycles: neighbours never import each other in a circle BROKEN" in told
