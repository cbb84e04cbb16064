"""Every check, then every test: ``make test``. Ends with the test runner's closing line and its exit code.

What a test needs and the machine lacks is named in one line with the way to get it, and its tests are left out; with
``HARMONY_REQUIRE_ALL=1`` anything missing fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from preparing import browser

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
PROCESSES = "2"
LEFT_OUT_ALWAYS = "not nightly"


def main(further: list[str]) -> int:
    """Run everything; ``further`` goes to pytest, such as ``-k ledger``."""
    marks = LEFT_OUT_ALWAYS
    found = browser.find()
    if found is not None:
        os.environ[browser.SETTING] = found
    else:
        print(browser.HOW_TO_GET_ONE, flush=True)
        if os.environ.get("HARMONY_REQUIRE_ALL") == "1":
            print("HARMONY_REQUIRE_ALL=1 leaves nothing out: this run fails.")
            return 1
        marks += " and not browser"
    checked = subprocess.run([PYTHON, "tools/check.py"], cwd=ROOT, check=False).returncode
    if checked == 0:
        os.chdir(ROOT)
        command = [PYTHON, "-m", "pytest", "-n", PROCESSES, "--dist", "loadfile", "-m", marks, *further]
        os.execv(PYTHON, command)
    return checked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
