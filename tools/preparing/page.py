"""The page: ``npm ci`` when its lock or Node changed, ``npm run build`` when a source changed; result in web/dist."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from preparing import packages, steps
from preparing.node import Toolchain

OUTPUT_FOLDERS = frozenset({"node_modules", "dist", "coverage", "test-results", "playwright-report"})
"""Folders below ``web`` that builds and tests write, and that are therefore no sources."""


def exists(root: Path) -> bool:
    return (root / "web" / "package.json").exists()


def prepare(root: Path, toolchain: Toolchain) -> bool:
    """Bring ``web/node_modules`` and ``web/dist`` up to date; whether anything was done."""
    installed = packages.install(root, "web", "Page packages", toolchain)
    return _build(root, toolchain) or installed


def _build(root: Path, toolchain: Toolchain) -> bool:
    wanted = packages.digest(root, sources(root), toolchain.version)
    stamp = root / ".build" / "page"
    if packages.reads(stamp, wanted) and (root / "web" / "dist" / "index.html").exists():
        return False
    steps.run(
        root,
        "Page",
        [*toolchain.npm, "run", "build"],
        doing="building web/dist",
        done="built web/dist",
        environment=packages.environment(toolchain),
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
