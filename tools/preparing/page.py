"""The page: ``npm ci`` when its lock or Node changed, ``npm run build`` when a source changed; result in web/dist."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from preparing import steps
from preparing.node import Toolchain

OUTPUT_FOLDERS = frozenset({"node_modules", "dist", "coverage", "test-results", "playwright-report"})
"""Folders below ``web`` that builds and tests write, and that are therefore no sources."""


def exists(root: Path) -> bool:
    return (root / "web" / "package.json").exists()


def prepare(root: Path, toolchain: Toolchain) -> bool:
    """Bring ``web/node_modules`` and ``web/dist`` up to date; whether anything was done."""
    installed = _install(root, toolchain)
    return _build(root, toolchain) or installed


def _install(root: Path, toolchain: Toolchain) -> bool:
    web = root / "web"
    inputs = (web / "package.json", web / "package-lock.json")
    wanted = _digest(root, inputs, toolchain.version)
    stamp = web / "node_modules" / ".harmony-setup"
    if _reads(stamp, wanted):
        return False
    steps.run(
        root,
        "Page packages",
        [*toolchain.npm, "ci", "--no-audit", "--no-fund", "--loglevel=warn"],
        doing=f"installing from web/package-lock.json with Node {toolchain.version}",
        done=f"installed from web/package-lock.json with Node {toolchain.version}",
        environment=_environment(toolchain),
        folder=web,
    )
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")
    return True


def _build(root: Path, toolchain: Toolchain) -> bool:
    wanted = _digest(root, sources(root), toolchain.version)
    stamp = root / ".build" / "page"
    if _reads(stamp, wanted) and (root / "web" / "dist" / "index.html").exists():
        return False
    steps.run(
        root,
        "Page",
        [*toolchain.npm, "run", "build"],
        doing="building web/dist",
        done="built web/dist",
        environment=_environment(toolchain),
        folder=root / "web",
    )
    stamp.write_text(wanted, encoding="utf-8")
    return True


def sources(root: Path) -> Iterator[Path]:
    """Every file that the page is built from, in a fixed order: ``web`` and the interface documents."""
    for top in (root / "web", root / "docs" / "reference" / "openapi"):
        for folder, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if name not in OUTPUT_FOLDERS and name[0] != ".")
            yield from (Path(folder) / name for name in sorted(files) if not name.endswith(".tsbuildinfo"))


def _digest(root: Path, files: Iterator[Path] | tuple[Path, ...], *further: str) -> str:
    digest = hashlib.sha256("\0".join(further).encode())
    for file in files:
        digest.update(b"\0" + str(file.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _reads(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def _environment(toolchain: Toolchain) -> dict[str, str]:
    path = os.pathsep.join([toolchain.folder, os.environ.get("PATH", os.defpath)])
    return steps.isolated(PATH=path, npm_config_update_notifier="false", CI="1")
