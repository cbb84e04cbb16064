"""npm packages of one folder: ``npm ci`` when its manifest, its lock or Node changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from preparing import steps
from preparing.node import Toolchain


def install(root: Path, name: str, title: str, toolchain: Toolchain) -> bool:
    """Bring ``node_modules`` of the folder ``name`` up to date; whether anything was done."""
    folder = root / name
    wanted = digest(root, (folder / "package.json", folder / "package-lock.json"), toolchain.version)
    stamp = folder / "node_modules" / ".harmony-setup"
    if reads(stamp, wanted):
        return False
    steps.run(
        root,
        title,
        [*toolchain.npm, "ci", "--no-audit", "--no-fund", "--loglevel=warn"],
        doing=f"installing from {name}/package-lock.json with Node {toolchain.version}",
        done=f"installed from {name}/package-lock.json with Node {toolchain.version}",
        environment=environment(toolchain),
        folder=folder,
    )
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")
    return True


def digest(root: Path, files: Iterable[Path], *further: str) -> str:
    """One word for the names and contents of ``files`` and for what else matters."""
    whole = hashlib.sha256("\0".join(further).encode())
    for file in files:
        whole.update(b"\0" + str(file.relative_to(root)).encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def reads(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def environment(toolchain: Toolchain) -> dict[str, str]:
    """What npm and the programs it starts run in: our Node first, nothing of a Python around us."""
    path = os.pathsep.join([toolchain.folder, os.environ.get("PATH", os.defpath)])
    return steps.isolated(PATH=path, npm_config_update_notifier="false", CI="1")
