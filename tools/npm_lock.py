"""Complete the npm locks (page, contracts) for machines other than the one that wrote them: part of ``make lock``.

Some libraries come with one optional package for each kind of machine. npm writes an entry only for those that the
registry it asked could show; npm 11 then refuses the lock (``Missing: ... from lock file``) where npm 10 takes it.
The missing entries follow from what the parent asks for: the version is exact, the machine is in the name.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = tuple(ROOT / folder / "package-lock.json" for folder in ("web", "contracts"))
SYSTEMS = frozenset("aix android darwin freebsd linux netbsd openbsd openharmony sunos win32".split())
PROCESSORS = frozenset("arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64".split())
ONE_SYSTEM_ONLY = {"fsevents": "darwin"}
"""Optional packages whose name does not say for which machine they are."""

OTHER_NAMES = {"amd64": "x64"}
"""Processors that some packages call otherwise than npm does."""

Entry = dict[str, Any]


def missing(packages: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
    """Path and entry of every optional package that somebody asks for and the lock does not hold."""
    held = {path.rpartition("node_modules/")[2] for path in packages}
    for parent in packages.values():
        for name, version in parent.get("optionalDependencies", {}).items():
            if name not in held:
                held.add(name)
                yield f"node_modules/{name}", _entry(name, version, dev=parent.get("dev", False))


def complete(lock: Mapping[str, Any]) -> dict[str, Any]:
    """The lock with an entry for each of them, in npm's order."""
    packages = {**lock["packages"], **dict(missing(lock["packages"]))}
    return {**lock, "packages": dict(sorted(packages.items()))}


def _entry(name: str, version: str, *, dev: bool) -> Entry:
    words = re.split(r"[-/]", name)
    systems = [ONE_SYSTEM_ONLY.get(word, word) for word in words if word in SYSTEMS or word in ONE_SYSTEM_ONLY]
    processors = [word for name in words if (word := OTHER_NAMES.get(name, name)) in PROCESSORS]
    entry: Entry = {"version": version.lstrip("^~")}
    entry |= {"cpu": processors} if processors else {}
    entry |= {"dev": True} if dev else {}
    entry |= {"libc": ["musl"]} if "musl" in words else {}
    entry["optional"] = True
    return entry | ({"os": systems} if systems else {})


def main() -> int:
    """Complete every lock that is there; prints what was added."""
    for file in filter(Path.exists, LOCKS):
        lock = json.loads(file.read_text(encoding="utf-8"))
        added = [path for path, _ in missing(lock["packages"])]
        if added:
            file.write_text(json.dumps(complete(lock), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            print(f"{file.relative_to(ROOT)}: {len(added)} packages of other machines added")
    return 0


if __name__ == "__main__":
    sys.exit(main())
