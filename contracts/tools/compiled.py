"""What the compiler makes of the contracts, built apart from the suites.

The compiler's optimiser may arrange a contract otherwise when other files are compiled beside it, so what is deployed,
measured and committed comes from a build of the same files always.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from preparing import contracts, packages

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "contracts"
BUILD = ROOT / ".build" / "contracts"
SPECIFIED = "test/counterexample/SpecifiedEscrow.sol"
"""The one contract outside ``src`` that is measured."""


def artifact(name: str) -> dict[str, Any]:
    """Interface, code and storage of the contract ``name``."""
    out = build()
    return dict(json.loads((out / f"{name}.sol" / f"{name}.json").read_text(encoding="utf-8")))


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One compiler at a time: two at once would write over each other, and take as long again."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def build() -> Path:
    """The folder of the artifacts, compiled afresh when a source changed. Raises ``RuntimeError`` with the reasons."""
    with alone():
        return _build()


def _build() -> Path:
    out, stamp = BUILD / "deployed", BUILD / "deployed.stamp"
    sources = [*sorted((FOLDER / "src").rglob("*.sol")), FOLDER / SPECIFIED]
    wanted = packages.digest(ROOT, [*sources, FOLDER / "foundry.toml", FOLDER / "package-lock.json"])
    if packages.reads(stamp, wanted):
        return out
    paths = ["--out", str(out), "--cache-path", str(BUILD / "deployed-cache")]
    command = [str(contracts.binary(ROOT, "forge")), "build", "--force", *paths, "src", SPECIFIED]
    done = subprocess.run(
        command, cwd=FOLDER, env=contracts.environment(ROOT), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
    stamp.write_text(wanted, encoding="utf-8")
    return out
