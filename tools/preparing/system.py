"""What the machine itself must bring, and the one line that installs it."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from pathlib import Path

from preparing import node, page

WHEEL_MACHINES = ("x86_64", "aarch64", "arm64", "AMD64")
"""Processors for which the locked Node wheel exists."""


def refusal(root: Path) -> str | None:
    """Why the checkout cannot be prepared here and what to do about it, or None."""
    if not os.access(root, os.W_OK):
        return f"{root} belongs to somebody else: clone Harmony into a folder of your own."
    packages = missing(root)
    return None if not packages else install_line(packages)


def missing(root: Path) -> list[str]:
    """Debian package names of what is needed and not there, in a fixed order."""
    packages = []
    created = (root / ".venv" / "bin" / "python").exists()
    if not created and not (_module("venv") and _module("ensurepip")):
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if shutil.which("git") is None:
        packages.append("git")
    if shutil.which("make") is None and "MAKELEVEL" not in os.environ:
        packages.append("make")
    if page.exists(root) and platform.machine() not in WHEEL_MACHINES and node.of_system(root) is None:
        packages.append("nodejs")
        packages.append("npm")
    return packages


def install_line(packages: list[str]) -> str:
    """The one line to run, for this user and this machine."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return f"Missing: {names}. Install them with your system's package manager, then run the same again."
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"Missing: {names}. Run this, then the same again:  {prefix}apt-get install -y {names}"


def _module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
