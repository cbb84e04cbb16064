"""A budget that was lowered once cannot be raised again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from house import escapes
from house.source import read_house

IDENTITY = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.invalid")


def commit(root: Path, budget: int) -> None:
    (root / escapes.BUDGETS).write_text(json.dumps({"skip": budget}))
    subprocess.run(["git", "add", "--all"], cwd=root, check=True)
    subprocess.run(["git", *IDENTITY, "commit", "--quiet", "--message", f"{budget}"], cwd=root, check=True)


def test_raising_is_found_even_when_the_raise_is_committed(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "tools").mkdir()
    commit(tmp_path, 5)
    commit(tmp_path, 3)
    assert list(escapes.check_house(read_house(tmp_path))) == []
    commit(tmp_path, 4)
    [finding] = escapes.check_house(read_house(tmp_path))
    assert finding.rule is escapes.RAISED
    assert "is 4 and was 3" in finding.message
