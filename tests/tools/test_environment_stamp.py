"""The environment is made once, repeated when it was interrupted, and left alone when nothing changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import tidy
from preparing import environment, steps


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without dependencies, so that pip has nothing to fetch."""
    root = tmp_path / "checkout"
    (root / ".build").mkdir(parents=True)
    (root / "src" / "sample").mkdir(parents=True)
    (root / "src" / "sample" / "entry.py").write_text("def main() -> int:\n    print('started')\n    return 0\n")
    (root / "requirements.lock").write_text("# nothing\n")
    project = (
        '[project]\nname = "sample"\nversion = "1.2.3"\n'
        + "dependencies = []\n[project.optional-dependencies]\nmore = []\n"
    )
    (root / "pyproject.toml").write_text(project + '[project.scripts]\nsample = "sample.entry:main"\n')
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return root


def prepare(root: Path, *extras: str) -> bool:
    return environment.prepare(root, environment.read_project(root), frozenset(extras), with_node=False)


def stamp(root: Path) -> dict[str, object]:
    return dict(json.loads((root / ".venv" / "harmony-setup.json").read_text()))


def test_the_second_time_there_is_nothing_to_do(checkout: Path) -> None:
    assert prepare(checkout) is True
    assert prepare(checkout) is False


def test_the_project_is_startable_and_known_by_its_version(checkout: Path) -> None:
    prepare(checkout)
    programs = checkout / ".venv" / "bin"
    started = subprocess.run([programs / "sample"], capture_output=True, text=True, check=True)
    assert started.stdout == "started\n"
    asking = "from importlib import metadata; print(metadata.version('sample'))"
    asked = subprocess.run([programs / "python", "-c", asking], capture_output=True, text=True, check=True)
    assert asked.stdout == "1.2.3\n"


def test_what_was_chosen_before_is_kept(checkout: Path) -> None:
    prepare(checkout, "more")
    assert prepare(checkout) is False
    assert stamp(checkout)["extras"] == ["more"]


def test_a_changed_lock_is_followed_without_a_new_environment(checkout: Path) -> None:
    prepare(checkout)
    witness = checkout / ".venv" / "witness"
    witness.touch()
    (checkout / "requirements.lock").write_text("# nothing, again\n")
    assert prepare(checkout) is True
    assert witness.exists()


def test_an_interrupted_installation_begins_again_from_nothing(checkout: Path) -> None:
    prepare(checkout)
    witness = checkout / ".venv" / "witness"
    witness.touch()
    (checkout / ".venv" / "harmony-setup.unfinished").touch()
    assert prepare(checkout) is True
    assert not witness.exists()
    assert not (checkout / ".venv" / "harmony-setup.unfinished").exists()


def test_a_checkout_that_moved_gets_a_new_environment(checkout: Path) -> None:
    prepare(checkout)
    moved = checkout.with_name("moved")
    shutil.move(checkout, moved)
    assert prepare(moved) is True
    assert str(moved) in (moved / ".venv" / "bin" / "sample").read_text()


def test_an_unknown_extra_is_refused_by_name(checkout: Path) -> None:
    with pytest.raises(steps.StepFailed, match="No such extras: moon. There are: more."):
        prepare(checkout, "moon")


def test_a_dependency_that_the_lock_lacks_is_named(checkout: Path) -> None:
    text = (checkout / "pyproject.toml").read_text()
    (checkout / "pyproject.toml").write_text(text.replace("dependencies = []", 'dependencies = ["absent"]', 1))
    with pytest.raises(steps.StepFailed, match="lacks absent"):
        prepare(checkout)


def test_our_own_pyproject_is_read() -> None:
    project = environment.read_project(tidy.ROOT)
    assert "fastapi" in project.base
    assert "pytest" in project.extras["test"]
    assert project.scripts["harmony"].count(":") == 1
