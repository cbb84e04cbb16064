"""A Chrome or Chromium for the browser tests: any that is there and runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

SETTING = "HARMONY_BROWSER"
"""Names the browser to use, in front of every other."""

HOW_TO_GET_ONE = (
    "No Chrome or Chromium found: browser tests are left out. "
    "Get one with `apt-get install chromium`, or name one in HARMONY_BROWSER."
)
PROBE_LIMIT_SECONDS = 20
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chromium-headless-shell")
_PLACES = (
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/opt/chromium/chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find() -> str | None:
    """The first browser that answers ``--version``, or None."""
    return next((candidate for candidate in _candidates() if _runs(candidate)), None)


def _candidates() -> Iterator[str]:
    named = os.environ.get(SETTING)
    if named:
        yield named
    yield from filter(None, map(shutil.which, _NAMES))
    yield from _PLACES
    kept = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(kept)] if kept else [Path.home() / ".cache" / "ms-playwright"]
    for folder in folders:
        yield from (str(found) for found in sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True))


def _runs(candidate: str) -> bool:
    """Whether it is really a browser: some systems put a script in its place that only asks for another package."""
    if not os.access(candidate, os.X_OK):
        return False
    try:
        asked = subprocess.run(
            [candidate, "--version"], capture_output=True, text=True, timeout=PROBE_LIMIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and "chrom" in asked.stdout.lower()
