"""A real Chrome or Chromium for the tests: whichever this machine has."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET_IT = "no Chrome or Chromium found: install the package `chromium`, or name one in HARMONY_BROWSER"

QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
"""The tests may run as root, where Chromium has no sandbox of its own; and nothing may go out from a test."""


def find_browser() -> Path | None:
    """The browser that ``HARMONY_BROWSER`` names, else the first one on the path."""
    named = os.environ.get("HARMONY_BROWSER")
    if named:
        return Path(named)
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def need(thing: Path | None, how_to_get_it: str) -> Path:
    """``thing``; a test that lacks it is left out with one line, and fails where nothing may be left out."""
    if thing is not None and thing.exists():
        return thing
    if os.environ.get("HARMONY_REQUIRE_ALL") == "1":
        pytest.fail(how_to_get_it)
    pytest.skip(how_to_get_it)


@contextmanager
def opened() -> Iterator[Browser]:
    """A headless browser, closed at the end."""
    program = need(find_browser(), HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
