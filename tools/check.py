"""Every check, one line each, and the full words of those that fail: ``make check``, ``make fix``, ``make bless``."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from preparing import node, page

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(sys.executable).parent
TITLE_COLUMNS = 20
BY_HAND = "correct by hand what is left"


@dataclass(frozen=True)
class Check:
    """``command`` ends with 0 when all is well; ``mend`` is what to do otherwise."""

    title: str
    command: tuple[str, ...]
    mend: str
    folder: Path = ROOT
    path: str = ""


def checks() -> Iterator[Check]:
    """In the order in which a person would want to hear of a failure."""
    mend = "correct what is named; `make fix` does what can be done by itself"
    yield Check("style", (PYTHON, "-m", "ruff", "check", "."), mend)
    yield Check("form", (PYTHON, "-m", "ruff", "format", "--check", "."), "run `make fix`")
    yield Check("house rules", (PYTHON, "tools/tidy.py"), "each finding names its own")
    contracts = (str(BIN / "lint-imports"), "--no-logo", "--cache-dir", ".build/import_linter")
    yield Check("import contracts", contracts, "each broken contract names its own, under its chains of imports")
    yield Check("types", (PYTHON, "-m", "mypy"), "annotate or correct what is named")
    yield Check("references", (PYTHON, "tools/reference.py", "check"), "run `make bless` and read what changed")
    yield from _of_page("check", "correct what is named")


def fixes() -> Iterator[Check]:
    """What a program can mend by itself."""
    yield Check("style", (PYTHON, "-m", "ruff", "check", "--fix", "."), BY_HAND)
    yield Check("form", (PYTHON, "-m", "ruff", "format", "."), BY_HAND)
    yield from _of_page("fix", BY_HAND)


def blessings() -> Iterator[Check]:
    """What is generated: the references from the code, the page's types from the references."""
    yield Check("references", (PYTHON, "tools/reference.py", "write"), "correct the code that cannot be described")
    yield from _of_page("types", "correct the interface that cannot be described")


def _of_page(script: str, mend: str) -> Iterator[Check]:
    """One of the page's own scripts, where there is a page and it has that script."""
    if page.exists(ROOT):
        toolchain = node.of_system(ROOT) or node.of_wheel(ROOT)
        command = (*toolchain.npm, "run", "--silent", "--if-present", script)
        yield Check("page", command, mend, ROOT / "web", toolchain.folder)


VERBS: Mapping[str, Callable[[], Iterator[Check]]] = {"check": checks, "fix": fixes, "bless": blessings}


def main(arguments: list[str]) -> int:
    """Do one verb, ``check`` unless named; 0 when everything in it went well."""
    verb = VERBS[arguments[0] if arguments else "check"]
    failed = [check.title for check in verb() if not _passes(check)]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _passes(check: Check) -> bool:
    begun = time.monotonic()
    path = os.pathsep.join(filter(None, (check.path, str(BIN), os.environ.get("PATH", os.defpath))))
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "CI": "1"}
    done = subprocess.run(
        check.command, cwd=check.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"{check.title:<{TITLE_COLUMNS}}{word} ({time.monotonic() - begun:.0f} s)", flush=True)
    if done.returncode != 0:
        print(f"\n{done.stdout.strip()}\n\nMend: {check.mend}\n", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
